"""What may be done with a complaint: one verb a file, all run by `run`."""

from __future__ import annotations

from mapae.desk.helpline.actions._act import allowed, run, why_not

__all__ = ["allowed", "run", "why_not"]

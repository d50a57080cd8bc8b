"""What is said of one item: its status, the sentence it rests on, and why it is not full."""

from __future__ import annotations

from dataclasses import dataclass

from mapae.measures.privacy.segments import Segment

__all__ = ["Judged"]


@dataclass(frozen=True, slots=True)
class Judged:
    """An item's status, the sentence it rests on (None: nothing is said), and why it is not full."""

    status: str
    segment: Segment | None
    why: str = ""

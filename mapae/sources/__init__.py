"""Readers of the world: files as platforms and agencies publish them become batches of records."""

from __future__ import annotations

from mapae.sources.files import expand
from mapae.sources.rejects import Reject
from mapae.sources.source import Source, open_source

__all__ = ["Reject", "Source", "expand", "open_source"]

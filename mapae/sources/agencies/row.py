"""The shape that all readers of agencies share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mapae.sources.rejects import RejectLog

__all__ = ["AgencyReader", "Row"]

Row = dict[str, Any]
AgencyReader = Callable[[Path, RejectLog], Iterator[Row]]

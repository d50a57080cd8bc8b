"""What agencies publish becomes rows of the reference lists, one row or one reject at a time.

A reader of an agency is `read(path, log) -> Iterator[Row]`. A row has the fields of one schema of
mapae.model.references.LIST_SCHEMAS, at least `id`; what is not known is left out; `source` and `added_on` are set by
the import. What cannot be read goes to `log.row(line, reason, raw)` and never ends the reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mapae.sources.rejects import RejectLog

__all__ = ["AgencyReader", "Row"]

Row = dict[str, Any]
AgencyReader = Callable[[Path, RejectLog], Iterator[Row]]

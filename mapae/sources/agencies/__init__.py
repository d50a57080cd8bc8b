"""What agencies publish becomes rows of the reference lists, one row or one reject at a time.

A reader of an agency is `read(path, log) -> Iterator[Row]`. A row has the fields of one schema of
mapae.model.references.LIST_SCHEMAS, at least `id`; what is not known is left out; `source` and `added_on` are set by
the import. What cannot be read goes to `log.row(line, reason, raw)` and never ends the reading.
"""

from __future__ import annotations

from mapae.sources.agencies.profile import Profile, load_profile, source_names
from mapae.sources.agencies.reader import read_agency
from mapae.sources.agencies.row import AgencyReader, Row

__all__ = ["AgencyReader", "Profile", "Row", "load_profile", "read_agency", "source_names"]

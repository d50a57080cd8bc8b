"""A reference that nobody has read for a year is stale: `mapae law check` names it, loading does not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from mapae.model.law import Dated
from mapae.pack.problem import Problem

__all__ = ["LONGEST", "check_stale"]

LONGEST = timedelta(days=366)


def check_stale(texts: Iterable[Dated], on: date) -> list[Problem]:
    """A fault for every text or value whose reference was last read more than a year before `on`, or after it."""
    found = []
    for dated in texts:
        if on - dated.checked_on > LONGEST:
            what = f"last checked on {dated.checked_on}, more than a year before {on}"
            found.append(
                Problem(dated.file, dated.line, 1, what, "read the reference again, then set checked_on")
            )
    return found

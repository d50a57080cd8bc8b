"""What the public figures count of one item: each function answers yes, no, or None where it does not count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone

from mapae.desk.verification.asked import SETTLED
from mapae.law.calendar import business_days

__all__ = ["Asked", "came_back", "declared_true", "declared_within", "removed_within", "wrongful"]


@dataclass(frozen=True, slots=True)
class Asked:
    """An item that a served document asks about. served: its day; checks: (day and moment, verdict) in order; relisted:
    whether another listing was found to be the same goods."""

    state: str
    served: date
    said_removed_at: datetime | None
    checks: Sequence[tuple[datetime, str]]
    relisted: bool


def removed_within(item: Asked, days: int, today: date) -> bool | None:
    """Whether a look on the last of so many business days, or before it, found it gone.

    None where the notice was withdrawn, the day has not passed, or nobody looked between that day and the removal.
    """
    due = _due(item.served, days)
    if item.state in SETTLED or today <= due:
        return None
    looks = [(_day(at), verdict) for at, verdict in item.checks]
    if any(verdict == "removed" and day <= due for day, verdict in looks):
        return True
    first = next((day for day, verdict in looks if verdict == "removed"), None)
    seen = [
        day
        for day, verdict in looks
        if verdict != "removed" and day >= due and (first is None or day <= first)
    ]
    return False if seen else None


def declared_within(item: Asked, days: int, today: date) -> bool | None:
    """Whether the operator says that it removed it in time."""
    due = _due(item.served, days)
    if item.state in SETTLED or today <= due:
        return None
    return item.said_removed_at is not None and _day(item.said_removed_at) <= due


def declared_true(item: Asked) -> bool | None:
    """Whether the first look after the declaration found it gone."""
    if item.state in SETTLED or item.said_removed_at is None:
        return None
    after = (verdict for at, verdict in item.checks if at >= item.said_removed_at)
    first = next(after, None)
    return None if first is None else first == "removed"


def came_back(item: Asked) -> bool | None:
    """Whether what was seen to be removed was for sale again."""
    verdicts = [verdict for _at, verdict in item.checks]
    if item.state in SETTLED or "removed" not in verdicts:
        return None
    later = verdicts[verdicts.index("removed") :]
    return item.relisted or item.state == "relisted" or "still_up" in later


def wrongful(item: Asked) -> bool:
    """Whether the notice was withdrawn."""
    return item.state in SETTLED


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


@lru_cache(maxsize=4096)
def _due(served: date, days: int) -> date:
    return business_days(served, days).end

"""What contests came to: how many notices were wrong, how long restoring took, how contests fare by check.

Pure queries over rows and events; a page that shows them beside removal times takes them from here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import QuerySet

from mapae.desk.answers.models import Contest
from mapae.desk.cases.models import CaseEvent, CaseItem

__all__ = ["Share", "by_check", "contest_success", "days_to_restoration", "wrongful_notices"]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; `share` is None where the whole is nothing."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """0 to 1."""
        return self.part / self.whole if self.whole else None


def wrongful_notices(items: QuerySet[CaseItem]) -> Share:
    """Items about which a notice was withdrawn as wrong, of all items a document was served about."""
    served = items.filter(documents__served_at__isnull=False).distinct()
    wrong = served.filter(state__in=("withdrawn", "restoring", "restored"))
    return Share(wrong.count(), served.count())


def days_to_restoration(items: QuerySet[CaseItem], today: date) -> tuple[float | None, int, int]:
    """(median calendar days from the request to the restoration seen, how many are restored, how many still wait).

    today: unused days of those that still wait are not counted; a pending restoration is told as a number.
    """
    asked: dict[int, date] = {}
    took: list[int] = []
    events = CaseEvent.objects.filter(
        item__in=items.values("pk"), kind__in=("restoration_requested", "restored"), at__date__lte=today
    )
    for event in events.order_by("case_id", "seq"):
        if event.item_id is None:
            continue
        if event.kind == "restoration_requested":
            asked[event.item_id] = event.on
        elif (begun := asked.pop(event.item_id, None)) is not None:
            took.append((event.on - begun).days)
    return (float(median(took)) if took else None), len(took), len(asked)


def contest_success(contests: QuerySet[Contest]) -> Share:
    """Contests accepted, of those decided."""
    return _share(contests.exclude(verdict="").values_list("verdict", flat=True))


def by_check(contests: QuerySet[Contest]) -> dict[str, Share]:
    """Check → contests accepted of those decided about findings of that check; items without a finding are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = contests.exclude(verdict="").filter(item__finding__isnull=False)
    for check, verdict in rows.values_list("item__finding__check_key", "verdict"):
        found[check].append(verdict)
    return {check: _share(verdicts) for check, verdicts in sorted(found.items())}


def _share(verdicts: Iterable[str]) -> Share:
    every = list(verdicts)
    return Share(every.count("accepted"), len(every))

"""How a firm deals with complaints: in time by law, how long an answer takes, how many consumers accept."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.figures import Share
from mapae.desk.helpline.desk_scope import complaints_for
from mapae.desk.helpline.models import ComplaintEvent
from mapae.desk.law import book
from mapae.law.calendar import business_days
from mapae.workflow.clocks import clock_kinds

__all__ = ["Figures", "figures_of"]

_KINDS = ("complaint_handed_over", "progress_told", "result_told", "consumer_chose")
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Figures:
    """Over a year: handed over; shares in time (periods that still run are not counted); days to the answer, the middle
    one; share of answers that consumers accepted."""

    handed: int
    progress: Share
    result: Share
    days: float | None
    accepted: Share


def figures_of(user: User) -> Figures:
    """Of all complaints the person sees that were handed over within a year."""
    since = clock.now() - _YEAR
    rows = ComplaintEvent.objects.filter(complaint__in=complaints_for(user), kind__in=_KINDS, at__gte=since)
    first: dict[int, dict[str, date]] = defaultdict(dict)
    chosen = []
    for event in rows.order_by("complaint", "seq"):
        first[event.complaint_id].setdefault(event.kind, event.on)
        if event.kind == "consumer_chose":
            chosen.append(event.data.get("choice") == "accepted")
    handed = [each for each in first.values() if "complaint_handed_over" in each]
    days = [
        (each["result_told"] - each["complaint_handed_over"]).days for each in handed if "result_told" in each
    ]
    return Figures(
        len(handed), _in_time(handed, "complaint_progress"), _in_time(handed, "complaint_result"),
        statistics.median(days) if days else None, Share(sum(chosen), len(chosen)),
    )  # fmt: skip


def _in_time(handed: Iterable[dict[str, date]], key: str) -> Share:
    """Told by the last day, of those told or past it."""
    stops, part, whole = clock_kinds(book())[key].stops, 0, 0
    for each in handed:
        due, told = _due(key, each["complaint_handed_over"]), each.get(stops)
        if told is not None or due < clock.today():
            whole += 1
            part += told is not None and told <= due
    return Share(part, whole)


@cache
def _due(key: str, on: date) -> date:
    return business_days(on, int(book().value(clock_kinds(book())[key].length, on))).end

"""Until when a letter of withdrawal is in time: by the reason chosen in it and the day of delivery written in it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from mapae.app.rights import Bought, Counted, rights_of
from mapae.desk import clock
from mapae.desk.helpline.consumer.outlook import periods_of
from mapae.desk.helpline.models import Complaint
from mapae.desk.law import book

__all__ = ["GROUNDS", "last_day_of"]

GROUNDS = {"withdrawal_7d": "17(1)", "refund_3bd": "17(1)", "mismatch_3m_30d": "17(3)", "none": "17(1)"}


def last_day_of(
    complaint: Complaint, ground: str, supplied: str
) -> tuple[date | None, tuple[Counted, ...], bool]:
    """(last day, periods with their working, whether it is the one that the triage told); None where no period runs.

    What the triage or an officer said counts for the same reason and day. Else seven days from the delivery, or three months
    and thirty days from the day on which the difference was known, at the latest that of the complaint (ECA 17(1), (3)).
    """
    if supplied == "nothing":
        return None, (), False
    counted, known = (_day(complaint.triage.get(name)) for name in ("counted_from", "known_on"))
    came = complaint.delivered_on or counted
    same_day = complaint.delivered_on in (None, counted)
    if complaint.last_day is not None and same_day and GROUNDS.get(complaint.right) == ground:
        return complaint.last_day, periods_of(complaint.right, came, known, complaint.last_day), True
    if came is None:
        return None, (), False
    noticed = max(came, known or timezone.localtime(complaint.received_at).date())
    bought = Bought(ground, came, known_on=noticed if ground == "17(3)" else None)
    found = rights_of(bought, max(clock.today(), noticed), book())
    return found.last_day, found.periods, False


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None

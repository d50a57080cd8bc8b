"""Keeps who acts next on each live complaint, and by when: counted by the pure workflow, stored for lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from mapae.desk import clock
from mapae.desk.cases.due import stamp
from mapae.desk.helpline.desk_models import ComplaintDue
from mapae.desk.helpline.models import Complaint
from mapae.desk.helpline.proposals import accepted_by
from mapae.desk.law import book
from mapae.workflow.complaint_status import Status, status
from mapae.workflow.complaints import complaint_states, who_titles

__all__ = ["refresh", "refresh_many", "round_of_work", "standing"]

_BATCH = 500


def standing(complaint: Complaint) -> Status:
    """Where the complaint stands: what happened, who acts next, by when, what to do if not."""
    told = [event.plain() for event in complaint.events.all()]
    outcome = complaint.outcome if complaint.state == "closed" else ""
    found = status(
        complaint.state, told, book(), clock.today(), right_until=complaint.last_day, outcome=outcome
    )
    return _still_to_speak(found, accepted_by(complaint)) if complaint.state == "proposed" else found


def _still_to_speak(found: Status, accepted: set[str]) -> Status:
    """The standing of a mediation that one side has accepted: the other one acts next."""
    if not accepted:
        return found
    who = "business" if "consumer" in accepted else "consumer"
    said = complaint_states(book())[found.state].if_said if "consumer" in accepted else found.if_not
    return replace(found, who=who, who_title=who_titles(book())[who], if_not=said)


def refresh(complaint: Complaint) -> None:
    """Count anew what is due next; a closed complaint has nothing due. In the caller's transaction."""
    refresh_many([complaint])


def refresh_many(complaints: Sequence[Complaint]) -> None:
    """The same for many; with their events fetched beforehand (`prefetch_related`) nothing more is read."""
    ComplaintDue.objects.filter(complaint__in=[each.pk for each in complaints]).delete()
    live = [each for each in complaints if each.state != "closed"]
    ComplaintDue.objects.bulk_create([_row(each, standing(each)) for each in live])


def round_of_work(now: datetime) -> None:
    """What `mapae desk work` does each round: count anew what was counted by another calendar or other law."""
    while found := list(Complaint.objects.filter(pk__in=_stale()).prefetch_related("events")):
        with transaction.atomic():
            refresh_many(found)


def _stale() -> list[int]:
    older = ComplaintDue.objects.filter(stamp__lt=stamp()).values_list("pk", flat=True)[:_BATCH]
    newer = ComplaintDue.objects.filter(stamp__gt=stamp()).values_list("pk", flat=True)[:_BATCH]
    return [*older, *newer]


def _row(complaint: Complaint, found: Status) -> ComplaintDue:
    return ComplaintDue(
        complaint=complaint, key=found.clock.kind.key if found.clock else "", who=found.who, due=found.by,
        statutory=found.by_law, stamp=stamp(),
    )  # fmt: skip

"""An operator's events: what the desk saw in its cases, and what was imported, as one table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import polars as pl
from django.utils import timezone

from mapae.desk.agreements.models import OperatorEvent
from mapae.desk.cases.models import CaseEvent, CaseItem, ItemCheck
from mapae.desk.documents.models import Document
from mapae.desk.helpline.models import ComplaintEvent
from mapae.desk.parties.models import Operator
from mapae.measures.agreements.events import EVENT_SCHEMA

__all__ = ["ledger"]

_LOOKS = {
    "removed": "removed_seen",
    "still_up": "still_up_seen",
    "relisted": "relisted_seen",
    "restored": "restored_seen",
}
_EVENTS = {
    "report_received": "result_reported",
    "complaint_handed_over": "complaint_handed_over",
    "progress_told": "progress_told",
    "result_told": "result_told",
}
# of a complaint on the helpline
_COMPLAINTS = {
    "complaint_handed_over": "complaint_handed_over",
    "progress_told": "progress_told",
    "result_told": "result_told",
    "sent_to_network": "redress_requested",
    "forwarded": "redress_forwarded",
}
_ASKING = (
    "agreement_request",
    "takedown_recommendation",
    "takedown_recommendation_children",
    "block_request",
)


def ledger(operator: Operator) -> pl.DataFrame:
    """Columns of mapae.measures.agreements.events.Events.table, sorted by moment."""
    name = operator.key
    seen = (_served, _declared, _looks, _told, _complaints, _imported)
    rows = [row for part in seen for row in part(operator)]
    found = [
        {**dict.fromkeys(EVENT_SCHEMA), "row": place, "operator": name, "timed": True, **row}
        for place, row in enumerate(rows)
    ]
    return pl.DataFrame(found, schema=EVENT_SCHEMA).sort("at", "row")


def _event(kind: str, subject: str, at: datetime, source: str) -> dict[str, Any]:
    return {
        "event": kind, "subject_id": subject, "at": timezone.localtime(at).replace(tzinfo=None), "source": source,
    }  # fmt: skip


def _served(operator: Operator) -> Iterator[dict[str, Any]]:
    """Requests to take something down, from the day of service; a report on the letter is a report on each of its items."""
    letters = Document.objects.filter(case__operator=operator, kind__in=_ASKING, served_at__isnull=False)
    reported = dict(
        CaseEvent.objects.filter(case__operator=operator, kind="report_received").values_list("ref", "at")
    )
    rows = letters.values_list("code", "served_at", "items__pk", "case__number").order_by("pk", "items__pk")
    for code, served, item, number in rows:
        if item is not None:
            yield _event("notice_sent", f"item:{item}", served, number)
            if code in reported:
                yield _event("result_reported", f"item:{item}", reported[code], number)


def _declared(operator: Operator) -> Iterator[dict[str, Any]]:
    rows = CaseItem.objects.filter(case__operator=operator, said_removed_at__isnull=False)
    for pk, at, number in rows.values_list("pk", "said_removed_at", "case__number"):
        yield _event("removal_declared", f"item:{pk}", at, number)


def _looks(operator: Operator) -> Iterator[dict[str, Any]]:
    rows = ItemCheck.objects.filter(item__case__operator=operator, verdict__in=_LOOKS).order_by("at", "pk")
    for pk, verdict, at, number in rows.values_list("item_id", "verdict", "at", "item__case__number"):
        yield _event(_LOOKS[verdict], f"item:{pk}", at, number)
    again = CaseItem.objects.filter(case__operator=operator, relisted_from__isnull=False)
    for source, opened, number in again.values_list("relisted_from_id", "events__at", "case__number"):
        if opened is not None:
            yield _event("relisted_seen", f"item:{source}", opened, number)


def _told(operator: Operator) -> Iterator[dict[str, Any]]:
    """What case events tell of complaints."""
    rows = CaseEvent.objects.filter(case__operator=operator, kind__in=_EVENTS).exclude(kind="report_received")
    for kind, ref, at, number in rows.values_list("kind", "ref", "at", "case__number"):
        yield _event(_EVENTS[kind], ref or number, at, number)


def _complaints(operator: Operator) -> Iterator[dict[str, Any]]:
    """What happened to complaints on the helpline, on the day it was recorded for."""
    rows = ComplaintEvent.objects.filter(complaint__operator=operator, kind__in=_COMPLAINTS)
    for event in rows.select_related("complaint").order_by("at", "pk"):
        number = event.complaint.number
        row = _event(_COMPLAINTS[event.kind], number, event.at, number)
        if event.data.get("on"):
            row |= {"at": datetime.combine(event.on, datetime.min.time()), "timed": False}
        yield row


def _imported(operator: Operator) -> Iterator[dict[str, Any]]:
    for row in OperatorEvent.objects.filter(operator=operator).order_by("pk"):
        yield {
            "event_id": row.event_id or None, "event": row.event, "subject_id": row.subject_id,
            "at": datetime.fromisoformat(row.at), "timed": row.timed, "outcome": row.outcome, "value": row.value,
            "n": row.n, "source": row.source, "evidence": row.proof,
        }  # fmt: skip

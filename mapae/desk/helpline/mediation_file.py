"""The file that goes to the settlement commission with an application: everything it needs, as data."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone, translation

from mapae.desk import clock
from mapae.desk.helpline.advice import title
from mapae.desk.helpline.desk_story import story
from mapae.desk.helpline.models import Complaint
from mapae.desk.helpline.share import live_mandate
from mapae.desk.law import book, said
from mapae.workflow.complaint_status import complaint_clocks

__all__ = ["VERSION", "as_json", "data"]

VERSION = 1
# the desk's own, of no concern to a commission
_INTERNAL = ("noted", "assigned", "attached", "opened", "file_refused")


def data(complaint: Complaint) -> dict[str, Any]:
    """The file as plain data, in Korean (the commission's language): parties, deal, claim, answers, course, clocks, files
    by SHA-256. It holds personal data of the consumer: who reads it is noted by the caller."""
    with translation.override("ko"):
        return {
            "version": VERSION,
            "number": complaint.number,
            "made_on": clock.today().isoformat(),
            "state": complaint.state,
            "parties": _parties(complaint),
            "deal": _deal(complaint),
            "claim": {"text": complaint.text, "language": complaint.language, "remedy": title("remedies", complaint.remedy)},
            "triage": _triage(complaint),
            "answers": [_answer(row) for row in complaint.answers.select_related("firm")],
            "course": [_event(each) for each in reversed(story(complaint, words=False)) if each.kind not in _INTERNAL],
            "clocks": _clocks(complaint),
            "files": [_file(row) for row in complaint.files.select_related("file").order_by("pk")],
            "withdrawals": [
                {"code": row.code, "article": row.ground, "declared_at": _moment(row.declared_at), "sha256": row.digest}
                for row in complaint.withdrawals.all()
            ],
        }  # fmt: skip


def as_json(complaint: Complaint) -> bytes:
    """The same as a file."""
    return json.dumps(data(complaint), ensure_ascii=False, indent=1).encode()


def _parties(complaint: Complaint) -> dict[str, Any]:
    operator, mandate = complaint.operator, live_mandate(complaint)
    firm = mandate.firm if mandate else None
    return {
        "consumer": {"name": complaint.name, "email": complaint.email, "phone": complaint.phone},
        "operator": {
            "name": operator.name_ko if operator else complaint.operator_told,
            "name_en": operator.name_en if operator else "",
            "country": operator.country if operator else "",
            "address": operator.postal_address if operator else "",
        },
        "agent": {"name": firm.name_ko, "address": firm.address, "phone": firm.phone, "email": firm.email} if firm else {},
        "seller": complaint.seller,
    }  # fmt: skip


def _deal(complaint: Complaint) -> dict[str, Any]:
    return {
        "product": complaint.product,
        "listing_url": complaint.listing_url,
        "order_number": complaint.order_number,
        "amount": f"{complaint.amount:f}" if complaint.amount is not None else "",
        "currency": complaint.currency,
        "purchased_on": complaint.purchased_on.isoformat() if complaint.purchased_on else "",
        "delivered_on": complaint.delivered_on.isoformat() if complaint.delivered_on else "",
    }


def _triage(complaint: Complaint) -> dict[str, Any]:
    return {
        "category": title("categories", complaint.category),
        "responsible": title("responsible", complaint.responsible),
        "right": title("rights", complaint.right),
        "last_day": complaint.last_day.isoformat() if complaint.last_day else "",
        "hazard": complaint.hazard,
    }


def _answer(row: Any) -> dict[str, Any]:
    return {
        "kind": row.kind, "on": timezone.localtime(row.at).date().isoformat(), "firm": row.firm.name_ko if row.firm else "",
        "offer": title("remedies", row.offer) if row.offer != "refused" else title("offers", row.offer),
        "amount": f"{row.amount:f}" if row.amount is not None else "", "currency": row.currency, "text": row.text,
        "reply": row.reply, "verdict": row.verdict,
    }  # fmt: skip


def _event(each: Any) -> dict[str, str]:
    on = each.on.isoformat() if each.on else timezone.localtime(each.at).date().isoformat()
    return {"on": on, "kind": each.kind, "says": each.sentence}


def _clocks(complaint: Complaint) -> list[dict[str, Any]]:
    found = complaint_clocks([event.plain() for event in complaint.events.all()], book(), clock.today())
    return [
        {
            "key": each.kind.key, "title": said(each.kind.title), "provision": each.provision,
            "started_on": each.started_on.isoformat(), "due": each.due.isoformat(), "state": each.state,
            "ended_on": each.ended_on.isoformat() if each.ended_on else "",
            "working": [step.text("ko") for step in each.deadline.working],
        }
        for each in found
        if each.statutory
    ]  # fmt: skip


def _file(row: Any) -> dict[str, Any]:
    return {
        "name": row.kept.name,
        "media_type": row.file.media_type,
        "size": row.file.size,
        "sha256": row.file.sha256,
        "by": row.by,
    }


def _moment(at: Any) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")

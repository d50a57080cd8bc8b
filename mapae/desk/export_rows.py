"""What an export tells of a case: its tables as rows of plain values. Personal data stand in them only where asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from mapae.desk.answers.models import Contest, ItemAnswer, Reply
from mapae.desk.cases.clocks import clocks_of
from mapae.desk.cases.models import Case, CaseItem, Evidence, ItemCheck
from mapae.desk.documents.models import Document, Service

__all__ = ["COLUMNS", "Row", "evidence_of", "rows_of", "sent_in"]

Row = Mapping[str, Any]
# table → columns; those after `|` hold personal data or words of persons, and stay empty unless they are asked for
_TABLES = {
    "cases": "case matter title state held severity operator lead joint opened_at closed_at outcome | owner",
    "items": "case item kind platform subject_id title url state rung said_removed_at removed_at relisted_from finding "
    "check reference provision seller_id | seller_name",
    "events": "case seq at on kind item ref data | actor words",
    "documents": "case code number kind body state language drafted_at approved_at served_at digest pdf items | drafter "
    "approvers",
    "services": "case document channel sent_at delivered_at served_at failed_at proof | address",
    "answers": "case item document kind removed_at ground until firm at | text by",
    "replies": "case document kind accepts firm at | recommendation measures reasons prevention text by",
    "contests": "case item source ground before at verdict decided_at | text contact reasons decided_by",
    "checks": "case item at verdict how detail evidence",
    "clocks": "case document clock statutory from length due state ended_on provision",
}
COLUMNS = {name: tuple(text.replace("|", "").split()) for name, text in _TABLES.items()}
_PERSONAL = {name: frozenset(text.partition("|")[2].split()) for name, text in _TABLES.items()}
_WORDS = ("text", "reason", "detail", "note", "title")  # of an event's data: what a person wrote
_CODE = re.compile(r"[A-Za-z0-9_.:+/\-]{1,64}")


def rows_of(case: Case, *, personal: bool) -> dict[str, list[Row]]:
    """Table → rows. personal: with names, contacts and what persons wrote; else these cells are empty."""
    found = {name: list(_READ[name](case)) for name in COLUMNS}
    return {
        name: [
            {
                key: _plain(row.get(key)) if personal or key not in _PERSONAL[name] else ""
                for key in COLUMNS[name]
            }
            for row in rows
        ]
        for name, rows in found.items()
    }


def evidence_of(case: Case) -> QuerySet[Evidence]:
    """Every kept file of the case: of items, looks, letters, proofs of service, answers, contests and replies."""
    kept = Evidence.objects.none()
    named = (
        Evidence.objects.filter(items__case=case),
        Evidence.objects.filter(pk__in=ItemCheck.objects.filter(item__case=case).values("evidence")),
        Evidence.objects.filter(pk__in=case.documents.values("pdf")),
        Evidence.objects.filter(pk__in=Service.objects.filter(document__case=case).values("proof")),
        sent_in(case),
    )
    for found in named:
        kept = kept | Evidence.objects.filter(pk__in=found.values("pk"))
    return kept.order_by("sha256")


def sent_in(case: Case) -> QuerySet[Evidence]:
    """Files that agents and sellers sent: they may be about persons."""
    rows = [
        model.objects.filter(**{where: case}).values("files")
        for model, where in ((Contest, "item__case"), (ItemAnswer, "item__case"), (Reply, "document__case"))
    ]
    first, second, third = (Evidence.objects.filter(pk__in=each) for each in rows)
    return first | second | third


def _cases(case: Case) -> Iterator[Row]:
    yield {
        **_fields(case, "matter title state held severity opened_at closed_at outcome"), "case": case.number,
        "operator": case.operator.key, "lead": case.lead.key, "owner": case.owner.name if case.owner else "",
        "joint": " ".join(sorted(body.key for body in case.joint.all())),
    }  # fmt: skip


def _items(case: Case) -> Iterator[Row]:
    for item in case.items.select_related("finding", "seller", "relisted_from").order_by("pk"):
        finding = item.finding
        yield {
            **_fields(item, "kind platform subject_id url state rung said_removed_at removed_at"),
            "case": case.number, "item": item.pk, "relisted_from": item.relisted_from_id,
            "title": "" if item.kind in ("complaint", "seller") else item.title,
            "finding": finding.finding_id if finding else "", "check": finding.check_key if finding else "",
            "reference": finding.reference_id if finding else "", "provision": finding.provision if finding else "",
            "seller_id": item.seller.seller_id if item.seller else "",
            "seller_name": item.seller.name if item.seller else "",
        }  # fmt: skip


def _events(case: Case) -> Iterator[Row]:
    for event in case.events.select_related("actor").order_by("seq"):
        coded = {key: value for key, value in event.data.items() if key not in _WORDS and _is_coded(value)}
        words = " · ".join(str(event.data[key]) for key in _WORDS if event.data.get(key))
        yield {
            **_fields(event, "seq at on kind ref"), "case": case.number, "item": event.item_id, "data": coded,
            "actor": event.actor.name if event.actor else "", "words": words,
        }  # fmt: skip


def _documents(case: Case) -> Iterator[Row]:
    found = case.documents.select_related("body", "drafter", "pdf").order_by("pk")
    for each in found.prefetch_related("items", "approvers"):
        yield {
            **_fields(each, "code number kind state language drafted_at approved_at served_at digest"),
            "case": case.number, "body": each.body.key, "pdf": each.pdf.sha256 if each.pdf else "",
            "items": " ".join(str(item.pk) for item in each.items.all()), "drafter": each.drafter.name,
            "approvers": ", ".join(user.name for user in each.approvers.all()),
        }  # fmt: skip


def _services(case: Case) -> Iterator[Row]:
    for each in (
        Service.objects.filter(document__case=case).select_related("document", "proof").order_by("pk")
    ):
        yield {
            **_fields(each, "channel address sent_at delivered_at served_at failed_at"), "case": case.number,
            "document": each.document.code, "proof": each.proof.sha256 if each.proof else "",
        }  # fmt: skip


def _answers(case: Case) -> Iterator[Row]:
    for each in ItemAnswer.objects.filter(item__case=case).select_related("firm", "by").order_by("pk"):
        yield {
            **_fields(each, "kind removed_at ground until at text"), "case": case.number, "item": each.item_id,
            "document": each.ref, "firm": each.firm.name_en if each.firm else "",
            "by": each.by.name if each.by else "",
        }  # fmt: skip


def _replies(case: Case) -> Iterator[Row]:
    rows = Reply.objects.filter(document__case=case).select_related("firm", "by", "document").order_by("pk")
    for each in rows:
        yield {
            **_fields(each, "kind accepts at recommendation measures reasons prevention text"),
            "case": case.number, "document": each.document.code, "by": each.by.name,
            "firm": each.firm.name_en if each.firm else "",
        }  # fmt: skip


def _contests(case: Case) -> Iterator[Row]:
    for each in Contest.objects.filter(item__case=case).select_related("decided_by").order_by("pk"):
        yield {
            **_fields(each, "source ground before at verdict decided_at text contact reasons"),
            "case": case.number, "item": each.item_id,
            "decided_by": each.decided_by.name if each.decided_by else "",
        }  # fmt: skip


def _checks(case: Case) -> Iterator[Row]:
    for each in ItemCheck.objects.filter(item__case=case).select_related("evidence").order_by("at", "pk"):
        yield {
            **_fields(each, "at verdict how"), "case": case.number, "item": each.item_id,
            "detail": each.detail if each.how != "officer" else "",
            "evidence": each.evidence.sha256 if each.evidence else "",
        }  # fmt: skip


def _clocks(case: Case) -> Iterator[Row]:
    for each in clocks_of(case):
        yield {
            "case": case.number, "document": each.ref, "clock": each.kind.key, "statutory": each.statutory,
            "from": each.started_on, "due": each.due, "state": each.state, "ended_on": each.ended_on,
            "provision": each.provision, "length": each.kind.length or each.kind.business_days,
        }  # fmt: skip


_READ = {
    "cases": _cases, "items": _items, "events": _events, "documents": _documents, "services": _services,
    "answers": _answers, "replies": _replies, "contests": _contests, "checks": _checks, "clocks": _clocks,
}  # fmt: skip


def _fields(row: Case | CaseItem | Document | Any, names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names.split()}


def _is_coded(value: object) -> bool:
    """Numbers, codes and lists of them: nothing that a person wrote."""
    if isinstance(value, list):
        return all(_is_coded(each) for each in value)
    return isinstance(value, bool | int | float) or (
        isinstance(value, str) and _CODE.fullmatch(value) is not None
    )


def _plain(value: object) -> Any:
    """A value of JSON: moments and days in ISO 8601; nothing is an empty text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return "" if value is None else value

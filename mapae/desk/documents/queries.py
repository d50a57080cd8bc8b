"""What pages ask about documents: queues by what is to be done next, services with their outbox rows, prefilled drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions.draft import PARTS
from mapae.desk.cases.actions.join import TAKEDOWN_KINDS
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.compose import ORIGINAL
from mapae.desk.documents.models import Approval, Document, Outbox, Service
from mapae.desk.documents.rows import reason_of
from mapae.desk.documents.wording import LANGUAGES, form, wording
from mapae.desk.law import book
from mapae.desk.scope import documents_for
from mapae.workflow import DocumentKind, document_kinds

__all__ = ["QUEUES", "kind_of", "language_for", "prefilled", "public_facts", "queue", "services_of"]

QUEUES = ("to_approve", "mine", "to_serve", "under_way", "trouble")


def queue(name: str, user: User) -> QuerySet[Document]:
    """Documents of the person's cases: waiting for their approval, their own drafts, approved and not sent, sent and not
    served, failed or in doubt."""
    found = documents_for(user).select_related("case__operator", "body", "drafter")
    own = found.filter(body_id=user.body_id)
    given = Approval.objects.filter(document=OuterRef("pk"), user=user)
    wanted = {
        "to_approve": own.filter(state="draft").exclude(drafter=user).exclude(Exists(given)),
        "mine": found.filter(drafter=user, state__in=("draft", "returned")),
        "to_serve": own.filter(state="approved"),
        "under_way": own.filter(state="sent"),
        "trouble": own.filter(Exists(_troubled())),
    }
    if name == "to_approve" and not user.approves:
        return found.none()
    return wanted[name]


def kind_of(document: Document) -> DocumentKind:
    """The document's kind."""
    return document_kinds(book())[document.kind]


def services_of(document: Document) -> list[tuple[Service, Outbox | None]]:
    """Each attempt to serve, oldest first, with what stands in the outbox for it."""
    rows = {row.service_id: row for row in Outbox.objects.filter(service__document=document)}
    services = document.services.select_related("consent", "proof")
    return [(service, rows.get(service.pk)) for service in services]


def prefilled(case: Case, kind: str, language: str, document: Document | None) -> dict[str, Any]:
    """Values of the draft form: of the document, else what the pack suggests and the findings say; translated: the same parts
    in the language of the addressee."""
    content: Mapping[str, Any] = document.content if document else {}
    own: Mapping[str, str] = content.get("reasons", {})
    other: Mapping[str, str] = content.get("translated", {})
    chosen = set(document.items.values_list("pk", flat=True)) if document else None
    items = [
        {
            "item": item,
            "chosen": item.pk in chosen if chosen is not None else _asks(item),
            "reason": own.get(str(item.pk)) or reason_of(item, ORIGINAL),
            "translated": other.get(f"reason-{item.pk}") or reason_of(item, language),
        }
        for item in _asked_about(case)
    ]
    words = {name: content.get(name, "") for name in PARTS}
    translated = {name: other.get(name, "") for name in PARTS}
    if document is None:
        words["about"] = case.title
        words["request"] = wording(kind)["suggest"][ORIGINAL]
    if language != ORIGINAL and not translated["request"]:
        translated["request"] = wording(kind)["suggest"][language]
    return {**words, "translated": translated, "items": items, "confirmed": content.get("confirmed", False)}


def language_for(case: Case) -> str:
    """The addressee's language: of the agents of a live mandate where one of them reads another than Korean; English where
    nobody in Korea acts for an operator overseas."""
    today = clock.today()
    firms = {each.firm_id for each in case.operator.mandates.all() if each.live(today)}
    if not firms:
        return "en" if case.operator.overseas else ORIGINAL
    people = User.objects.filter(firm__in=firms, is_active=True, role__in=("agent", "headquarters"))
    spoken = [each.language[:2] for each in people.order_by("role", "pk")]
    return next((each for each in spoken if each != ORIGINAL and each in LANGUAGES), ORIGINAL)


def public_facts(code: str) -> dict[str, Any] | None:
    """What anyone may know of an issued letter by its code: no person is named. None where no letter has the code."""
    issued = Q(state__in=("approved", "sent", "served")) | (Q(state="withdrawn") & ~Q(number=""))
    found = Document.objects.filter(issued, code=code.strip().upper()).select_related(
        "case__operator", "body", "pdf"
    )
    document = found.first()
    if document is None or document.pdf is None:
        return None
    letter = document.content["letter"]
    return {
        "code": document.code,
        "body": letter["body"],
        "kind": document.kind,
        "force": letter["force"],
        "number": document.number,
        "issued_on": letter["issued_on"],
        "operator": str(document.case.operator),
        "withdrawn": document.state == "withdrawn",
        "specimen": letter["specimen"],
        "sha256_json": document.digest,
        "sha256_pdf": document.pdf.sha256,
        "provisions": letter["provisions"],
        "binding": form("force")[letter["force"]],
    }


def _asked_about(case: Case) -> list[CaseItem]:
    """What a letter may list: what can be taken down; where the case has none of it, whatever was joined to it. Complaints,
    parcels and recalls are what the case rests on, and no business of the addressee."""
    items = list(case.items.select_related("finding", "seller").order_by("id"))
    return [item for item in items if item.kind in TAKEDOWN_KINDS] or items


def _asks(item: CaseItem) -> bool:
    """Whether a letter would ask about the item: it stands, or stands again."""
    return item.state in ("", "found", "still_up", "relisted", "changed")


def _troubled() -> QuerySet[Outbox]:
    return Outbox.objects.filter(
        service__document=OuterRef("pk"), state__in=("failed", "in_doubt"), service__served_at=None
    )

"""What is asked of an operator: the served document that asks about an item, and which items wait for an answer."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import Refused
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.models import Document
from mapae.desk.scope import items_for

__all__ = ["OPEN", "document_of", "log_if_all_answered", "open_items", "require_asked"]

OPEN = ("asked", "time_asked", "still_up", "changed")  # the operator has something to say or do


def document_of(item: CaseItem) -> Document | None:
    """The newest served document that asks about the item, withdrawn ones left out."""
    found = item.documents.filter(served_at__isnull=False).exclude(state="withdrawn")
    return found.order_by("-served_at", "-id").first()


def open_items(document: Document) -> int:
    """How many items of the document wait for an answer."""
    return document.items.filter(state__in=OPEN).count()


def require_asked(user: User | None, case: Case, item: CaseItem) -> Document:
    """The document asking about the item, if this person may answer it; Refused otherwise."""
    mine = CaseItem.objects.filter(case=case) if user is None or user.role == "officer" else items_for(user)
    document = document_of(item) if mine.filter(pk=item.pk, case=case).exists() else None
    if document is None:
        raise Refused(_("You are not asked about this item."), where=item.subject_id, mend="")
    return document


def log_if_all_answered(case: Case, user: User | None, documents: Iterable[Document]) -> None:
    """Tell, once a round, that no item of a document waits for an answer any more."""
    from mapae.desk.cases.actions._action import log

    for document in {each.pk: each for each in documents}.values():
        if document.items.exists() and not open_items(document):
            log(case, "answered", user, ref=document.code)

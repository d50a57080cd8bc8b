"""What a case's served documents ask to be taken down, and what of it is still to be seen gone."""

from __future__ import annotations

from django.db.models import QuerySet

from mapae.desk.cases.actions.join import TAKEDOWN_KINDS
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.models import Document
from mapae.desk.law import book
from mapae.workflow import document_kinds
from mapae.workflow.items import GONE

__all__ = ["SETTLED", "asking_kinds", "documents_of", "items_of", "left_over", "served"]

SETTLED = ("withdrawn", "restoring", "restored")  # nothing is asked of anybody any more


def asking_kinds() -> list[str]:
    """Kinds of documents that ask for something to be taken down."""
    return [kind.key for kind in document_kinds(book()).values() if kind.target == "takedown"]


def served() -> QuerySet[Document]:
    """Documents that ask for a takedown and were served, not withdrawn since."""
    found = Document.objects.filter(served_at__isnull=False, kind__in=asking_kinds())
    return found.exclude(state="withdrawn")


def documents_of(case: Case) -> QuerySet[Document]:
    """Those of a case, the first served first."""
    return served().filter(case=case).order_by("served_at", "id")


def items_of(document: Document) -> QuerySet[CaseItem]:
    """What the document asks about and is still asked."""
    found = document.items.filter(kind__in=TAKEDOWN_KINDS).exclude(state="")
    return found.exclude(state__in=SETTLED)


def left_over(document: Document) -> bool:
    """Whether something the document asks about has not been seen gone; True as well where it never asked of anything."""
    if not document.items.filter(kind__in=TAKEDOWN_KINDS).exists():
        return True
    return items_of(document).exclude(state__in=GONE).exists()

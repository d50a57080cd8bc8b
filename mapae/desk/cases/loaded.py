"""Rows of a case that were read together with it, so that the parts of a page do not ask for the same again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from mapae.desk.cases.models import Case, CaseEvent
from mapae.desk.documents.models import Document

__all__ = ["documents_of", "events_of", "read_whole", "served_documents", "served_of"]


def read_whole(case: Case) -> None:
    """Read events with who and what, documents with their services, and joint bodies: what clocks, ladder, verbs and
    timeline all need."""
    documents = Document.objects.select_related("drafter").prefetch_related("services")
    prefetch_related_objects([case], Prefetch("events", _told()), Prefetch("documents", documents), "joint")


def events_of(case: Case, *, before: int = 0, most: int | None = None) -> list[CaseEvent]:
    """The newest events first, with who and what (before: those with a smaller number)."""
    if (known := _known(case, "events")) is not None:
        return [event for event in reversed(known) if not before or event.seq < before][:most]
    events = _told().filter(case=case).order_by("-seq")
    return list((events.filter(seq__lt=before) if before else events)[:most])


def documents_of(case: Case, codes: Collection[str]) -> list[Document]:
    """The case's documents with these codes: kind and number."""
    if (known := _known(case, "documents")) is None:
        found = Document.objects.filter(case=case, code__in=codes)
        return list(found.only("code", "kind", "number"))
    return [each for each in known if each.code in codes]


def served_of(case: Case) -> list[Document]:
    """Documents whose service starts clocks, the first served first: served, and not withdrawn since."""
    if (known := _known(case, "documents")) is None:
        return list(served_documents().filter(case=case).order_by("served_at", "id"))
    found = [each for each in known if each.served_at and each.state != "withdrawn"]
    return sorted(found, key=lambda each: (each.served_at, each.pk))


def served_documents() -> QuerySet[Document]:
    """The same of all cases."""
    return Document.objects.filter(served_at__isnull=False).exclude(state="withdrawn")


def _told() -> QuerySet[CaseEvent]:
    heavy = ("item__snapshot", "item__url")
    return CaseEvent.objects.select_related("actor", "item").defer(*heavy)


def _known(case: Case, name: str) -> Sequence[Any] | None:
    found: dict[str, Sequence[Any]] = getattr(case, "_prefetched_objects_cache", {})
    return found.get(name)

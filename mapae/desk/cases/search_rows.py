"""Keeps what search reads in step with what it is about: a row a case, item, note, document, operator and seller.

Rows are written with their object, in its transaction (`watch` connects the signals); `rebuild` makes all anew, which is
what follows a bulk import that sends no signals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save

from mapae.desk.cases.grams import folded, folded_rows, grams
from mapae.desk.cases.models import Case, CaseEvent, CaseItem, SearchRow
from mapae.desk.documents.models import Document
from mapae.desk.parties.models import Operator, Seller

__all__ = ["KINDS", "keep", "rebuild", "watch"]

_BATCH = 1000
_FEW = 20  # things from which on they are folded together


def _case(case: Case) -> tuple[int | None, list[str]]:
    operator = case.operator
    return case.pk, [case.number, case.title, operator.name_ko, operator.name_en, operator.name_zh]


def _item(item: CaseItem) -> tuple[int | None, list[str]]:
    return item.case_id, [item.title, item.subject_id, item.platform, item.url]


def _note(event: CaseEvent) -> tuple[int | None, list[str]]:
    return event.case_id, [event.data.get("text", "")]


def _document(document: Document) -> tuple[int | None, list[str]]:
    return document.case_id, [document.number, document.code, document.addressee]


def _operator(operator: Operator) -> tuple[int | None, list[str]]:
    return None, [
        operator.name_ko, operator.name_en, operator.name_zh, *operator.platforms, *operator.domains,
    ]  # fmt: skip


def _seller(seller: Seller) -> tuple[int | None, list[str]]:
    return None, [seller.name, seller.seller_id]


_Row = Callable[[Any], tuple[int | None, list[str]]]
# kind → model and what of it is found
KINDS: dict[str, tuple[type[Model], _Row]] = {
    "case": (Case, _case),
    "item": (CaseItem, _item),
    "note": (CaseEvent, _note),
    "document": (Document, _document),
    "operator": (Operator, _operator),
    "seller": (Seller, _seller),
}


def keep(kind: str, things: Iterable[Any]) -> None:
    """Write the rows of these things."""
    read = [(thing.pk, *KINDS[kind][1](thing)) for thing in things]
    texts = [fields for _pk, _case, fields in read]
    compared = folded_rows(texts) if len(texts) > _FEW else list(map(folded, texts))
    rows = [
        SearchRow(
            kind=kind, object_id=pk, case_id=case, folded=text, grams=grams(text), text=" · ".join(filter(None, fields))
        )
        for (pk, case, fields), text in zip(read, compared, strict=True)
    ]  # fmt: skip
    SearchRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["kind", "object_id"],
        update_fields=["case", "text", "folded", "grams"],
    )  # fmt: skip


def rebuild() -> int:
    """Make all rows anew; how many."""
    SearchRow.objects.all().delete()
    for kind in KINDS:
        for batch in _batches(_all(kind)):
            keep(kind, batch)
    return SearchRow.objects.count()


def watch() -> None:
    """Keep rows in step from now on."""
    for model, _ in KINDS.values():
        post_save.connect(_saved, sender=model, dispatch_uid=f"search {model.__name__}")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"unsearch {model.__name__}")


def _saved(
    sender: type[Model], instance: Any, update_fields: frozenset[str] | None = None, **_: object
) -> None:
    kind = _kind(sender)
    if not _searched(kind, instance, update_fields):
        return
    before = (
        SearchRow.objects.filter(kind=kind, object_id=instance.pk).values_list("folded", flat=True).first()
    )
    if before == folded(KINDS[kind][1](instance)[1]):
        return
    keep(kind, [instance])
    if kind == "operator" and before is not None:
        for batch in _batches(_all("case").filter(operator=instance)):
            keep("case", batch)


def _deleted(sender: type[Model], instance: Any, **_: object) -> None:
    SearchRow.objects.filter(kind=_kind(sender), object_id=instance.pk).delete()


def _searched(kind: str, thing: Any, changed: frozenset[str] | None) -> bool:
    """Whether a saving can have changed what is found."""
    if kind == "note":
        return thing.kind == "noted"
    return changed is None or bool(changed & {"title", "number", "url", "name", "addressee", "platforms"})


def _kind(model: type[Model]) -> str:
    return next(kind for kind, (known, _) in KINDS.items() if known is model)


def _all(kind: str) -> QuerySet[Any]:
    found = KINDS[kind][0]._default_manager.order_by("pk")
    if kind == "note":
        return found.filter(kind="noted")
    return found.select_related("operator") if kind == "case" else found


def _batches(found: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
    every = found.iterator(chunk_size=_BATCH)
    while batch := tuple(islice(every, _BATCH)):
        yield batch

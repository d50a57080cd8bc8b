"""The public figures, per platform and for domestic beside overseas: counted from the desk's own rows, kept as snapshots.

A snapshot holds cells (how many items had which outcome) and the queries that made its figures of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

import yaml
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from mapae.desk import clock
from mapae.desk.answers.models import Contest
from mapae.desk.cases.actions.join import TAKEDOWN_KINDS
from mapae.desk.cases.models import CaseEvent, CaseItem, ItemCheck
from mapae.desk.documents.models import Document
from mapae.desk.parties.models import Operator
from mapae.desk.publication.cells import Counted, cells, digest, queries, run
from mapae.desk.verification import counted
from mapae.desk.verification.asked import SETTLED, asking_kinds, served
from mapae.desk.verification.counted import Asked
from mapae.desk.verification.models import FigureSnapshot

__all__ = ["asked_items", "count", "current", "definitions", "make_daily"]

Answer = Callable[[Asked, date], bool | None]
_CASES = 2_000  # read at once
ANSWERS: dict[str, Answer] = {
    "removed_2": lambda item, today: counted.removed_within(item, 2, today),
    "removed_5": lambda item, today: counted.removed_within(item, 5, today),
    "declared_5": lambda item, today: counted.declared_within(item, 5, today),
    "declared_true": lambda item, today: counted.declared_true(item),
    "relisted": lambda item, today: counted.came_back(item),
    "wrongful": lambda item, today: counted.wrongful(item),
}
_EVER = ""  # these figures have no month


@cache
def definitions() -> list[dict[str, Any]]:
    """The figures in order, as figures.yaml defines them."""
    text = files("mapae.desk.verification").joinpath("figures.yaml").read_text("utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)
    return found


def make_daily(now: datetime) -> None:
    """A snapshot a day, by the worker."""
    if not _kept().filter(as_of=timezone.localtime(now).date()).exists():
        _keep()


def current() -> FigureSnapshot:
    """The newest snapshot; in training, and where there is none, counted now."""
    found = None if settings.TRAINING else _kept().first()
    return found or _keep()


def _kept() -> QuerySet[FigureSnapshot]:
    """Snapshots with their queries; those of before had none."""
    return FigureSnapshot.objects.exclude(queries={})


def _keep() -> FigureSnapshot:
    today, asked = clock.today(), queries(definitions())
    found, rows = count(today)
    about = {"as_of": today, "made_at": clock.now(), "cells": found, "queries": asked, "rows": rows}
    key = digest(found, asked, today)
    return FigureSnapshot.objects.get_or_create(digest=key, defaults=about)[0]


def count(today: date) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Cells, and the rows the queries give from them: {figure, side, operator, names, n, k, value, low, high}, one a side
    with operator empty and one a platform.

    n: of how many; k: how many count (shares only); small ones are kept out: n, k and value None, so that no earlier
    snapshot beside this one tells them.
    """
    operators = {row.pk: row for row in Operator.objects.all()}
    sides = {pk: (row.key, "overseas" if row.overseas else "domestic") for pk, row in operators.items()}
    names = {row.key: {"ko": row.name_ko, "en": row.name_en, "zh": row.name_zh} for row in operators.values()}
    before = _kept().values_list("cells", flat=True).iterator()
    found = cells(_counted(today), sides, [_EVER], before)
    rows = run(found, queries(definitions()))
    for row in rows:
        del row["month"]
        row["names"] = names.get(row["operator"], {})
    return found, rows


def _counted(today: date) -> Iterator[Counted]:
    for operator, item in asked_items():
        for key, answer in ANSWERS.items():
            if (value := answer(item, today)) is not None:
                yield Counted(key, operator, _EVER, float(value))
    for key, source in (("contests", _contests()), ("restoration", _restorations())):
        yield from (Counted(key, operator, _EVER, value) for operator, value in source)


def asked_items() -> Iterator[tuple[int, Asked]]:
    """Every item of a served document that asks for a takedown, once, from its first service, with its operator; read some
    cases at a time, so that years of work need no more memory than a day."""
    rows = Document.objects.filter(served_at__isnull=False, kind__in=asking_kinds()).order_by("case")
    cases = rows.values_list("case", flat=True).distinct().iterator()
    while some := list(islice(cases, _CASES)):
        yield from _asked_in(some[0], some[-1])


def _asked_in(first: int, last: int) -> Iterator[tuple[int, Asked]]:
    """Those of the cases from one number to another."""
    checks: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    looks = ItemCheck.objects.filter(item__case__pk__range=(first, last)).order_by("at", "id")
    for item, at, verdict in looks.values_list("item", "at", "verdict"):
        checks[item].append((at, verdict))
    found = CaseItem.objects.filter(case__pk__range=(first, last))
    again = set(found.filter(relistings__isnull=False).values_list("pk", flat=True))
    done: set[int] = set()
    rows = served().filter(case__pk__range=(first, last), items__kind__in=TAKEDOWN_KINDS, items__state__gt="")
    for operator, at, pk, state, said in rows.order_by("served_at", "id").values_list(
        "case__operator", "served_at", "items", "items__state", "items__said_removed_at"
    ):
        if pk not in done:
            done.add(pk)
            day = timezone.localtime(at).date()
            yield operator, Asked(state, day, said, checks.get(pk, ()), pk in again)
    yield from _withdrawn(found, checks, done)


def _withdrawn(
    items: QuerySet[CaseItem], checks: dict[int, list[tuple[datetime, str]]], done: set[int]
) -> Iterator[tuple[int, Asked]]:
    """Items whose documents were withdrawn with them: they were asked all the same, and count as wrongful."""
    rows = items.filter(
        documents__served_at__isnull=False, documents__kind__in=asking_kinds(), state__in=SETTLED
    )
    for pk, operator, state, at in rows.values_list(
        "pk", "case__operator", "state", "documents__served_at"
    ).order_by("pk"):
        if pk not in done:
            done.add(pk)
            yield operator, Asked(state, timezone.localtime(at).date(), None, checks.get(pk, ()), False)


def _contests() -> Iterator[tuple[int, float]]:
    """(operator, 1 where accepted) of every decided contest."""
    rows = Contest.objects.filter(verdict__in=("accepted", "rejected")).values_list(
        "item__case__operator", "verdict"
    )
    for operator, verdict in rows.iterator():
        yield operator, float(verdict == "accepted")


def _restorations() -> Iterator[tuple[int, float]]:
    """(operator, days) from the withdrawal of the notice to the look that saw the goods restored."""
    kinds = ("notice_withdrawn", "restored")
    rows = CaseEvent.objects.filter(kind__in=kinds, item__isnull=False).order_by("case", "seq")
    begun: dict[int, date] = {}
    for event in rows.select_related("case").iterator():
        if event.kind == "notice_withdrawn":
            begun[event.item_id] = event.on
        elif event.item_id in begun:
            yield event.case.operator_id, float((event.on - begun.pop(event.item_id)).days)

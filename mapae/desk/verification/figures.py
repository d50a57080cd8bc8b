"""The public figures, per platform and for domestic beside overseas: counted from the desk's own rows, kept as snapshots."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from statistics import median
from typing import Any

import yaml
from django.conf import settings
from django.utils import timezone

from mapae.desk import clock
from mapae.desk.answers.models import Contest
from mapae.desk.cases.actions.join import TAKEDOWN_KINDS
from mapae.desk.cases.models import CaseEvent, CaseItem, ItemCheck
from mapae.desk.parties.models import Operator
from mapae.desk.verification import counted
from mapae.desk.verification.asked import SETTLED, asking_kinds, served
from mapae.desk.verification.counted import Asked
from mapae.desk.verification.models import FigureSnapshot
from mapae.desk.verification.suppress import suppressed

__all__ = ["asked_items", "code_of", "count", "current", "definitions", "make_daily"]

Answer = Callable[[Asked, date], bool | None]
ANSWERS: dict[str, Answer] = {
    "removed_2": lambda item, today: counted.removed_within(item, 2, today),
    "removed_5": lambda item, today: counted.removed_within(item, 5, today),
    "declared_5": lambda item, today: counted.declared_within(item, 5, today),
    "declared_true": lambda item, today: counted.declared_true(item),
    "relisted": lambda item, today: counted.came_back(item),
    "wrongful": lambda item, today: counted.wrongful(item),
}
_CODE: dict[str, Callable[..., Any]] = {
    "removed_2": counted.removed_within,
    "removed_5": counted.removed_within,
    "declared_5": counted.declared_within,
    "declared_true": counted.declared_true,
    "relisted": counted.came_back,
    "wrongful": counted.wrongful,
}


@cache
def definitions() -> list[dict[str, Any]]:
    """The figures in order, as figures.yaml defines them."""
    text = files("mapae.desk.verification").joinpath("figures.yaml").read_text("utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)
    return found


def code_of(key: str) -> str:
    """The source of the function that answers the figure for one row."""
    by_key = {**_CODE, "contests": _contests, "restoration": _restorations}
    return inspect.getsource(by_key[key])


def make_daily(now: datetime) -> None:
    """A snapshot a day, by the worker."""
    if not FigureSnapshot.objects.filter(as_of=timezone.localtime(now).date()).exists():
        _keep()


def current() -> FigureSnapshot:
    """The newest snapshot; in training, and where there is none, counted now."""
    found = None if settings.TRAINING else FigureSnapshot.objects.first()
    return found or _keep()


def _keep() -> FigureSnapshot:
    today = clock.today()
    rows = count(today)
    text = json.dumps([today.isoformat(), rows], sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    about = {"as_of": today, "made_at": clock.now(), "rows": rows}
    return FigureSnapshot.objects.get_or_create(digest=digest, defaults=about)[0]


def count(today: date) -> list[dict[str, Any]]:
    """Rows {figure, operator, names, group, n, k, value}: one a platform, and one a group with operator empty.

    n: of how many; k: how many count (shares only); small ones are suppressed: n, k and value None.
    """
    operators = {row.pk: row for row in Operator.objects.all()}
    answers = _answers(today) | {"contests": list(_contests()), "restoration": list(_restorations())}
    rows = []
    for figure in definitions():
        by_operator: dict[int, list[float]] = defaultdict(list)
        for operator, value in answers[figure["key"]]:
            by_operator[operator].append(float(value))
        rows += suppressed(list(_rows(figure, by_operator, operators)))
    return rows


def _rows(
    figure: dict[str, Any], found: dict[int, list[float]], operators: dict[int, Operator]
) -> Iterator[dict[str, Any]]:
    """Groups first, then platforms by name."""
    for group in ("overseas", "domestic"):
        values = [value for key, row in found.items() if _group(operators[key]) == group for value in row]
        if values:
            yield _row(figure, group, values, None)
    for key in sorted(found, key=lambda pk: operators[pk].key):
        yield _row(figure, _group(operators[key]), found[key], operators[key])


def _row(
    figure: dict[str, Any], group: str, values: Sequence[float], operator: Operator | None
) -> dict[str, Any]:
    share = figure["kind"] == "share"
    value = sum(values) / len(values) if share else median(values)
    return {
        "figure": figure["key"],
        "operator": operator.key if operator else "",
        "names": {"ko": operator.name_ko, "en": operator.name_en, "zh": operator.name_zh} if operator else {},
        "group": group,
        "n": len(values),
        "k": int(sum(values)) if share else None,
        "value": round(value, 4),
    }


def _group(operator: Operator) -> str:
    return "overseas" if operator.overseas else "domestic"


def _answers(today: date) -> dict[str, list[tuple[int, float]]]:
    """Figure → (operator, 0 or 1) of every item that counts."""
    found: dict[str, list[tuple[int, float]]] = {key: [] for key in ANSWERS}
    for operator, item in asked_items():
        for key, answer in ANSWERS.items():
            if (value := answer(item, today)) is not None:
                found[key].append((operator, float(value)))
    return found


def asked_items() -> Iterator[tuple[int, Asked]]:
    """Every item of a served document that asks for a takedown, once, from its first service, with its operator."""
    checks: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for item, at, verdict in (
        ItemCheck.objects.order_by("at", "id").values_list("item", "at", "verdict").iterator()
    ):
        checks[item].append((at, verdict))
    again = set(CaseItem.objects.filter(relisted_from__isnull=False).values_list("relisted_from", flat=True))
    done: set[int] = set()
    rows = served().filter(items__kind__in=TAKEDOWN_KINDS, items__state__gt="").order_by("served_at", "id")
    for operator, at, pk, state, said in rows.values_list(
        "case__operator", "served_at", "items", "items__state", "items__said_removed_at"
    ).iterator():
        if pk not in done:
            done.add(pk)
            day = timezone.localtime(at).date()
            yield operator, Asked(state, day, said, checks.get(pk, ()), pk in again)
    yield from _withdrawn(checks, done)


def _withdrawn(checks: dict[int, list[tuple[datetime, str]]], done: set[int]) -> Iterator[tuple[int, Asked]]:
    """Items whose documents were withdrawn with them: they were asked all the same, and count as wrongful."""
    rows = CaseItem.objects.filter(
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

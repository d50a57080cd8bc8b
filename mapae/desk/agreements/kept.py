"""Promises as everybody sees them: counted once a day into cells, with the values that the published queries give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files
from math import inf
from typing import Any

import pyarrow as pa
import yaml
from django.conf import settings
from django.utils import timezone

from mapae.desk import clock
from mapae.desk.agreements.ledger import ledger
from mapae.desk.agreements.models import PromiseSnapshot
from mapae.desk.agreements.scores import agreements, bound, scores_in
from mapae.desk.agreements.stated import with_stated
from mapae.desk.parties.models import Operator
from mapae.desk.publication.cells import digest, least, run
from mapae.measures.agreements.commitments import Agreement, Commitment
from mapae.measures.agreements.metrics import units_of
from mapae.measures.agreements.score import Score

__all__ = ["CELLS", "current", "figure_key", "make_daily", "published"]

CELLS = pa.schema(
    [
        ("figure", pa.string()), ("operator", pa.string()), ("outcome", pa.float64()), ("ended", pa.bool_()),
        ("n", pa.int64()),
    ]
)  # fmt: skip
Row = dict[str, Any]


def make_daily(now: datetime) -> None:
    """A snapshot a day, by the worker."""
    if not PromiseSnapshot.objects.filter(as_of=timezone.localtime(now).date()).exists():
        _keep()


def current() -> PromiseSnapshot:
    """The newest snapshot; in training, and where there is none, counted now."""
    found = None if settings.TRAINING else PromiseSnapshot.objects.first()
    return found or _keep()


def published(snapshot: PromiseSnapshot) -> dict[Operator, list[Score]]:
    """The values of a snapshot, by operator, as scores without verdicts and without units, with what operators stated."""
    known = {
        figure_key(agreement, item): (agreement, item)
        for agreement in agreements()
        for item in agreement.commitments
    }
    operators = {each.key: each for each in Operator.objects.all()}
    found: dict[Operator, list[Score]] = {}
    for row in snapshot.rows:
        if row["figure"] in known and row["operator"] in operators:
            score = _score(row, *known[row["figure"]])
            found.setdefault(operators[row["operator"]], []).append(score)
    return with_stated(found, snapshot.as_of)


def figure_key(agreement: Agreement, item: Commitment) -> str:
    """What a commitment is called among the published figures."""
    return f"{agreement.key}-{item.key}"


def _keep() -> PromiseSnapshot:
    today, asked = clock.today(), _queries()
    cells = [cell for operator in _operators() for cell in _cells(operator)]
    key = digest(cells, asked, today)
    about = {"as_of": today, "made_at": clock.now(), "cells": cells, "queries": asked}
    rows = run(cells, asked, CELLS)
    return PromiseSnapshot.objects.get_or_create(digest=key, defaults={**about, "rows": rows})[0]


def _operators() -> list[Operator]:
    """Operators that signed something, or about whom something is recorded."""
    signed = [one for one in agreements() if one.operators]
    every = list(Operator.objects.order_by("key"))
    parties = {one.pk for one in every if any(bound(one, agreement) for agreement in signed)}
    about = ("cases", "complaints", "events")
    acted = {
        pk
        for name in about
        for pk in Operator.objects.filter(**{f"{name}__isnull": False})
        .values_list("pk", flat=True)
        .distinct()
    }
    return [one for one in every if one.pk in parties | acted]


def _cells(operator: Operator) -> Iterator[Row]:
    """What may be published of one operator: commitments of which enough units have run out of time."""
    events = ledger(operator)
    for score in scores_in(events, operator):
        about = {"figure": figure_key(score.agreement, score.commitment), "operator": operator.key}
        if score.n < least():
            continue
        if score.commitment.metric != "time":
            outcomes = [(1.0, score.kept), (0.0, score.n - score.kept)]
            yield from ({**about, "outcome": each, "ended": True, "n": n} for each, n in outcomes if n)
            continue
        table = units_of(events, score.commitment, clock.today()).table
        rows = table.select("took", ended=table["end"].is_not_null()).group_by("took", "ended").len()
        for took, ended, n in rows.sort("took", "ended").iter_rows():
            yield {**about, "outcome": float(took), "ended": ended, "n": n}


def _queries() -> dict[str, str]:
    """Figure → the SQL that gives it from a table `cells`."""
    found = {}
    for agreement in agreements():
        for item in agreement.commitments:
            text = str(_sql()["time" if item.metric == "time" else "share"]).strip()
            key = figure_key(agreement, item)
            found[key] = text.replace("{key}", key).replace("{quantile}", str(item.quantile))
    return found


@cache
def _sql() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(
        files("mapae.desk.agreements").joinpath("kept.yaml").read_text("utf-8")
    )
    return found


def _score(row: Row, agreement: Agreement, item: Commitment) -> Score:
    timed = item.metric == "time"
    value, low, high = (
        inf if timed and row[name] is None else row[name] for name in ("value", "low", "high")
    )
    return Score(
        row["operator"], agreement, item, value, low, high, row["n"], row["k"] or 0, 0, 0, "cannot_tell", (), (), (),
    )  # fmt: skip

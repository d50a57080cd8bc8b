"""Shares of false claims as everybody sees them: counted once a day into cells, with what the published query gives."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from mapae.desk import clock
from mapae.desk.publication.cells import Row, digest, queries, run
from mapae.desk.rights.models import ClaimSnapshot, RightsHolder
from mapae.desk.rights.score import Score, scores

__all__ = ["FIGURE", "current", "make_daily", "published"]

FIGURE = "false_claims"


def make_daily(now: datetime) -> None:
    """A snapshot a day, by the worker."""
    if not ClaimSnapshot.objects.filter(as_of=timezone.localtime(now).date()).exists():
        _keep()


def current() -> ClaimSnapshot:
    """The newest snapshot; in training, and where there is none, counted now."""
    found = None if settings.TRAINING else ClaimSnapshot.objects.first()
    return found or _keep()


def published(snapshot: ClaimSnapshot) -> list[tuple[RightsHolder, Score]]:
    """What the query gave for each holder, those with the most false claims first."""
    holders = RightsHolder.objects.in_bulk([row["operator"] for row in snapshot.rows], field_name="number")
    rows = sorted(snapshot.rows, key=lambda row: (-row["value"], row["operator"]))
    return [
        (holders[row["operator"]], Score(row["n"], row["k"], row["low"], row["high"]))
        for row in rows
        if row["operator"] in holders
    ]


def _keep() -> ClaimSnapshot:
    today, asked = clock.today(), queries([{"key": FIGURE, "kind": "share"}])
    cells = _cells()
    about = {"as_of": today, "made_at": clock.now(), "cells": cells, "queries": asked}
    key = digest(cells, asked, today)
    return ClaimSnapshot.objects.get_or_create(digest=key, defaults={**about, "rows": run(cells, asked)})[0]


def _cells() -> list[Row]:
    """Of holders of whom enough is decided, how many claims proved false (outcome 1) and how many did not."""
    holders = list(RightsHolder.objects.filter(state="admitted").order_by("number"))
    found = scores(holders)
    about = {"figure": FIGURE, "side": "", "month": ""}
    return [
        {**about, "operator": each.number, "outcome": outcome, "n": n}
        for each in holders
        if (told := found[each.pk]).public
        for outcome, n in ((0.0, told.decided - told.false), (1.0, told.false))
        if n
    ]

"""The live precision of each check, counted from officers' standing decisions."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Sum, Value

from mapae.app.live_precision import Counted, LivePrecision, live_precision
from mapae.catalog import SHADOW, checks
from mapae.desk.findings.models import DecisionTally, ProvedWrong

__all__ = ["counted", "may_bulk", "precision_of_checks"]

_KIND = ("measure", "check_key", "verdict", "reason", "bulk")


def counted(keys: Collection[str] | None = None) -> list[Counted]:
    """Standing decisions by check, verdict and reason, of these checks or of all; acceptances that proved wrong once more as
    `withdrawn`: the notice was withdrawn, or the case was closed as lawful."""
    decided = DecisionTally.objects.filter(verdict__in=("accepted", "rejected"))
    wrong = ProvedWrong.objects.annotate(verdict=Value("withdrawn"))
    if keys is not None:
        decided, wrong = decided.filter(check_key__in=keys), wrong.filter(check_key__in=keys)
    rows = (
        row
        for found in (decided, wrong)
        for row in found.values_list(*_KIND).annotate(total=Sum("n")).order_by()
    )
    return [
        Counted(measure, check, verdict, n, why, bulk) for measure, check, verdict, why, bulk, n in rows if n
    ]


def precision_of_checks() -> list[LivePrecision]:
    """Every check there is, and every one that was decided on."""
    return live_precision(counted(), [(check.measure, check.key) for check in checks()], SHADOW)


def may_bulk(keys: set[str]) -> dict[str, LivePrecision]:
    """The checks among these that may not be accepted in bulk, with their record."""
    known = {row.check: row for row in live_precision(counted(keys), trial=SHADOW)}
    empty = {key: LivePrecision("", key, 0, 0, 0.0, 1.0, "reviewed") for key in keys}
    rows = {key: known.get(key, empty[key]) for key in keys}
    return {key: row for key, row in rows.items() if row.right != "bulk"}

"""The live precision of each check, counted from officers' standing decisions."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mapae.app.live_precision import Counted, LivePrecision, live_precision
from mapae.catalog import SHADOW, checks
from mapae.desk.cases.models import CaseItem
from mapae.desk.findings.models import Decision

__all__ = ["counted", "may_bulk", "precision_of_checks"]

# states of an item that say that its notice was wrong
_TAKEN_BACK = ("withdrawn", "restoring", "restored")


def counted() -> list[Counted]:
    """Standing decisions by check, verdict and reason; acceptances that proved wrong once more as `withdrawn`: the notice
    was withdrawn, or the case was closed as lawful."""
    standing = Decision.objects.filter(undone_at__isnull=True, verdict__in=("accepted", "rejected"))
    lawful = Q(finding__case__outcome="lawful")
    withdrawn = Exists(
        CaseItem.objects.filter(
            case=OuterRef("finding__case"),
            platform=OuterRef("finding__platform"),
            subject_id=OuterRef("finding__subject_id"),
            state__in=_TAKEN_BACK,
        )
    )
    rows = list(_grouped(standing))
    wrong = _grouped(standing.filter(withdrawn | lawful, verdict="accepted"))
    return rows + [Counted(row.measure, row.check, "withdrawn", row.n, row.reason, row.bulk) for row in wrong]


def precision_of_checks() -> list[LivePrecision]:
    """Every check there is, and every one that was decided on."""
    return live_precision(counted(), [(check.measure, check.key) for check in checks()], SHADOW)


def may_bulk(keys: set[str]) -> dict[str, LivePrecision]:
    """The checks among these that may not be accepted in bulk, with their record."""
    known = {row.check: row for row in live_precision(counted(), trial=SHADOW)}
    empty = {key: LivePrecision("", key, 0, 0, 0.0, 1.0, "reviewed") for key in keys}
    rows = {key: known.get(key, empty[key]) for key in keys}
    return {key: row for key, row in rows.items() if row.right != "bulk"}


def _grouped(decisions: QuerySet[Decision]) -> list[Counted]:
    rows = (
        decisions.order_by()
        .values_list("finding__measure", "finding__check_key", "verdict", "reason", "bulk")
        .annotate(n=Count("id"))
    )
    return [
        Counted(measure, check, verdict, n, reason, bulk) for measure, check, verdict, reason, bulk, n in rows
    ]

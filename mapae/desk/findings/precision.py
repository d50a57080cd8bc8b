"""The live precision of each check, counted from officers' standing decisions."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Sum
from django.db.models.expressions import RawSQL

from mapae.app.live_precision import Counted, LivePrecision, live_precision
from mapae.catalog import SHADOW, checks
from mapae.desk.findings.models import Decision, DecisionTally

__all__ = ["counted", "may_bulk", "precision_of_checks"]

# Findings whose notice proved wrong: their item's notice was taken back, or their case was closed as lawful. Looked up from
# the items and cases, of which few are such; never from the decisions, which are many.
_WRONG = """
SELECT f.id FROM cases_case c JOIN findings_finding f ON f.case_id = c.id WHERE c.outcome = 'lawful'
UNION SELECT f.id FROM cases_caseitem i
  JOIN findings_finding f ON f.case_id = i.case_id AND f.platform = i.platform AND f.subject_id = i.subject_id
  WHERE i.state IN ('withdrawn', 'restoring', 'restored')
"""
_KIND = ("measure", "check_key", "verdict", "reason", "bulk")


def counted(keys: Collection[str] | None = None) -> list[Counted]:
    """Standing decisions by check, verdict and reason, of these checks or of all; acceptances that proved wrong once more as
    `withdrawn`: the notice was withdrawn, or the case was closed as lawful."""
    rows = DecisionTally.objects.filter(verdict__in=("accepted", "rejected"))
    wrong = Decision.objects.filter(
        undone_at__isnull=True, verdict="accepted", finding__in=RawSQL(_WRONG, [])
    )
    if keys is not None:
        rows = rows.filter(check_key__in=keys)
        wrong = wrong.filter(finding__check_key__in=keys)
    found = rows.values_list(*_KIND).annotate(total=Sum("n")).order_by()
    of_finding = ("finding__measure", "finding__check_key", "reason", "bulk")
    taken_back = wrong.order_by().values_list(*of_finding).annotate(total=Count("id"))
    return [
        *(
            Counted(measure, check, verdict, n, why, bulk)
            for measure, check, verdict, why, bulk, n in found
            if n
        ),
        *(Counted(measure, check, "withdrawn", n, why, bulk) for measure, check, why, bulk, n in taken_back),
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

"""Acceptances that proved wrong, counted by case: kept after every action on it, so that no page looks for them among all."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q

from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.findings.models import Decision, ProvedWrong

__all__ = ["TAKEN_BACK", "recount"]

TAKEN_BACK = ("withdrawn", "restoring", "restored")


def recount(case: Case) -> None:
    """Count the case anew, in the caller's transaction: accepted findings of which the notice was taken back, and all of them
    where the case was closed as lawful."""
    item = CaseItem.objects.filter(
        case=case,
        state__in=TAKEN_BACK,
        platform=OuterRef("finding__platform"),
        subject_id=OuterRef("finding__subject_id"),
    )
    found = Decision.objects.filter(undone_at__isnull=True, verdict="accepted", finding__case=case)
    wrong = found.filter(Q(finding__case__outcome="lawful") | Exists(item)).order_by()
    keys = ("finding__measure", "finding__check_key", "reason", "bulk")
    rows = list(wrong.values_list(*keys).annotate(n=Count("id")))
    ProvedWrong.objects.filter(case=case).delete()
    ProvedWrong.objects.bulk_create(
        ProvedWrong(case=case, measure=measure, check_key=check, reason=reason, bulk=bulk, n=n)
        for measure, check, reason, bulk, n in rows
    )

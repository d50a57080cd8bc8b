"""Draft cases: an alert opens one by itself; accepting the alert makes it a case like any other, rejecting it ends it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import allowed, run
from mapae.desk.cases.models import Case
from mapae.desk.findings.models import Finding

__all__ = ["draft_cases", "drop_drafts"]

_KIND = 12  # characters of an item's kind


def draft_cases(findings: QuerySet[Finding]) -> list[Case]:
    """A case for each operator of undecided findings of one matter, its newest open one or a draft; the findings become its
    items and stay undecided. Those without operator wait in the inbox, since a case is about one; what is in a case is not
    put into another."""
    cases: dict[int, Case] = {}
    waiting = findings.filter(operator__isnull=False, items__isnull=True)
    with transaction.atomic():
        for finding in waiting.select_related("operator").order_by("-severity", "pk"):
            case = cases.get(finding.operator_id) or _open_case(finding)
            cases[finding.operator_id] = case
            item = run(
                "join", None, case, kind=finding.subject_kind[:_KIND], subject_id=finding.subject_id,
                platform=finding.platform, title=finding.subject_title, url=finding.subject_url, rung="seen",
            )  # fmt: skip
            item.finding = finding
            item.save(update_fields=["finding"])
    return list(cases.values())


def drop_drafts(user: User, rejected: Sequence[Finding]) -> None:
    """Close drafts in which no undecided finding is left besides these, where the person may close them."""
    drafts = Case.objects.filter(draft=True, items__finding__in=rejected).exclude(state="closed").distinct()
    for case in drafts:
        if not case.items.filter(finding__state="new").exists() and "close" in allowed(user, case):
            run("close", user, case, outcome="no_ground")


def _open_case(finding: Finding) -> Case:
    open_ones = Case.objects.filter(operator=finding.operator_id, matter=finding.measure, held=False)
    found = open_ones.exclude(state="closed").order_by("-id").first()
    if found is not None:
        return found
    made: Case = run(
        "open", None, operator=finding.operator, matter=finding.measure, title=finding.subject_title,
        severity=finding.severity,
    )  # fmt: skip
    return made

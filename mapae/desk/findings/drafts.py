"""Draft cases: an alert opens one by itself; accepting the alert makes it a case like any other, rejecting it ends it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import allowed, run
from mapae.desk.cases.models import Case
from mapae.desk.findings.models import Finding
from mapae.desk.parties.models import Operator

__all__ = ["draft_cases", "drop_drafts"]

_KIND = 12  # characters of an item's kind


def draft_cases(
    findings: QuerySet[Finding],
    whose: Callable[[Finding], Operator | None] = lambda finding: finding.operator,
) -> list[Case]:
    """A case for each operator of undecided findings of one matter, its newest open one or a draft; the findings become its
    items and stay undecided. whose: the operator of a case on it; without one it waits in the inbox. What is in a case is
    not put into another."""
    cases: dict[int, Case] = {}
    waiting = findings.filter(items__isnull=True)
    with transaction.atomic():
        for finding in waiting.select_related("operator").order_by("-severity", "pk"):
            if (operator := whose(finding)) is None:
                continue
            case = cases[operator.pk] = cases.get(operator.pk) or _open_case(operator, finding)
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


def _open_case(operator: Operator, finding: Finding) -> Case:
    open_ones = Case.objects.filter(operator=operator, matter=finding.measure, held=False)
    found = open_ones.exclude(state="closed").order_by("-id").first()
    if found is not None:
        return found
    made: Case = run(
        "open", None, operator=operator, matter=finding.measure, title=finding.subject_title,
        severity=finding.severity,
    )  # fmt: skip
    return made

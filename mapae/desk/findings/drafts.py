"""Draft cases: an alert opens one by itself; accepting the alert makes it a case like any other, rejecting it ends it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import allowed, run
from mapae.desk.cases.models import Case
from mapae.desk.findings.models import Finding

__all__ = ["draft_cases", "drop_drafts"]

_KIND = 12  # characters of an item's kind
_FROM = 2  # severity `medium`: what is slighter waits in the inbox only


def draft_cases(findings: Iterable[Finding]) -> list[Case]:
    """A case for each operator of new findings of one matter, its newest open one or a draft; the findings are its items and
    stay undecided. Those without operator, and slight ones, are left in the inbox."""
    cases: dict[int, Case] = {}
    with transaction.atomic():
        for finding in sorted(findings, key=lambda each: (-each.severity, each.pk)):
            if finding.operator_id is None or finding.severity < _FROM:
                continue
            case = cases.get(finding.operator_id) or _open_case(finding)
            cases[finding.operator_id] = case
            run(
                "join", None, case, kind=finding.subject_kind[:_KIND], subject_id=finding.subject_id,
                platform=finding.platform, title=finding.subject_title, url=finding.subject_url, rung="seen",
            )  # fmt: skip
    return list(cases.values())


def drop_drafts(user: User, rejected: Iterable[Finding]) -> None:
    """Close drafts that held nothing but these findings, where the person may close them."""
    for finding in rejected:
        held = Case.objects.filter(
            draft=True, operator=finding.operator_id, items__kind=finding.subject_kind[:_KIND],
            items__subject_id=finding.subject_id,
        ).exclude(state="closed")  # fmt: skip
        for case in held:
            ids = case.items.values("subject_id")
            waiting = Finding.objects.filter(
                operator=case.operator_id, measure=case.matter, subject_id__in=ids
            )
            if not waiting.filter(state="new").exists() and "close" in allowed(user, case):
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

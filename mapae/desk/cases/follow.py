"""Lets a case's state follow its items after an action, and says on the case what is left over."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from mapae.desk.cases.models import Case, CaseItem
from mapae.workflow.outcome import DONE, case_after

__all__ = ["followed", "left_over"]

# after these nothing may be left over any more
_ENDING = ("verify", "verify_restored", "decide_contest", "withdraw_notice", "record_answer")
_ANSWERS = ("claimed_removed", "contested", "time_asked", "report_received", "answer_received")


def left_over(case: Case) -> QuerySet[CaseItem]:
    """Items of which something is still awaited. One that was relisted is represented by the listing that took its place."""
    again = CaseItem.objects.filter(relisted_from=OuterRef("pk"), case=OuterRef("case")).exclude(state="")
    return case.items.exclude(state__in=("", *DONE)).exclude(Q(state="relisted") & Exists(again))


def followed(case: Case, verb: str, state: str) -> str:
    """The state after a verb, which by itself would lead to `state`."""
    if state != "verified" and verb not in _ENDING:
        return state
    done = case.items.filter(state__in=DONE).values_list("state", flat=True)
    states = {*left_over(case).values_list("state", flat=True), *done}
    return case_after(state, states, answered=case.events.filter(kind__in=_ANSWERS).exists())

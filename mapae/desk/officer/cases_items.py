"""The items of a case as its page shows them: what is asked to be taken down, and what was joined beside it."""

from __future__ import annotations

from typing import Any

from mapae.desk.answers.models import ANSWERS
from mapae.desk.cases.actions.join import TAKEDOWN_KINDS
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.cases.titles import ITEM_KINDS, rung
from mapae.desk.law import book, said
from mapae.desk.officer.cases_links import link
from mapae.workflow.items import ITEM_STATES

__all__ = ["PAGE", "item_page"]

PAGE = 50
_HEAVY = (
    "snapshot",
    "relisted_from__snapshot",
    "relisted_from__title",
    "relisted_from__url",
    "finding__subject_title",
)


def item_page(case: Case, after: int = 0, *, people: bool = True) -> dict[str, Any]:
    """Takedown items (one page, `after` an item's number) and the joined rest by kind; without `people` no sellers."""
    found = case.items.select_related("finding", "seller", "relisted_from").defer(*_HEAVY)
    found = found.prefetch_related("evidence", "checks", "answers", "contests")
    taken = list(found.filter(kind__in=TAKEDOWN_KINDS, pk__gt=after).order_by("pk")[: PAGE + 1])
    joined = case.items.exclude(kind__in=TAKEDOWN_KINDS).exclude(state="withdrawn").defer("snapshot")
    if not people:
        joined = joined.exclude(kind="seller")
    return {
        "rows": [_row(item, people) for item in taken[:PAGE]],
        "next": taken[PAGE - 1].pk if len(taken) > PAGE else 0,
        "after": after,
        "total": case.items.filter(kind__in=TAKEDOWN_KINDS).count()
        if after or len(taken) > PAGE
        else len(taken),
        "joined": _by_kind(list(joined.order_by("kind", "pk")[:200])),
    }


def _row(item: CaseItem, people: bool) -> dict[str, Any]:
    checks, answers = list(item.checks.all()), list(item.answers.all())
    contest = next((each for each in item.contests.all() if not each.verdict), None)
    return {
        "item": item,
        "kind": said(ITEM_KINDS.get(item.kind, {"en": item.kind})),
        "reasons": _reasons(item),
        "why": [each for each in (item.finding.reasons if item.finding else ()) if each.get("detail")][:3],
        "finding_url": link("finding", item.finding_id) if item.finding_id else "",
        "rung": rung(item.rung),
        "seller": item.seller if people else None,
        "evidence": list(item.evidence.all()),
        "answer": answers[0] if answers else None,
        "answered": said(ANSWERS.get(answers[0].kind, {"en": answers[0].kind})) if answers else "",
        "ground": _grounds().get(answers[0].ground, "") if answers else "",
        "contest_url": link("contest", contest.pk) if contest else "",
        "check": checks[0] if checks else None,
        "verdict": said(ITEM_STATES.get(checks[0].verdict, {"en": checks[0].verdict})) if checks else "",
    }


def _grounds() -> dict[str, str]:
    rows = book().pack.data("workflow.yaml")["contest_grounds"]
    return {row["key"]: said(row["title"]) for row in rows}


def _reasons(item: CaseItem) -> list[dict[str, Any]]:
    """Reasons whose span still stands in the item's title as it was seen."""
    if item.finding is None:
        return []
    return [
        each
        for each in item.finding.reasons
        if each.get("field") == "title"
        and each.get("end", 0) > each.get("start", 0)
        and item.title[each["start"] : each["end"]] == each.get("seen")
    ]


def _by_kind(items: list[CaseItem]) -> list[tuple[str, list[CaseItem]]]:
    kinds = [kind for kind in ITEM_KINDS if kind not in TAKEDOWN_KINDS]
    grouped = [(kind, [item for item in items if item.kind == kind]) for kind in kinds]
    return [(said(ITEM_KINDS[kind]), found) for kind, found in grouped if found]

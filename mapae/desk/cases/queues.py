"""Queues of cases, and the pages of a queue: by keys, so that a page far down costs what the first does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.due import rights
from mapae.desk.cases.grams import words
from mapae.desk.cases.models import Case, Due
from mapae.desk.cases.search import matching
from mapae.desk.scope import cases_for
from mapae.workflow.states import CASE_STATES

__all__ = ["PAGE", "QUEUES", "Filters", "Page", "counts", "dues_of", "page", "queue", "queues_for"]

PAGE = 25
MOST = 100  # a queue's number is counted up to here
QUEUES: dict[str, dict[str, str]] = {
    "mine": {"ko": "내 사건", "en": "Mine"},
    "body": {"ko": "우리 기관", "en": "My body"},
    "overdue": {"ko": "기한 지남", "en": "Overdue"},
    "unassigned": {"ko": "담당자 없음", "en": "Unassigned"},
    "held": {"ko": "보류", "en": "On hold"},
    "closed": {"ko": "종결", "en": "Closed"},
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a queue; empty or zero where it does not."""

    matter: str = ""
    operator: str = ""
    state: str = ""
    severity: int = 0
    words: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Filters:
        """From an address; what is no filter is left out."""
        state, level = query.get("state", ""), query.get("severity", "")
        return cls(
            query.get("matter", "")[:32],
            query.get("operator", "")[:60],
            state if state in CASE_STATES else "",
            int(level) if level.isascii() and level.isdigit() and len(level) == 1 else 0,
            query.get("q", "").strip()[:200],
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Cases of a page and the key of the next, empty on the last."""

    cases: list[Case]
    after: str


def queues_for(user: User) -> list[str]:
    """The queues that make sense for the person: nobody assigns cases to auditors."""
    return list(QUEUES) if user.role == "officer" else ["body", "overdue", "held", "closed"]


def queue(user: User, key: str) -> QuerySet[Case]:
    """The cases of a queue, in no order yet."""
    seen = cases_for(user)
    if key == "closed":
        return seen.filter(state="closed")
    live = seen.exclude(state="closed")
    if key == "mine":
        return live.filter(owner=user)
    if key == "unassigned":
        return live.filter(owner__isnull=True)
    if key == "held":
        return live.filter(held=True)
    if key == "overdue":
        return live.filter(Exists(overdue().filter(case=OuterRef("pk"))))
    return live


def overdue() -> QuerySet[Due]:
    """Clocks whose last day has passed and that do not stand still; a right that lapsed is none."""
    return Due.objects.filter(due__lt=clock.today(), paused=False).exclude(key__in=rights())


def narrowed(cases: QuerySet[Case], filters: Filters) -> QuerySet[Case]:
    """The cases that the filters leave."""
    if filters.matter:
        cases = cases.filter(matter=filters.matter)
    if filters.operator:
        cases = cases.filter(operator__key=filters.operator)
    if filters.state:
        cases = cases.filter(state=filters.state)
    if filters.severity:
        cases = cases.filter(severity__gte=filters.severity)
    if filters.words:
        asked = words(filters.words)
        rows = matching(asked, "case") if asked else None
        cases = cases.filter(pk__in=rows.values("object_id")) if rows is not None else cases.none()
    return cases


def page(cases: QuerySet[Case], after: str = "") -> Page:
    """The page that follows a key: the gravest first, then the newest."""
    if key := _key(after):
        level, number = key
        cases = cases.filter(Q(severity__lt=level) | Q(severity=level, pk__lt=number))
    found = list(cases.select_related("operator", "lead", "owner").order_by("-severity", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(found[:PAGE], f"{last.severity}.{last.pk}" if last else "")


def counts(user: User) -> dict[str, str]:
    """How many cases each queue has, as shown: counted to a hundred at most."""
    found = {
        key: queue(user, key).values("pk")[: MOST + 1].count() for key in queues_for(user) if key != "closed"
    }
    return {key: f"{MOST}+" if number > MOST else str(number) for key, number in found.items()}


def dues_of(cases: Iterable[Case]) -> dict[int, list[Due]]:
    """The running clocks of these cases, the next due first: one query."""
    found: dict[int, list[Due]] = defaultdict(list)
    for due in Due.objects.filter(case__in=[case.pk for case in cases]).order_by("due", "id"):
        found[due.case_id].append(due)
    return found


def _key(after: str) -> tuple[int, int] | None:
    level, dot, number = after.partition(".")
    if (
        dot
        and level.isascii()
        and level.isdigit()
        and number.isascii()
        and number.isdigit()
        and len(after) < 20
    ):
        return int(level), int(number)
    return None

"""What an operator's people see of a case: served documents, the items these ask about, their clocks; next due first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.asked import OPEN
from mapae.desk.answers.models import Contest, DraftAnswer, ItemAnswer, Reply
from mapae.desk.answers.objections import objection_of, until
from mapae.desk.answers.replies import ReplyKind, reply_kind
from mapae.desk.cases.clocks import told_clocks
from mapae.desk.cases.due import refresh_stale
from mapae.desk.cases.models import Case, CaseItem, Due
from mapae.desk.cases.titles import FORCES
from mapae.desk.documents.models import Document
from mapae.desk.law import book, said
from mapae.desk.officer.cases_clocks import clock_views, due_row, unruled_views
from mapae.desk.scope import documents_for, items_for
from mapae.workflow import document_kinds
from mapae.workflow.clocks import Clock, Unruled

__all__ = ["Task", "clocks_shown", "documents_of", "items_of", "task_of", "tasks"]

_FAR = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Task:
    """A served document with what is still to be done about it. dues: running clocks, law first; reply: what it wants as a
    whole; replied: whether it came."""

    document: Document
    title: str
    force: str
    consequence: str
    remedy: str
    waiting: int
    total: int
    restoring: int
    reply: ReplyKind | None
    replied: bool
    dues: list[dict[str, Any]]

    @property
    def objection(self) -> dict[str, Any] | None:
        """The objection that law knows to it: its title, until when; None where there is none."""
        kind = objection_of(self.document)
        return {"title": said(kind.title), "until": until(self.document)} if kind is not None else None

    @property
    def open(self) -> bool:
        """Whether something is to be done."""
        wanted = self.reply is not None and not self.replied
        return self.document.state != "withdrawn" and bool(self.waiting or self.restoring or wanted)

    @property
    def next_due(self) -> date:
        """The first last day that runs; far away where none does."""
        return min((row["due"] for row in self.dues), default=_FAR)

    @property
    def bound(self) -> bool:
        """Whether a period of law runs."""
        return any(row["statutory"] for row in self.dues)


def tasks(user: User, *, done: bool = False) -> list[Task]:
    """The person's documents that wait for something (or, with `done`, those that do not), next due first."""
    return [task for task in _tasks(documents_for(user)) if task.open != done]


def documents_of(user: User, case: Case) -> list[Task]:
    """The served documents of one case, those that wait for something first."""
    return sorted(_tasks(documents_for(user).filter(case=case)), key=lambda task: not task.open)


def _tasks(documents: QuerySet[Document]) -> list[Task]:
    refresh_stale(100)
    found = documents.select_related("case__operator", "body")
    counted = found.annotate(
        total=Count("items", distinct=True),
        waiting=Count("items", filter=Q(items__state__in=OPEN), distinct=True),
        restoring=Count("items", filter=Q(items__state="restoring"), distinct=True),
    )
    rows = list(counted.order_by("-served_at", "-id"))
    dues = _dues(rows)
    replied = set(
        Reply.objects.filter(document__in=rows)
        .exclude(kind="objection")
        .values_list("document_id", flat=True)
    )
    every = [task_of(each, dues[each.code], each.pk in replied) for each in rows]
    return sorted(every, key=lambda task: (task.next_due, not task.bound))


def task_of(document: Document, dues: list[dict[str, Any]], replied: bool) -> Task:
    """The document as a task; it carries the counts total, waiting and restoring."""
    kind = document_kinds(book())[document.kind]
    counts: Any = document
    return Task(
        document, said(kind.title), said(FORCES[kind.force]), said(kind.consequence), said(kind.remedy),
        counts.waiting, counts.total, counts.restoring, reply_kind(document), replied, dues,
    )  # fmt: skip


def items_of(user: User, case: Case) -> list[CaseItem]:
    """The case's items the person is asked about, with their firm's draft and answers and the case's contests."""
    answers = ItemAnswer.objects.filter(firm_id=user.firm_id)
    mine = Prefetch("answers", queryset=answers, to_attr="told")
    contests = Prefetch("contests", queryset=Contest.objects.all(), to_attr="objections")
    found = items_for(user).filter(case=case).select_related("finding", "seller")
    items = list(found.prefetch_related(mine, contests).order_by("id"))
    drafts = {row.item_id: row for row in DraftAnswer.objects.filter(item__in=items, firm_id=user.firm_id)}
    for item in items:
        item.draft = drafts.get(item.pk)
        item.waits = item.state in OPEN
    return items


def clocks_shown(user: User, case: Case) -> dict[str, list[dict[str, Any]]]:
    """clocks: the operator's own clocks of the case, and those of the authority's answer to it, each with its working;
    unruled: those of them that do not run, since law set no period on their day."""
    labels = {each.code: _label(each) for each in documents_for(user).filter(case=case)}
    running, without_rule = told_clocks(case)

    def own(each: Clock | Unruled) -> bool:
        return each.kind.whose in ("operator", "body") and (
            each.ref in labels or each.kind.starts != "served"
        )

    return {
        "clocks": clock_views(case, filter(own, running), labels, clock.today()),
        "unruled": unruled_views(filter(own, without_rule), labels),
    }


def _label(document: Document) -> str:
    title = said(document_kinds(book())[document.kind].title)
    return f"{title} {document.number}".strip()


def _dues(documents: list[Document]) -> Mapping[str, list[dict[str, Any]]]:
    today = clock.today()
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    codes = [each.code for each in documents]
    for due in Due.objects.filter(ref__in=codes, whose="operator").order_by("-statutory", "due"):
        found[due.ref].append(due_row(due, today))
    return found

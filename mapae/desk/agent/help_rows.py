"""What an agent's pages, downloads and API show of complaints: the shared fields and what the desk itself knows, no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.utils import translation

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.helpline.advice import advice, title
from mapae.desk.helpline.desk_due import standing
from mapae.desk.helpline.desk_scope import UNREAD, complaints_for
from mapae.desk.helpline.models import AgentAnswer, Complaint, ComplaintEvent
from mapae.desk.helpline.share import FIELDS, notice, shared_fields
from mapae.desk.law import book, said
from mapae.workflow.complaint_status import Status
from mapae.workflow.complaints import complaint_outcomes, complaint_states

__all__ = ["SHOWS", "Line", "answers_of", "lines", "outcome", "shared_rows", "table"]

SHOWS = ("todo", "all", "done")
_TODO = ("handed_over", "progress", "with_network", "proposed")
_FIRMS = ("agent", "network", "parties", "business")  # whose step is the firm's
# the pack's titles speak to the consumer; these say it to the agent
_FOR_AGENTS = {
    "country": {
        "ko": "보낼 수 있는 나라(다른 나라로는 보낼 수 없습니다)",
        "en": "Where it may go, and nowhere else",
        "zh": "可发送的国家（不得发往他处）",
    },
    "remedy": {"ko": "소비자가 원하는 해결", "en": "What the consumer asks for", "zh": "消费者的要求"},
    "contact": {"ko": "연락처(중계 주소)", "en": "Contact (relay address)", "zh": "联系方式（中继地址）"},
}
_ANSWER_KINDS = {
    "progress": {"ko": "처리 경과", "en": "Progress", "zh": "处理进度"},
    "result": {"ko": "처리 결과", "en": "Result", "zh": "处理结果"},
    "question": {"ko": "질문", "en": "Question", "zh": "问题"},
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list. due: by when the next step is to be done, by law or not; late: that day has passed."""

    complaint: Complaint
    state: str
    due: date | None
    statutory: bool
    mine: bool
    late: bool


def lines(user: User, show: str, most: int, after: int = 0) -> list[Line]:
    """Complaints of the person's operators, the next due first (or the newest, of all and of those done)."""
    found = _shown(complaints_for(user), show).select_related("operator", "next_due").defer(*UNREAD)
    if show == "todo":
        found = found.order_by(F("next_due__due").asc(nulls_last=True), "pk")
    else:
        found = found.order_by("-received_at", "-pk")
    states = complaint_states(book())
    return [_line(each, said(states[each.state].title)) for each in found[after : after + most]]


def shared_rows(complaint: Complaint) -> list[tuple[str, str, Any]]:
    """(key, title, words) of each shared field, in the list's order; files are given apart."""
    titles, shown = {**advice("share")["fields"], **_FOR_AGENTS}, shared_fields(complaint)
    shown |= {key: _read(complaint, key, shown[key]) for key in ("country", "remedy") if key in shown}
    return [(key, said(titles[key]), shown[key]) for key in FIELDS if key in shown and key != "files"]


def _read(complaint: Complaint, key: str, words: str) -> str:
    """Words that the desk put before the consumer, in the reader's language where they are still what it would put."""
    with translation.override(complaint.language):
        then, asked = notice(complaint), title("remedies", complaint.remedy)
    now = notice(complaint)
    if key == "remedy":
        return title("remedies", complaint.remedy) if words == asked else words
    return {then.home: now.home, then.abroad: now.abroad, then.country: now.country}.get(words, words)


def answers_of(complaint: Complaint) -> list[dict[str, Any]]:
    """What the agent said and the consumer's word on it, in order."""
    return [_answer(each) for each in complaint.answers.all()]


def table(user: User) -> list[dict[str, str]]:
    """The download: one row a complaint with the shared fields and where it stands; empty cells for what is not shared."""
    states = complaint_states(book())
    rows = []
    events = Prefetch("events", ComplaintEvent.objects.defer("told"))
    found = complaints_for(user).select_related("operator").prefetch_related("shares", events)
    for each in found.defer(*UNREAD).order_by("pk").iterator(chunk_size=2000):
        shown = shared_fields(each)
        cells = {key: _cell(shown.get(key, "")) for key in FIELDS if key != "files"}
        status = standing(each)
        due = status.by.isoformat() if status.by and waits_for_firm(status) else ""
        rows.append(
            {**cells, "operator": each.operator.key, "state": said(states[each.state].title), "due": due}
        )
    return rows


def outcome(complaint: Complaint) -> str:
    """How it ended, in words."""
    titles = complaint_outcomes(book())
    return said(titles[complaint.outcome]) if complaint.outcome in titles else ""


def _shown(complaints: QuerySet[Complaint], show: str) -> QuerySet[Complaint]:
    if show == "done":
        return complaints.filter(state="closed")
    if show == "all":
        return complaints.exclude(state="closed")
    return complaints.filter(state__in=_TODO).exclude(state="proposed", next_due__who="consumer")


def _line(complaint: Complaint, state: str) -> Line:
    due = getattr(complaint, "next_due", None)
    mine = due is not None and due.who in _FIRMS
    day = due.due if due is not None and mine else None
    late = day is not None and day < clock.today()
    return Line(complaint, state, day, bool(due and due.statutory), mine, late)


def _answer(row: AgentAnswer) -> dict[str, Any]:
    offers = {**advice("remedies"), **advice("offers")}
    return {
        "row": row,
        "kind": said(_ANSWER_KINDS[row.kind]),
        "offer": said(offers[row.offer]) if row.offer in offers else "",
    }


def _cell(value: Any) -> str:
    """No cell begins as a formula where a spreadsheet opens it."""
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def waits_for_firm(found: Status) -> bool:
    """Whether the next step is the firm's."""
    return found.who in _FIRMS

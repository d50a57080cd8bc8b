"""How a page shows a clock: law and target apart, why it runs, how it was counted, what moved it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mapae.desk.cases.loaded import events_of
from mapae.desk.cases.models import Case, CaseEvent, Due
from mapae.desk.law import book, said
from mapae.workflow.clocks import Clock, Unruled, clock_kinds

__all__ = ["clock_views", "due_row", "lawful_reasons", "unruled_views"]

_UNITS = {
    "days": {"ko": "일", "en": "days", "zh": "天"},
    "business_days": {"ko": "영업일", "en": "business days", "zh": "个工作日"},
}
_WISHES = ("time_asked", "time_declined")
_MOVING = ("paused", "resumed", "extended", *_WISHES)
_WHOSE = {
    "operator": {"ko": "사업자", "en": "the operator", "zh": "经营者"},
    "commission": {"ko": "심의위원회", "en": "the commission", "zh": "审议委员会"},
    "body": {"ko": "처분 기관", "en": "the authority", "zh": "主管机关"},
}


def due_row(due: Due, today: date) -> dict[str, Any]:
    """A stored due date as a list shows it."""
    kind = clock_kinds(book())[due.key]
    over = due.due < today and not due.paused
    return {
        "title": said(kind.title),
        "statutory": due.statutory,
        "due": due.due,
        "paused": due.paused,
        "overdue": over and not kind.right,
        "lapsed": over and kind.right,
        "days": abs((due.due - today).days),
        "today": due.due == today,
    }


def clock_views(
    case: Case, found: Iterable[Clock], labels: dict[str, str], today: date
) -> list[dict[str, Any]]:
    """The clocks of a case, running ones and law first; labels: what each ref is in words."""
    moved = _once(event for event in reversed(events_of(case)) if event.kind in _MOVING)
    ordered = sorted(found, key=lambda clock: (clock.ended_on is not None, not clock.statutory, clock.due))
    return [_view(clock, labels.get(clock.ref, clock.ref), moved, today) for clock in ordered]


def unruled_views(found: Iterable[Unruled], labels: dict[str, str]) -> list[dict[str, Any]]:
    """The clocks that do not run since law set no period on their day; labels: what each ref is in words."""
    return [
        {
            "title": said(each.kind.title),
            "about": labels.get(each.ref, each.ref),
            "on": each.on,
            "provision": each.provision,
            "since": each.since,
        }
        for each in found
    ]


def lawful_reasons(way: str) -> list[tuple[str, str]]:
    """(key, words with the article) of the reasons the pack names; way: pause or extend."""
    return [
        (row["key"], f"{said(row['title'])} ({row['law']})" if row.get("law") else said(row["title"]))
        for row in book().pack.data("workflow.yaml")["clock_reasons"]
        if way in row["for"]
    ]


def _view(clock: Clock, label: str, moved: list[CaseEvent], today: date) -> dict[str, Any]:
    kind, days = clock.kind, clock.days_left(today)
    mine = [
        each
        for each in moved
        if each.ref == clock.ref
        and each.data.get("clock") in (None, "", kind.key)
        and (kind.whose == "operator" or each.kind not in _WISHES)
    ]
    return {
        "key": kind.key,
        "ref": clock.ref,
        "title": said(kind.title),
        "about": label,
        "statutory": clock.statutory,
        "state": "paused" if clock.paused else clock.state,
        "due": clock.due,
        "days": abs(days),
        "today": days == 0,
        "started_on": clock.started_on,
        "ended_on": clock.ended_on,
        "length": _length(clock),
        "whose": said(_WHOSE.get(kind.whose, {"en": kind.whose})),
        "provision": clock.provision,
        "provision_title": _provision(clock.provision),
        "rule": clock.deadline.rule,
        "working": _working(clock),
        "moved": [_moved(each) for each in mine],
        "live": clock.ended_on is None,
        "fixed": kind.fixed,
        "stops": said(kind.title),
    }


def _once(events: Iterable[CaseEvent]) -> list[CaseEvent]:
    """Time is asked for and declined item by item: what says the same of a document on one day is told once."""
    found: dict[tuple[object, ...], CaseEvent] = {}
    for event in events:
        several = event.kind in _WISHES
        words = (
            (event.ref, event.on, event.data.get("reason"), event.data.get("until"))
            if several
            else (event.seq,)
        )
        found.setdefault((event.kind, *words), event)
    return list(found.values())


def _length(clock: Clock) -> str:
    """The length law or target sets, with the days it was extended by: `10 days + 7`."""
    if clock.statutory:
        parameter = book().pack.parameters[clock.kind.length]
        number, unit = int(book().value(clock.kind.length, clock.started_on)), parameter.unit
    else:
        number, unit = clock.kind.business_days, "business_days"
    gap = "" if (get_language() or "ko")[:2] in ("ko", "zh") else " "
    more = f" + {clock.extended_days}" if clock.extended_days else ""
    return f"{number}{gap}{said(_UNITS.get(unit, {'en': unit}))}{more}"


def _provision(key: str) -> str:
    return said(book().pack.provisions[key].title) if key in book().pack.provisions else ""


def _working(clock: Clock) -> list[tuple[str, bool]]:
    """Each day looked at in words, and whether it counted."""
    language = "ko" if (get_language() or "ko").startswith("ko") else "en"
    return [(step.text(language), step.counted) for step in clock.deadline.working]


def _moved(event: CaseEvent) -> dict[str, Any]:
    words = {
        "paused": _("Paused"),
        "resumed": _("Runs on"),
        "extended": _("Extended"),
        "time_asked": _("More time asked for"),
        "time_declined": _("More time declined"),
    }[event.kind]
    days, until = event.data.get("days"), event.data.get("until")
    return {
        "words": f"{words} +{days}" if days else f"{words} ({until})" if until else words,
        "on": event.on,
        "who": event.actor.name if event.actor else "",
        "reason": event.data.get("reason", ""),
    }

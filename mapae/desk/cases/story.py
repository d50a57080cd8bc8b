"""Tells a case's events in words (story.yaml), the newest first; names are looked up in one query a kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mapae.desk.accounts.models import User
from mapae.desk.bodies.models import Body
from mapae.desk.cases.actions.close import OUTCOMES
from mapae.desk.cases.loaded import documents_of, events_of
from mapae.desk.cases.models import Case, CaseEvent
from mapae.desk.cases.titles import ITEM_KINDS, rung
from mapae.desk.documents.models import Document
from mapae.desk.documents.service import channels
from mapae.desk.law import book, said
from mapae.workflow.clocks import clock_kinds
from mapae.workflow.force import document_kinds
from mapae.workflow.items import ITEM_STATES

__all__ = ["Told", "sentences", "story"]

_FREE = ("text", "reason", "detail", "note")  # words of a person, shown below the sentence


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words. who: empty where the desk itself acted; on: the day it counts for, where that is another one."""

    seq: int
    kind: str
    at: datetime
    on: date | None
    who: str
    sentence: str
    words: str


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Event kind → sentence by language."""
    text = Path(__file__).with_name("story.yaml").read_text("utf-8")
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return found


def story(case: Case, *, before: int = 0, most: int = 40, notes: bool = True) -> list[Told]:
    """The newest events (before: those with a smaller number); without `notes` the words people wrote are left out."""
    found = events_of(case, before=before, most=most)
    names = _Names.of(case, found)
    return [_told(event, names, notes) for event in found]


@dataclass(frozen=True, slots=True)
class _Names:
    people: Mapping[int, str]
    bodies: Mapping[str, str]
    documents: Mapping[str, str]
    clocks: Mapping[str, str]

    @classmethod
    def of(cls, case: Case, events: Sequence[CaseEvent]) -> _Names:
        people = {event.data["to"] for event in events if event.kind == "assigned"}
        kinds = {key: said(kind.title) for key, kind in document_kinds(book()).items()}
        bodies = {event.data["to"] for event in events if event.kind == "transferred"}
        return cls(
            dict(User.objects.filter(pk__in=people).values_list("pk", "name")) if people else {},
            {body.key: str(body) for body in Body.objects.filter(key__in=bodies)} if bodies else {},
            {
                each.code: " ".join(filter(None, (kinds.get(each.kind, each.kind), each.number)))
                for each in _named(case, events)
            },
            {key: said(kind.title) for key, kind in clock_kinds(book()).items()},
        )


def _named(case: Case, events: Iterable[CaseEvent]) -> Iterable[Document]:
    """The documents that events name."""
    refs = {event.ref for event in events if event.ref}
    return documents_of(case, refs) if refs else ()


def _told(event: CaseEvent, names: _Names, notes: bool) -> Told:
    row = sentences().get(event.kind, {"en": event.kind.replace("_", " ")})
    free = " · ".join(str(event.data[key]) for key in _FREE if event.data.get(key))
    told = event.data.get("on")
    return Told(
        seq=event.seq,
        kind=event.kind,
        at=event.at,
        on=date.fromisoformat(told) if told else None,
        who=event.actor.name if event.actor else "",
        sentence=said(row).format_map(_filled(event, names)),
        words=free if notes else "",
    )


def _filled(event: CaseEvent, names: _Names) -> dict[str, Any]:
    data = event.data
    item = (event.item.title or event.item.subject_id) if event.item else ""
    what = data.get("kind") or (event.item.kind if event.item else "")
    to = data.get("to", "")
    return {
        "item": item or event.ref,
        "what": said(ITEM_KINDS.get(what, {"en": what})),
        "person": names.people.get(to, "") if isinstance(to, int) else "",
        "body": names.bodies.get(to, to) if isinstance(to, str) else "",
        "kind": _kind(to),
        "document": names.documents.get(event.ref, event.ref),
        "clock": names.clocks.get(data.get("clock", ""), data.get("clock", "")),
        "rung": rung(data.get("rung", "")),
        "days": data.get("days", ""),
        "n": data.get("n", ""),
        "outcome": _outcome(data.get("outcome") or data.get("verdict", "")),
        "channel": _channel(data.get("channel", "")),
        "verdict": said(ITEM_STATES.get(data.get("verdict", ""), {"en": data.get("verdict", "")})),
    }


def _outcome(key: str) -> str:
    """The outcome of a case, or the verdict on an objection to a letter."""
    verdicts = book().pack.data("workflow.yaml")["verdicts"]
    return said(OUTCOMES.get(key) or verdicts.get(key) or {"en": key})


def _kind(key: object) -> str:
    kind = document_kinds(book()).get(key) if isinstance(key, str) else None
    return said(kind.title) if kind else str(key)


def _channel(key: str) -> str:
    row = channels().get(key, {})
    return said(row["title"]) if "title" in row else key

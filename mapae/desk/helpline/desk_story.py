"""The story of a complaint for those who work on it: what happened, who did it, and in what words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from mapae.desk.accounts.models import User
from mapae.desk.helpline.models import Complaint, ComplaintEvent
from mapae.desk.law import said

__all__ = ["Told", "story"]

_ROLES = {
    "consumer": {"ko": "소비자", "en": "consumer", "zh": "消费者"},
    "agent": {"ko": "국내대리인", "en": "agent", "zh": "代理人"},
    "officer": {"ko": "담당자", "en": "officer", "zh": "经办人"},
    "desk": {"ko": "시스템", "en": "the desk", "zh": "系统"},
    "operator": {"ko": "사업자", "en": "operator", "zh": "经营者"},
}


_CHOSEN = {
    "accepted": {"ko": "받아들임", "en": "accepted", "zh": "接受"},
    "declined": {"ko": "거절", "en": "declined", "zh": "拒绝"},
    "silence": {"ko": "기한 안에 말이 없음", "en": "silence until the last day", "zh": "逾期未表态"},
}


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words. on: the day it counts for, where that is another one; words: what the person wrote."""

    seq: int
    kind: str
    at: datetime
    on: date | None
    who: str
    sentence: str
    words: str


def story(complaint: Complaint, *, words: bool) -> list[Told]:
    """Everything that happened, the newest first. words: with what persons wrote (for officers)."""
    events = list(complaint.events.select_related("actor").order_by("-seq"))
    people = {event.data["to"] for event in events if event.kind == "assigned"}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
    return [_told(event, names, words) for event in events]


def _told(event: ComplaintEvent, names: Mapping[int, str], words: bool) -> Told:
    row = _sentences().get(event.kind) or {"en": event.kind.replace("_", " ")}
    day = event.data.get("on")
    return Told(
        event.seq, event.kind, event.at, date.fromisoformat(day) if day else None,
        event.actor.name if event.actor else said(_ROLES.get(event.role, {"en": event.role})),
        said(row).format_map(_Filled(event.data, names)), event.told if words else "",
    )  # fmt: skip


class _Filled(dict[str, str]):
    """What a sentence names; empty where the event has none."""

    def __init__(self, data: Mapping[str, Any], names: Mapping[int, str]) -> None:
        party = _ROLES.get(str(data.get("party", "")))
        known = {"to": names.get(data.get("to", 0), ""), "party": said(party) if party else ""}
        known |= {key: said(_CHOSEN[data[key]]) for key in ("choice", "answer") if data.get(key) in _CHOSEN}
        super().__init__({**{key: str(value) for key, value in data.items()}, **known})

    def __missing__(self, key: str) -> str:
        return ""


@cache
def _sentences() -> dict[str, dict[str, str]]:
    found = yaml.safe_load(files("mapae.desk.helpline").joinpath("desk_story.yaml").read_text("utf-8"))
    return dict(found)

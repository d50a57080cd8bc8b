"""The domestic agent that a policy names (PIPA 31-2): name, address, telephone, e-mail, each with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mapae.measures.privacy.judged import Judged
from mapae.measures.privacy.reading import EMPTY
from mapae.measures.privacy.segments import Segment, normal

__all__ = ["PARTS", "Agent", "find_agent", "not_obliged", "sentences_on_agent"]

# What ends a part where the parts stand in one line.
_BEHIND = re.compile(
    r"[；;]|\s[·|/]\s|[.。]\s?(?=电话|電話|邮箱|地址|전화|이메일|주소)"
    r"|[，,、]\s?(?=电话|電話|邮箱|电子|電子|地址|전화|이메일|전자|주소|tel|phone|e-?mail)",
    re.IGNORECASE,
)
_MOST = 60  # passages on the agent that are read
PARTS = ("name", "address", "phone", "email")


@dataclass(frozen=True, slots=True)
class Agent:
    """The four parts, None where not told; span: the passage on the agent."""

    name: str | None
    address: str | None
    phone: str | None
    email: str | None
    start: int
    end: int

    def judged(self) -> Judged:
        """Item P15: present with all four."""
        lacks = [part for part in PARTS if getattr(self, part) is None]
        place = Segment(self.start, self.end, "", "", False, False)
        return Judged(
            "partial" if lacks else "present", place, f"not told: {', '.join(lacks)}" if lacks else ""
        )


def not_obliged(table: Mapping[str, Any], segments: Sequence[Segment]) -> Segment | None:
    """Where the policy says that no agent is due; None where it does not."""
    pattern = re.compile("|".join(table["not_obliged"]))
    return next((item for item in segments if not item.first and pattern.search(item.text)), None)


def sentences_on_agent(table: Mapping[str, Any], segments: Sequence[Segment]) -> list[Segment]:
    """Sentences that name the agent, and those of a section whose heading does; none on other regions' representatives."""
    about, elsewhere = re.compile("|".join(table["about"])), re.compile("|".join(table["elsewhere"]))
    return [
        item
        for item in segments
        if not item.first
        and (about.search(item.text) or about.search(item.heading))
        and not elsewhere.search(item.text)
    ]


def find_agent(table: Mapping[str, Any], text: str, segments: Sequence[Segment]) -> Agent | None:
    """The passage on the agent that names most parts; None where no agent is named."""
    lowered = normal(text)
    about, elsewhere = re.compile("|".join(table["about"])), re.compile("|".join(table["elsewhere"]))
    all_found: list[Agent] = []
    read: set[int] = set()
    for match in about.finditer(lowered):
        start = lowered.rfind("\n", 0, match.start()) + 1
        if start in read or len(read) == _MOST:
            continue
        if elsewhere.search(lowered[start : match.end() + 80]):
            continue
        read.add(start)
        found = _read(table, text, start, _stop(segments, match.end(), table["span"], len(text)))
        if found is not None:
            all_found.append(found)
    if not all_found:
        return None
    best = max(all_found, key=_told)
    more: dict[str, Any] = {
        part: next((value for item in all_found if (value := getattr(item, part))), None)
        for part in PARTS
        if getattr(best, part) is None
    }
    return replace(best, **more)


def _stop(segments: Sequence[Segment], after: int, span: int, length: int) -> int:
    """The passage ends with its section, and after `span` characters."""
    limit = min(length, after + span)
    return next((item.start for item in segments if item.first and after + 4 < item.start < limit), limit)


def _read(table: Mapping[str, Any], text: str, start: int, end: int) -> Agent | None:
    passage = text[start:end]
    labels = re.compile("|".join(table["labels"]), re.IGNORECASE)
    parts = {part: _first(table[part], passage, labels) for part in PARTS}
    if parts["name"] is None and parts["phone"] is None and parts["email"] is None:
        return None
    return Agent(**parts, start=start, end=end)


def _first(patterns: Sequence[str], passage: str, labels: re.Pattern[str]) -> str | None:
    """The first value that is told; titles of a table are none, and a part that is yet to be named is not told."""
    for pattern in patterns:
        for match in re.finditer(pattern, passage, re.IGNORECASE):
            value = _value(match["v"])
            if value and not labels.fullmatch(value):
                return None if EMPTY.search(value) else value
    return None


def _value(found: str) -> str:
    value = _BEHIND.split(found.replace("\\", ""))[0].strip(" *_`>-\t")
    value = re.sub(r"\s*\((?:대표|representative)[^)]*\)?\s*$", "", value, flags=re.IGNORECASE).strip(" ,;·*")
    return re.sub(r"(?<!ltd)(?<!inc)(?<!co)(?<!corp)\.$", "", value, flags=re.IGNORECASE)


def _told(agent: Agent) -> int:
    return sum(getattr(agent, part) is not None for part in PARTS)

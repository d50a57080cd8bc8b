"""The domestic agent that a policy names (PIPA 31-2): name, address, telephone, e-mail, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mapae.measures.privacy.judged import Judged
from mapae.measures.privacy.lines import joined
from mapae.measures.privacy.reading import EMPTY
from mapae.measures.privacy.segments import Segment, normal, simplified

__all__ = ["PARTS", "Agent", "find_agent", "not_obliged", "sentences_on_agent"]

# What ends a part where the parts stand in one line.
_BEHIND = re.compile(
    r"[；;]|\s[·|/]\s|(?<=[\d층호])에\s|[,，、]\s?(?=(?:\+\d{1,3}|0\d{1,3}|1[5-9]\d\d)[-)\s]\s?\d{1,4})"
    r"|\s+(?=(?:联系|联络)?(?:电话|邮箱|地址|전화(?:번호)?|연락처|이메일|전자우편|주소|tel|phone|e-?mail|address)\s?[:：])"
    r"|[.。，,、]\s?(?=(?:联系|联络)?电话|传真|邮箱|电子|电邮|地址|전화|연락처|팩스|이메일|전자|주소|(?:tel|telephone|phone|e-?mail|address|fax)\b)",
    re.IGNORECASE,
)
# Brackets behind a name that tell who heads the firm, and what a Korean sentence adds to its last word.
_HEAD = re.compile(
    r"\s*[(（](?:대표|담당|변호사|代表|法定|负责|representative|ceo|director|attorney|contact)[^)）]*[)）]?\s*$",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"(?<=[가-힣a-zA-Z호층])(?:이며|이고|입니다|이에요|예요|으로서|으로)$")
_TELLS = re.compile(r"@|\d{3,4}[- ]\d{4}")  # an address or number is no heading
_MOST = 60  # passages on the agent that are read
# A sentence as long as this on a later line, in which none of these words stands, speaks of another thing than the agent.
_OTHER = 60
_ON_AGENT = re.compile(r"agent|representative|대리인|대표|代理|代表|contact|reach|연락|문의|联系|联络|[:：|]")
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
    told = (item for item in segments if not item.first)
    return next((item for item in told if pattern.search(f"{item.heading} {item.text}")), None)


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
    text = joined(text)
    lowered = normal(text)
    about, elsewhere = re.compile("|".join(table["about"])), re.compile("|".join(table["elsewhere"]))
    all_found = list(_in_tables(table, text, segments))
    read: set[int] = set()
    labels = re.compile(rf"\W*(?:{'|'.join(table['labels'])}|tel|fax|ceo|대표(?:자)?|회사명|代表)(?![a-z])")
    for match in about.finditer(lowered):
        start = lowered.rfind("\n", 0, match.start()) + 1
        if start in read or len(read) == _MOST:
            continue
        if elsewhere.search(lowered[start : match.end() + 80]):
            continue
        read.add(start)
        found = _read(table, text, start, _stop(segments, match.end(), table["span"], len(text), labels))
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


def _in_tables(table: Mapping[str, Any], text: str, segments: Sequence[Segment]) -> Iterator[Agent]:
    """Agents in rows of tables whose columns are titled by the parts."""
    about, titled = re.compile("|".join(table["about"])), table["columns"]
    for item in segments:
        if item.first or "|" not in item.columns or item.text == item.columns:
            continue
        if not about.search(f"{item.text} {item.columns} {item.heading}"):
            continue
        titles = item.columns.strip().strip("|").split("|")
        cells = text[item.start : item.end].strip().strip("|").split("|")
        at = {part: _column(titles, words) for part, words in titled.items()}
        told = {
            part: _value(cells[place]) or None
            for part, place in at.items()
            if place is not None and place < len(cells)
        }
        if told.get("name") and len(told) > 1:
            yield Agent(**dict.fromkeys(PARTS) | told, start=item.start, end=item.end)


def _column(titles: Sequence[str], words: Sequence[str]) -> int | None:
    named = re.compile("|".join(words))
    return next((place for place, title in enumerate(titles) if named.search(title)), None)


def _stop(segments: Sequence[Segment], after: int, span: int, length: int, labels: re.Pattern[str]) -> int:
    """The passage ends with its section, before prose on another thing, and after `span` characters.

    What looks like a heading may be one of the parts.
    """
    limit = min(length, after + span)
    own = next((item.line for item in segments if item.end > after), 0)
    for item in segments:
        if not after + 4 < item.start < limit:
            continue
        if item.first and not (labels.match(item.text) or _TELLS.search(item.text)):
            return item.start
        if item.line > own and len(item.text) >= _OTHER and not _ON_AGENT.search(item.text):
            return item.start
    return limit


def _read(table: Mapping[str, Any], text: str, start: int, end: int) -> Agent | None:
    passage = text[start:end]
    labels = re.compile("|".join(table["labels"]), re.IGNORECASE)
    parts = {part: _first(table[part], passage, labels) for part in PARTS}
    if parts["name"] is None and parts["phone"] is None and parts["email"] is None:
        return None
    return Agent(**parts | {"address": _behind_name(parts["address"], parts["name"])}, start=start, end=end)


def _behind_name(address: str | None, name: str | None) -> str | None:
    """The address where it was read in one with the name before it: what stands behind the name and its brackets."""
    if address is None or name is None or name not in address:
        return address
    return re.sub(r"^\s*(?:\([^)]*\)|（[^）]*）)?[\s,，:：;·]*", "", address.split(name, 1)[1]) or None


def _first(patterns: Sequence[str], passage: str, labels: re.Pattern[str]) -> str | None:
    """The first value that is told; titles of a table are none, and a part that is yet to be named is not told."""
    plain = simplified(passage)
    for pattern in patterns:
        for match in re.finditer(pattern, plain, re.IGNORECASE):
            value = _value(passage[slice(*match.span("v"))], labels)
            if value and not labels.fullmatch(value):
                return None if EMPTY.search(value) else value
    return None


def _value(found: str, labels: re.Pattern[str] | None = None) -> str:
    """What is told, without what stands behind it, and without the label that a list's first line begins with."""
    cut = _BEHIND.search(simplified(found))
    value = found[: cut.start() if cut else None].replace("\\", "").strip(" *_`>-\t")
    label = (
        re.match(rf"(?:{labels.pattern})\s?[:：]\s*(?=\S)", simplified(value), re.IGNORECASE)
        if labels
        else None
    )
    value = value[label.end() :] if label else value
    value = _HEAD.sub("", value).strip(" ,，;·*")
    value = _PARTICLE.sub("", value)
    return re.sub(r"(?<!ltd)(?<!inc)(?<!co)(?<!corp)\.$", "", value, flags=re.IGNORECASE)


def _told(agent: Agent) -> int:
    return sum(getattr(agent, part) is not None for part in PARTS)

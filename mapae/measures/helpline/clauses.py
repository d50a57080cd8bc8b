"""What happened on a day, by the clause that tells of it: came, opened, tried, found, declared, answered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

__all__ = ["SENTENCE", "ClauseReader", "Mention"]

_CLAUSE = re.compile(
    r"(?:\.(?!\d)|[!?。！？;；→\n]|\s/\s)\s?|[,，、](?!\d)\s?|[,，、](?=\d{1,2}\s?[月号日])|\s(?:and|but|then)\s|(?<=[가-힣]고)(?<![사신광재중창려라다냐]고)\s(?!갔|가셨|간\s)|(?<=[가-힣]데)\s|(?<=[가-힣]지만)\s"
)
SENTENCE = re.compile(r"\.(?!\d)|[!?。！？\n]")
# the day stands after what happened on it: `켜 본 건 12일입니다`, `收货是10月26日`
_TOPIC = re.compile(r"(?:(?<=[가-힣])(?:건|게|은|는|날이|때가|것이)|是|[:：])\s?$")
_COPULA = re.compile(r"^\s?(?:이고|이었|이였|였|입니다|이에요|예요|인데|이네|이며|이죠|이요|[,.。，→;；]|$)")
_UNTIL = re.compile(r"[直拖等]?到\s?$")  # `到今天`: nothing came that day
_REACH = 400  # characters on either side that say what happened on a day
_BARE = re.compile(
    r"^[\s\d./,、]*(?:에|에요|이에요|예요|이요|요|입니다|이었어요|였어요|이었습니다|이었고요)?[\s,]*$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A day told at start:end of the text; roles: what its clause says happened on it (names of dates.yaml `roles`)."""

    day: date
    start: int
    end: int
    roles: frozenset[str]
    how: str  # written, relative, after_delivery, holiday, same


@dataclass(frozen=True)
class ClauseReader:
    """Reads what is told of a day by the `roles` of the pack's helpline/dates.yaml."""

    words: Mapping[str, Any]

    def roles(self, text: str, start: int, end: int, ahead: int, last: Mention | None) -> frozenset[str]:
        """What the clause around start:end says: behind the day (up to the next, `ahead`), else before it (from `last`)."""
        least, most = max(0, start - _REACH), min(len(text), end + _REACH)
        before = [match.end() for match in _CLAUSE.finditer(text, least, start)]
        close = _CLAUSE.search(text, end, most)
        behind = text[end : close.start() if close else most]
        front = text[before[-1] if before else least : start]
        near = _UNTIL.sub("", text[max(last.end if last else 0, start - len(front)) : start])
        front = _UNTIL.sub("", front)
        parts = [behind[: max(0, ahead - end)], near, behind, front]
        if _TOPIC.search(near) and _COPULA.match(text[end : end + 8]):
            parts.insert(0, near)
        roles = next((roles for part in parts if (roles := self.told_in(part))), frozenset())
        roles |= self.told_in(near) & {"aside"}
        told = last is not None and "delivered" in last.roles and last.end > start - len(front)
        if told and not re.search("[a-z]", near) and "delivered" in self.told_in(near):
            roles -= {"delivered"}  # said of the day before: `1일에 온 옷을 5일에 보니`
        return roles

    def told_in(self, part: str) -> frozenset[str]:
        """What a piece of text tells, what it denies left out."""
        told = self._denied.sub(" ", part)
        return frozenset(name for name, pattern in self._role_words if pattern.search(told))

    def came(self, text: str, taken: Sequence[Mention], item: Mention) -> Mention:
        """With the role of delivery where only the sentence says so, of no other day: `came in November, on the 28th`."""
        if item.roles:
            return item
        least = max(0, item.start - _REACH)
        ends = [least, least, *(match.end() for match in SENTENCE.finditer(text, least, item.start))]
        begin = ends[-1]
        close = SENTENCE.search(text, item.end)
        rest = text[begin : item.start] + text[item.end : close.start() if close else len(text)]
        if _BARE.match(rest):  # a sentence of nothing but days
            begin = ends[-2]
        said = self.told_in(_UNTIL.sub("", text[begin : item.start]))
        others = {role for other in taken if begin <= other.end <= item.start for role in other.roles}
        alone = "delivered" in said and not {"promised"} & said and "delivered" not in others
        return replace(item, roles=frozenset({"delivered"})) if alone else item

    @cached_property
    def _denied(self) -> re.Pattern[str]:
        return re.compile(self.words["denied"])

    @cached_property
    def _role_words(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((name, re.compile("|".join(row["words"]))) for name, row in self.words["roles"].items())

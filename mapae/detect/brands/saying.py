"""What stands around a name or a word of copies and changes what it says: denials, missing papers, talk of others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

__all__ = ["Saying", "load_saying"]

_REACH = 20  # characters before or behind that are read for a denial
_SENTENCE = re.compile(r"[.!?。！？\n;；]\s?|\s[|/]\s")


@dataclass(frozen=True)
class Saying:
    """Pieces of regular expressions over lowered text, as in the pack's `lexicons/replica.yaml` under `around`."""

    denied_before: tuple[str, ...]
    denied_behind: tuple[str, ...]
    absent_before: tuple[str, ...]
    absent_behind: tuple[str, ...]
    forged_before: tuple[str, ...]
    forged_behind: tuple[str, ...]
    others: tuple[str, ...]
    boast: tuple[str, ...]
    wear_grade: tuple[str, ...]
    wear: tuple[str, ...]

    @cached_property
    def _denied(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return _around(self.denied_before, self.denied_behind)

    @cached_property
    def _absent(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return _around(self.absent_before, self.absent_behind)

    @cached_property
    def _forged(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return _around(self.forged_before, self.forged_behind)

    @cached_property
    def _others(self) -> re.Pattern[str]:
        return re.compile("|".join(self.others))

    @cached_property
    def _boast(self) -> re.Pattern[str]:
        return re.compile("|".join(self.boast))

    @cached_property
    def _wear(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return re.compile("|".join(self.wear_grade)), re.compile("|".join(self.wear))

    def denied(self, text: str, start: int, end: int) -> bool:
        """Whether the text says that the goods are not of the brand named there (not Nike, 버버리 체크 아닌)."""
        return _says(text, start, end, self._denied)

    def absent(self, text: str, start: int, end: int) -> bool:
        """Whether the text says that what is named there is not at hand (no receipt, 보증서 분실)."""
        return _says(text, start, end, self._absent)

    def forged(self, text: str, start: int, end: int) -> bool:
        """Whether the papers named there are made for the buyer (보증카드 제작, receipt can be printed)."""
        return _says(text, start, end, self._forged)

    def of_others(self, text: str, start: int, end: int) -> bool:
        """Whether the sentence speaks of copies that others sell (so many replicas around), and does not boast of its own."""
        sentence = _sentence(text, start, end).casefold()
        return bool(self._others.search(sentence)) and not self._boast.search(sentence)

    def of_wear(self, seen: str, listing: str) -> bool:
        """Whether a grade tells how worn a used device is (SA급 beside 배터리 91%), not how good a copy is."""
        grade, wear = self._wear
        return bool(grade.fullmatch(seen.casefold())) and bool(wear.search(listing.casefold()))


def load_saying(table: Mapping[str, Any]) -> Saying:
    """From `around` of `lexicons/replica.yaml`."""
    return Saying(**{name: tuple(map(str, pieces)) for name, pieces in table["around"].items()})


def _around(before: Iterable[str], behind: Iterable[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(f"(?:{'|'.join(before)})$"), re.compile(f"(?:{'|'.join(behind)})")


def _says(text: str, start: int, end: int, around: tuple[re.Pattern[str], re.Pattern[str]]) -> bool:
    before, behind = around
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return bool(before.search(left.casefold()) or behind.match(right.casefold()))


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a span; a long text without stops is cut at 120 characters on either side."""
    first, last = max(0, start - 120), min(len(text), end + 120)
    for stop in _SENTENCE.finditer(text, first, last):
        if stop.end() <= start:
            first = stop.end()
        elif stop.start() >= end:
            return text[first : stop.start()]
    return text[first:last]

"""Whether a text says that a named thing is not in the goods, in Korean, English and Chinese, lists included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

__all__ = ["NAME", "Denials"]

NAME = "\x01"  # stands for every letter of a name in a masked text
_NAMES = f"{NAME}+(?:(?:'s|s)\\b)?"
_WINDOW = 170  # characters looked at on either side


def _any(parts: list[Any]) -> str:
    return "(?:" + "|".join(str(part) for part in parts) + ")"


@dataclass(frozen=True)
class Denials:
    """Denying words as in the pack's `lexicons/denials.yaml`."""

    words: dict[str, Any]

    def negated(self, masked: str, start: int, end: int) -> bool:
        """Whether the name at start:end of a lowered text, in which every letter of a name is NAME, is said to be absent."""
        before, after = masked[max(0, start - _WINDOW) : start], masked[end : end + _WINDOW]
        if any(pattern.match(after) for pattern in self._behind):
            return True
        if any(pattern.search(before) for pattern in self._before) or self._medicine(before, after):
            return True
        clause, rest = self._clause.split(before)[-1], self._clause.split(after)[0]
        if self._no.search(clause):
            return True
        if self._dose.match(after):
            return False
        return bool(self._verb.search(before)) or self._no_list(clause, rest)

    def _no_list(self, clause: str, rest: str) -> bool:
        """A list with commas after a bare no counts only where `or` or `nor` closes it."""
        return bool(self._no_comma.search(clause)) and bool(re.search(r"\b(?:or|nor)\b", clause + rest))

    def _medicine(self, before: str, after: str) -> bool:
        """The buyer's own medicine is spoken of (taking, together with)."""
        head, tail, korean = self._beside
        return bool(korean.match(after)) or (bool(head.search(before)) and bool(tail.match(after)))

    @cached_property
    def _behind(self) -> tuple[re.Pattern[str], ...]:
        words = self.words["behind"]
        link = f"(?:{_any(self.words['links'])}|{NAME})*"
        item = r"(?:\s?[·ㆍ/&+、]\s?[^\s·ㆍ/&+、,.]{1,12})?"
        filler = rf"(?:\s?{_any(self.words['fillers'])}){{0,5}}\s?"
        chinese = r"等?(?:成分|西药|激素|类)?(?:均|都|皆|全部)?"
        return (
            re.compile(link + _any(words["en"])),
            re.compile(link + chinese + _any(words["zh"])),
            re.compile(link + item + filler + _any(words["ko"])),
        )

    @cached_property
    def _before(self) -> tuple[re.Pattern[str], ...]:
        words = self.words["before"]
        item = rf"(?:{NAME}+|[^\s、,，/。;；!！?？的]{{1,8}})"
        kind = r"(?:任何|人工|西药|化学|激素|违禁)?[\s:：]*"
        joined = rf"(?:{item}\s?(?:、|,|，|/|和|及|或|与)\s?|{NAME}+\s)*$"
        return (
            re.compile(_any(words["ko"]) + "$"),
            re.compile(_any(words["zh"]) + kind + joined),
            re.compile(_any(words["zh_close"]) + rf"(?:{item}(?:、|和|及|或))*$"),
            re.compile(rf"\b{_any(self.words['elsewhere'])}\s[^.;!?,\n]{{0,60}}$"),
            re.compile(rf"\b{_any(self.words['elsewhere_list'])}\s[^.;!?\n]{{0,60}}$"),
        )

    @cached_property
    def _beside(self) -> tuple[re.Pattern[str], ...]:
        words = self.words["beside_medicine"]
        return tuple(re.compile(words[key]) for key in ("zh_before", "zh_behind", "ko_behind"))

    def _no_pattern(self, joints: str) -> re.Pattern[str]:
        word = rf"(?:(?!{_any(self.words['no_but'])}\b)[a-z][\w'\-]*[ ])"
        listed = rf"(?:(?:{_NAMES}|[a-z][\w' \-]{{0,24}}?)\s?{joints}\s?(?:any\s)?)*$"
        return re.compile(_any(self.words["no_words"]) + rf"{word}{{0,2}}" + listed)

    @cached_property
    def _no(self) -> re.Pattern[str]:
        return self._no_pattern(r"(?:/|&|\+|\bor\b|\bnor\b|\band\b)")

    @cached_property
    def _no_comma(self) -> re.Pattern[str]:
        return self._no_pattern(r"(?:,\s?(?:or|nor|and)\b|,|/|&|\bor\b|\bnor\b)")

    @cached_property
    def _verb(self) -> re.Pattern[str]:
        stop = _any(self.words["no_verbs_end"])
        return re.compile(rf"{_any(self.words['no_verbs'])}(?:(?!{stop})[^.;:!?\n()|<>]){{0,140}}$")

    @cached_property
    def _dose(self) -> re.Pattern[str]:
        return re.compile(self.words["dose"])

    @cached_property
    def _clause(self) -> re.Pattern[str]:
        return re.compile(self.words["clause"])

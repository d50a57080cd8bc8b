"""Two versions of terms: which sentences that speak of a commitment changed, and whether they bind less or more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz import fuzz

from mapae.measures.agreements.commitments import Agreement, Commitment

__all__ = ["Change", "Sentence", "changes", "sentences"]

_STOP = re.compile(r"(?<=[.!?。！？])[\s\"')\]]+|(?<=[。！？])|\n+|(?<=다\.)\s*")
_PLAIN = re.compile(r"[\W_]+")
_LIKE = 55  # ratio (0–100) from which a new sentence is taken as the old one rewritten


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its place in the text, in code points."""

    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """Letters and digits only: what must differ for a change to be one of substance."""
        return _PLAIN.sub("", self.text).casefold()


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence on a commitment that was added, removed or changed. weight: weaker, stronger or open; why: what tells it."""

    agreement: str
    commitment: str
    kind: str
    old: Sentence | None
    new: Sentence | None
    weight: str
    why: str


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text, blank ones left out."""
    found, last = [], 0
    for stop in [*_STOP.finditer(text), None]:
        end = stop.start() if stop else len(text)
        part = text[last:end]
        body = part.strip(" \t#*->·|")
        if body:
            start = last + part.index(body)
            found.append(Sentence(body, start, start + len(body)))
        last = stop.end() if stop else len(text)
    return found


def changes(old: str, new: str, agreements: Sequence[Agreement], rules: Mapping[str, Any]) -> list[Change]:
    """Changes from the old to the new text that touch a commitment, in the order of the texts.

    rules: the pack's `agreements/changes.yaml`. Changes of case, spaces, marks and order of whole sentences are none.
    """
    before, after = sentences(old), sentences(new)
    kept = {one.plain for one in before} & {one.plain for one in after}
    weigh = _Weigher.of(rules)
    items = [(agreement, item) for agreement in agreements for item in agreement.commitments if item.words]
    found = []
    for was, now in _pairs(before, after, kept):
        touched = [(a, c) for a, c in items if _speaks(c, was) or _speaks(c, now)]
        for agreement, item in touched:
            kind = "changed" if was and now else "removed" if was else "added"
            found.append(Change(agreement.key, item.key, kind, was, now, *weigh.of_change(was, now)))
    return found


def _speaks(item: Commitment, sentence: Sentence | None) -> bool:
    return sentence is not None and any(word.search(sentence.text) for word in item.words)


def _pairs(
    before: Sequence[Sentence], after: Sequence[Sentence], kept: set[str]
) -> Iterator[tuple[Sentence | None, Sentence | None]]:
    """Sentences that are in one text only, a rewritten one with what it was before."""
    matcher = SequenceMatcher(
        None, [one.plain for one in before], [one.plain for one in after], autojunk=False
    )
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone = [one for one in before[i:j] if one.plain and one.plain not in kept]
        come = [one for one in after[k:m] if one.plain and one.plain not in kept]
        for old in gone:
            best = max(come, key=lambda one: fuzz.ratio(old.plain, one.plain), default=None)
            if best is not None and fuzz.ratio(old.plain, best.plain) >= _LIKE:
                come.remove(best)
                yield old, best
            else:
                yield old, None
        for new in come:
            yield None, new


@dataclass(frozen=True)
class _Weigher:
    binding: re.Pattern[str]
    open: re.Pattern[str]
    days: re.Pattern[str]

    @classmethod
    def of(cls, rules: Mapping[str, Any]) -> _Weigher:
        return cls(
            re.compile("|".join(rules["binding"]), re.IGNORECASE),
            re.compile("|".join(rules["open"]), re.IGNORECASE),
            re.compile(rules["days"], re.IGNORECASE),
        )

    def of_change(self, old: Sentence | None, new: Sentence | None) -> tuple[str, str]:
        """How a change weighs, and why."""
        if old is None or new is None:
            return ("weaker", "the sentence is gone") if new is None else ("stronger", "a new sentence")
        days = [[int(n) for n in self.days.findall(one.text)] for one in (old, new)]
        if days[0] != days[1]:
            told = f"{days[0] or 'no period'} became {days[1] or 'no period'}"
            if not days[1] or (days[0] and max(days[1]) > max(days[0])):
                return "weaker", told
            return "stronger", told
        loose = [len(self.open.findall(one.text)) for one in (old, new)]
        firm = [len(self.binding.findall(one.text)) for one in (old, new)]
        if loose[1] > loose[0] or (firm[1] < firm[0] and loose[1] >= loose[0]):
            return "weaker", "words that bind gave way to words that leave it open"
        if loose[1] < loose[0] or firm[1] > firm[0]:
            return "stronger", "words that leave it open gave way to words that bind"
        return "open", "other words"

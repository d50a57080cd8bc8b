"""What one listing claims: each illness with what is said of it, less denials, warnings and wordings that law allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mapae.contract import Hits, Row
from mapae.measures.illegal_ads.claims.vocabulary import ClaimWords, Goods, Level, Relation

__all__ = ["READ", "Claim", "Judgement", "judge"]

READ = ("title", "description")
_BEFORE, _BEHIND = 48, 32  # characters looked at beside an illness
_MOST = 40  # words looked at in one listing
_STOPS = re.compile(r"[.!?;\n。！？；]")
_RANK: dict[Level, int] = {"promise": 0, "cure": 1, "prevent": 2, "help": 3}


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: level, group of the illness (grave, named, slight), the word found, and characters start:end of the folded
    column that say it.
    """

    level: Level
    group: str
    word: str
    column: str
    start: int
    end: int
    says: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """The goods and what is claimed for them, the gravest first; where the text speaks against medicine or doctors."""

    goods: Goods
    claims: tuple[Claim, ...]
    stops: Claim | None


@dataclass(frozen=True)
class _Passage:
    """A folded column, with the places where it only speaks of claims."""

    text: str
    words: ClaimWords

    @cached_property
    def _idle(self) -> list[tuple[int, int]]:
        return [match.span() for match in self.words.no_claim.finditer(self.text)]

    def said(self, start: int, end: int, group: str) -> tuple[Level, int, int, str] | None:
        """What is said of the word at start:end: level, the characters that say it, the reason."""
        if any(low <= start < high for low, high in self._idle):
            return None
        before = _STOPS.split(self.text[max(0, start - _BEFORE) : start])[-1]
        behind = _STOPS.split(self.text[end : end + _BEHIND], maxsplit=1)[0]
        if group == "promise":
            promised = not self._denied(before, start, end)
            return ("promise", start, end, self.words.promise_says) if promised else None
        for relation in self.words.relations:
            found = _beside(relation, before, behind, start, end)
            if found is not None:
                low, high, lead = found
                lawful = relation.level != "cure" and self.words.allowed.search(
                    self.text[start - len(before) : end + len(behind)]
                )
                idle = group == "slight" and relation.level != "cure"
                return (
                    None
                    if lawful or idle or self._denied(lead, low, high)
                    else (relation.level, low, high, relation.says)
                )
        return None

    def _denied(self, lead: str, start: int, end: int) -> bool:
        """Whether a denial stands before the claim at start:end or behind it."""
        tail = _STOPS.split(self.text[end : end + _BEHIND], maxsplit=1)[0]
        return bool(self.words.denied_before.search(lead) or self.words.denied_behind.search(tail))


def _beside(
    relation: Relation, before: str, behind: str, start: int, end: int
) -> tuple[int, int, str] | None:
    """Where the relation holds: characters of the whole claim, and the sentence before it."""
    if match := relation.behind.search(behind):
        return start, end + match.end(), before
    if match := relation.before.search(before):
        return start - len(before) + match.start(), end, before[: match.start()]
    return None


def judge(row: Row, hits: Hits, words: ClaimWords) -> Judgement | None:
    """Claims of a row, None where there are none or the goods are neither food nor cosmetics."""
    texts = {name: row.folded(name).text for name in READ}
    goods = _goods(f"{texts['title']} {row.folded('category').text}", texts["description"], words)
    if goods is None:
        return None
    free = any(words.functional.search(text) for text in texts.values())
    claims = [
        claim
        for claim in _claims(row, hits, texts, words)
        if claim.level != "help" or not (free or claim.word in goods.functions)
    ]
    claims.sort(
        key=lambda claim: (
            _RANK[claim.level],
            claim.group != "grave",
            claim.column == "description",
            claim.start,
        )
    )
    return Judgement(goods, tuple(claims), _stops(texts, words)) if claims else None


def _goods(named: str, text: str, words: ClaimWords) -> Goods | None:
    """By title and category; where these do not tell, by how the text says the goods are used."""
    if words.other_goods.search(named) or words.medicine.search(text):
        return None
    counts = [(len(set(kind.words.findall(named))), len(kind.used.findall(text))) for kind in words.goods]
    best = max(counts)
    return words.goods[counts.index(best)] if best > (0, 0) else None


def _claims(row: Row, hits: Hits, texts: dict[str, str], words: ClaimWords) -> Iterator[Claim]:
    names = row.batch.kind.text
    passages = {name: _Passage(text, words) for name, text in texts.items()}
    for at in range(min(len(hits), _MOST)):
        column, data = names[hits.field[at]], row.folded(names[hits.field[at]]).text.encode()
        start = len(data[: hits.start[at]].decode())
        end = start + len(data[hits.start[at] : hits.end[at]].decode())
        term = words.terms[hits.entry[at]]
        if said := passages[column].said(start, end, term.tag):
            level, low, high, says = said
            yield Claim(
                level, _group(term.tag, texts[column][start:end], words), term.text, column, low, high, says
            )


def _group(tag: str, seen: str, words: ClaimWords) -> str:
    if tag != "promise":
        return tag
    return "grave" if words.grave_promises.search(seen) else "named"


def _stops(texts: dict[str, str], words: ClaimWords) -> Claim | None:
    for name, text in texts.items():
        if match := words.stop_medicine.search(text):
            return Claim("cure", "grave", match[0], name, match.start(), match.end(), words.stop_says)
    return None

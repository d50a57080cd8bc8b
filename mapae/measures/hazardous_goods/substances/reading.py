"""Reads the names that stand in a record: hits, misspelt words and longer words put together, denied ones left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mapae.contract import Hits, Row
from mapae.measures.hazardous_goods.substances.goods import Goods
from mapae.measures.hazardous_goods.substances.mentions import Candidate, Mention, WordRules, longest
from mapae.measures.hazardous_goods.substances.misspelt import Misspelt
from mapae.measures.hazardous_goods.substances.negation import NAME, Denials
from mapae.measures.hazardous_goods.substances.verdict import Judge
from mapae.measures.hazardous_goods.substances.vocabulary import STRONG, Vocabulary

__all__ = ["Reading"]


@dataclass(frozen=True)
class Reading:
    """Reads one record by the vocabulary; denying: the pack's `lexicons/denials.yaml`."""

    vocabulary: Vocabulary
    denying: dict[str, Any]
    judge: Judge

    @cached_property
    def _denials(self) -> Denials:
        return Denials(self.denying)

    @cached_property
    def _rules(self) -> WordRules:
        return WordRules(self.vocabulary.words)

    @cached_property
    def _misspelt(self) -> Misspelt:
        return Misspelt(self.vocabulary.names, frozenset(map(str, self.vocabulary.words["lawful_words"])))

    def mentions(self, row: Row, hits: Hits, goods: Goods, texts: dict[str, str]) -> Iterator[Mention]:
        """Names that stand in the record and are not said to be absent."""
        cells: dict[int, list[Candidate]] = defaultdict(list)
        for i in range(len(hits)):
            self._add(row, hits, i, texts, cells)
        longer = [word.text.casefold() for word in goods.words.get("holds", ())]
        for word in goods.words.get("holds", ()):
            if word.field in cells:
                span = row.span(word.field, 0, word.start, word.end)
                cells[word.field].append(Candidate(span.start, span.end, -1, 0))
        for field, items in cells.items():
            name = row.batch.kind.text[field]
            text = texts[name]
            kept = longest(items)
            kept = [item for item in kept if item.name >= 0 and self._rules.stands(text, item, kept)]
            kept = [item for item in kept if item.level == STRONG or not _shortened(text, item, longer)]
            masked = _masked(text, kept)
            for item in kept:
                mention = Mention(
                    name, item.start, item.end, row.text(name)[item.start : item.end], item.name, item.level,
                    item.hidden, self.vocabulary.names[item.name].how,
                )  # fmt: skip
                if not self._denials.negated(masked, item.start, item.end) and not self.judge.by_nature(
                    mention, text
                ):
                    yield mention

    def _add(
        self, row: Row, hits: Hits, i: int, texts: dict[str, str], cells: dict[int, list[Candidate]]
    ) -> None:
        field, channel = int(hits.field[i]), int(hits.channel[i])
        span = row.span(field, channel, int(hits.start[i]), int(hits.end[i]))
        entry = int(hits.entry[i])
        if entry < len(self.vocabulary.names):
            hidden = channel == 1 or bool(hits.changed[i])
            cells[field].append(
                Candidate(span.start, span.end, entry, self.vocabulary.names[entry].level, hidden)
            )
            return
        read = self._misspelt.read(texts[row.batch.kind.text[field]], span.start, span.end)
        if read is not None:
            cells[field].append(Candidate(read[0], read[1], read[2], STRONG, True))


def _masked(text: str, items: list[Candidate]) -> str:
    for item in items:
        text = text[: item.start] + NAME * (item.end - item.start) + text[item.end :]
    return text


def _shortened(text: str, item: Candidate, longer: Iterable[str]) -> bool:
    """Whether a Chinese name is a longer word of the same listing said in short (桃仁 beside 核桃仁)."""
    seen = text[item.start : item.end]
    return "一" <= seen[0] <= "鿿" and any(word != seen and word.endswith(seen) for word in longer)

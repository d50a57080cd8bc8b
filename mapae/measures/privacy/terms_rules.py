"""Unfair clauses in terms of service, sentence by sentence, by the pack's table of clause types."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mapae.measures.privacy.segments import Segment, segments

__all__ = ["Clause", "ClauseRules", "clauses", "sentences"]

_APOSTROPHES = str.maketrans("’‘`´", "''''")
_SHORTEST = 12  # characters of a sentence that can be a clause
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence of a clause type, and the words that tell it (a span of the document)."""

    kind: str
    segment: Segment
    start: int
    end: int


@dataclass(frozen=True)
class ClauseRules:
    """A clause type compiled: lists of groups of which one must be met whole, and what excepts a sentence."""

    kind: str
    found: tuple[tuple[re.Pattern[str], ...], ...]
    spared: re.Pattern[str]

    @classmethod
    def of(cls, kind: str, row: Mapping[str, Any]) -> ClauseRules:
        """From a row of privacy/terms.yaml."""
        found = tuple(tuple(re.compile("|".join(group)) for group in groups) for groups in row["found"])
        return cls(kind, found, re.compile("|".join(row["except"])) if row["except"] else _NEVER)

    def met(self, text: str) -> re.Match[str] | None:
        """Where the first group of the list that is met stands in a lowered sentence; None where it is no such clause."""
        for groups in self.found:
            hits = [group.search(text) for group in groups]
            if all(hits):
                return None if self.spared.search(text) else hits[0]
        return None


def sentences(text: str) -> Sequence[Segment]:
    """The document's sentences and list lines, without its headings."""
    return [item for item in segments(text, _NEVER) if not item.first and item.end - item.start >= _SHORTEST]


def clauses(text: str, rules: Sequence[ClauseRules], cut: Sequence[Segment]) -> Iterator[Clause]:
    """Clauses in text order; one sentence may be of several types. cut: the text's sentences."""
    for item in cut:
        lowered = item.text.translate(_APOSTROPHES)
        for rule in rules:
            if hit := rule.met(lowered):
                same = len(lowered) == item.end - item.start
                start = item.start + hit.start() if same else item.start
                yield Clause(rule.kind, item, start, item.start + hit.end() if same else item.end)

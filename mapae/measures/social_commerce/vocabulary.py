"""Groups of words of posts, as terms to scan and weights to judge with (`social/posts.yaml` of the pack)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.detect.lexicon import Term

__all__ = ["Group", "Vocabulary", "load_vocabulary"]

_SHORT_HANGUL = re.compile("[가-힣]{1,2}")


@dataclass(frozen=True, slots=True)
class Group:
    """A group of words: what it says; weight of the first distinct word, of each further one, and the most in all."""

    name: str
    says: str
    weight: float
    more: float
    most: float
    patterns: tuple[re.Pattern[str], ...]
    refused: bool

    def worth(self, distinct: int) -> float:
        """What so many distinct words of the group come to."""
        total = self.weight + self.more * (distinct - 1)
        return min(total, self.most) if self.most > 0 else max(total, self.most)


@dataclass(frozen=True)
class Vocabulary:
    """Terms with the number of their group (−1 − n: a hint that a pattern of group n may be there)."""

    terms: tuple[Term, ...]
    group_of: npt.NDArray[np.int32]
    groups: tuple[Group, ...]
    threshold: float
    severity: Mapping[str, str]


def load_vocabulary(table: Mapping[str, Any]) -> Vocabulary:
    """Read the table of `social/posts.yaml`."""
    pairs: dict[Term, int] = {}
    groups = []
    for number, (name, row) in enumerate(table["groups"].items()):
        groups.append(_group(name, row))
        for word in _words(row.get("words", "")):
            pairs.setdefault(_term(word, name), number)
        for word in _words(row.get("hints", "")):
            pairs.setdefault(Term(word, tag=name, boundary="none"), -1 - number)
    return Vocabulary(
        tuple(pairs),
        np.asarray(list(pairs.values()), np.int32),
        tuple(groups),
        float(table["threshold"]),
        table["severity"],
    )


def _group(name: str, row: Mapping[str, Any]) -> Group:
    weight = float(row["weight"])
    patterns = tuple(re.compile(rule, re.MULTILINE) for rule in row.get("patterns", ()))
    more = float(row.get("more", 0.0))
    return Group(
        name, row["says"], weight, more, float(row.get("up_to", weight)), patterns, bool(row.get("refused"))
    )


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.replace("\n", " ").split(",") if word.strip()]


def _term(word: str, name: str) -> Term:
    """A short word of Hangul counts only where a word begins, since longer ones hold it."""
    bare = word.rstrip("*")
    left = word.endswith("*") or _SHORT_HANGUL.fullmatch(bare)
    return Term(bare, tag=name, boundary="left" if left else "auto")

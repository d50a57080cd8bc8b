"""What became more frequent: words and values that a set of documents holds more often than another."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

__all__ = ["Risen", "risen", "words"]

_LATIN = re.compile(r"[a-z][a-z0-9'-]{2,}")
_HANGUL = re.compile(r"[가-힣]{2,}")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_ENDS = re.compile(
    r"(?:에서는|에서도|으로는|까지도|이라고|에서|에게|한테|으로|까지|부터|처럼|보다|라고|이라|마다|조차|밖에|이나|은|는|이|가|을|를|에|의|도|로|와|과|만|나|요)$"
)
_EMPTY = frozenset(
    "the and for are but not you all any can had her was one our out has him his how its may new now old see two who "
    "did get let she too use that with have this from they will would there their what about which when were been "
    "your into more than them some then also just over after only other very because while could should does don't "
    "제가 저는 그리고 그런데 하지만 있는 있습니다 없습니다 합니다 했습니다 했는데 하는데 해서 너무 정말 계속 지금 아직 "
    "그냥 이거 저희 우리 에게 때문 这个 我们 他们 没有 一个 可以 就是 还是 已经 但是 因为 所以 不是 什么".split()
)
_LEAST, _TIMES, _SURE = 3, 1.5, 3.0


@dataclass(frozen=True, slots=True)
class Risen:
    """A word or value: how many documents of the surge hold it, of how many, and how many of those before, of how many."""

    word: str
    now: int
    of_now: int
    before: int
    of_before: int
    z: float


def words(text: str) -> frozenset[str]:
    """The words of a text that can tell what it is about: Latin words, Korean ones without particles, Chinese pairs."""
    lowered = text.casefold()
    found = {word.strip("'-") for word in _LATIN.findall(lowered)}
    found |= {stem if len(stem := _ENDS.sub("", word)) > 1 else word for word in _HANGUL.findall(lowered)}
    for run in _HAN.findall(lowered):
        found |= {run[at : at + 2] for at in range(len(run) - 1)}
    return frozenset(found - _EMPTY)


def risen(now: Sequence[Collection[str]], before: Sequence[Collection[str]], most: int = 5) -> list[Risen]:
    """Words of the documents `now` that are clearly more frequent than in those `before`, surest first.

    By the log odds ratio over its standard error (half an occurrence added to each count), at least 3; a word stands in
    three documents at least and half as often again as before.
    """
    here = Counter(word for document in now for word in set(document))
    there = Counter(word for document in before for word in set(document))
    found = [
        Risen(word, count, len(now), there[word], len(before), z)
        for word, count in here.items()
        if count >= _LEAST
        and count * (len(before) + 1) >= _TIMES * (there[word] + 0.5) * len(now)
        and (z := _z(count, len(now), there[word], len(before))) >= _SURE
    ]
    return sorted(found, key=lambda each: (-each.z, each.word))[:most]


def _z(a: int, n: int, b: int, m: int) -> float:
    inside = (a + 0.5) / (n - a + 0.5)
    outside = (b + 0.5) / (m - b + 0.5)
    error = sum(1 / (count + 0.5) for count in (a, n - a, b, m - b))
    return math.log(inside / outside) / math.sqrt(error)

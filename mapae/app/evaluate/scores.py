"""Scores of a set: micro-F1, F1 of a flag, accuracy, macro-F1, with Wilson and bootstrap intervals (cases/README.md)."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

T = TypeVar("T")

__all__ = ["F1", "bootstrap", "f1", "fold", "macro_f1", "wilson"]


def fold(value: object) -> str:
    """A value for comparison: NFKD without accents, case, spaces and punctuation."""
    text = unicodedata.normalize("NFKD", str(value)).casefold()
    return "".join(char for char in text if char.isalnum() and not unicodedata.combining(char))


@dataclass(frozen=True, slots=True)
class F1:
    """Counts of a yes/no decision or of a set of ids, and what follows from them."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        """Share of what was said that was right (1 where nothing was said)."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        """Share of what was to be said that was said (1 where there was nothing)."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0

    @property
    def value(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn) if self.tp + self.fp + self.fn else 1.0


def f1(pairs: Iterable[tuple[set[str], set[str]]]) -> F1:
    """Micro counts over (expected, predicted) sets."""
    tp = fp = fn = 0
    for expected, predicted in pairs:
        tp += len(expected & predicted)
        fp += len(predicted - expected)
        fn += len(expected - predicted)
    return F1(tp, fp, fn)


def macro_f1(pairs: Sequence[tuple[str, str]], told: Collection[str] = ()) -> float:
    """Mean F1 over the classes that occur in the expected or predicted labels; of those told only, where any are."""
    classes = sorted({label for pair in pairs for label in pair if not told or label in told})
    per_class = [f1(({"x"} if want == name else set(), {"x"} if got == name else set()) for want, got in pairs).value
                 for name in classes]  # fmt: skip
    return float(np.mean(per_class)) if per_class else 1.0


def wilson(right: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's score interval of a proportion (Wilson 1927), 95 % by default."""
    if not total:
        return (0.0, 1.0)
    share = right / total
    centre = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return ((centre - spread) / scale, (centre + spread) / scale)


def bootstrap(
    items: Sequence[T], score: Callable[[Sequence[T]], float], rounds: int = 500, seed: int = 0
) -> tuple[float, float]:
    """A 95 % percentile interval of a score over cases drawn with replacement (Efron 1979)."""
    if not items:
        return (0.0, 1.0)
    rng = np.random.default_rng(seed)
    draws = [score([items[i] for i in rng.integers(0, len(items), len(items))]) for _ in range(rounds)]
    return (float(np.percentile(draws, 2.5)), float(np.percentile(draws, 97.5)))

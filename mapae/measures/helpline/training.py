"""Trains the model of categories on labelled messages; figures by grouped cross-validation, by language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.measures.helpline.categories import sums_of
from mapae.measures.helpline.cues import CATEGORIES, CueReader
from mapae.measures.helpline.features import Sample, Table, sample
from mapae.measures.helpline.messages import lowered
from mapae.measures.helpline.model import FLAT, SHARE, CategoryModel, Floats, Sums, fit, solved
from mapae.measures.helpline.operators import Operator, OperatorReader, decide

__all__ = ["L2", "Example", "Examples", "Trained", "folds", "train"]

_FOLDS = 5
L2 = 0.3  # .1 and .03 do no better by cross-validation
_ALIKE = 0.5  # cosine of two messages from which on they stay in one fold: one of them would tell the other
_ROUGH = 4 * FLAT  # far enough for the figures


@dataclass(frozen=True)
class Example:
    """A labelled message: its sample, the cues' sums at their share in the order of CATEGORIES, category, language."""

    item: Sample
    sums: tuple[float, ...]
    category: str
    lang: str


@dataclass(frozen=True)
class Trained:
    """The model and its cross-validated figures (language or `all` → messages, accuracy, macro_f1)."""

    model: CategoryModel
    figures: dict[str, dict[str, float]]


@dataclass(frozen=True)
class Examples:
    """Makes examples as triage reads messages."""

    operators: OperatorReader
    cues: CueReader

    def written(self, data: Callable[[str], Any]) -> Iterator[Example]:
        """The pack's invented messages (helpline/messages): each with its own record, or the next of its file's."""
        for category in CATEGORIES:
            table = data(f"helpline/messages/{category}.yaml")
            for number, (lang, text, *own) in enumerate(table["messages"]):
                days, kind = own or table["records"][number % len(table["records"])]
                operator = None if kind == "none" else Operator("", kind)
                yield self.made(text, "", days, category, lang, operator)

    def told(self, text: str, field: str, days: str, category: str, lang: str) -> Example:
        """A message as it came, with the service that triage reads in it. field: the service as the consumer named it."""
        return self.made(text, field, days, category, lang, decide(self.operators.places(text, field)))

    def made(
        self, text: str, field: str, days: str, category: str, lang: str, operator: Operator | None
    ) -> Example:
        """A message with the service given."""
        low = lowered(text)
        cues = self.cues.read(low)
        item = sample(low, self.operators.places(text, field), cues, days, operator)
        sums = sums_of(cues, item.days, operator)
        return Example(item, tuple(SHARE * sums[name] for name in CATEGORIES), category, lang)


def train(examples: Sequence[Example], seed: int = 0) -> Trained:
    """The model of all examples. seed: of the folds. At least as many examples as folds."""
    labels = [CATEGORIES.index(item.category) for item in examples]
    table = Table.of([item.item for item in examples])
    alike = table.products()
    sums = np.asarray([item.sums for item in examples], np.float64)
    found = _predicted(alike, labels, sums, folds(alike, seed))
    return Trained(fit(table, alike, labels, sums, L2), _by_language(examples, found))


def folds(alike: Floats, seed: int) -> npt.NDArray[np.intp]:
    """The fold of each example; messages that are nearly alike, directly or through others, share one."""
    length = np.sqrt(alike.diagonal())
    one, other = np.nonzero(alike > _ALIKE * length[:, None] * length)
    group = np.arange(len(alike))
    while True:
        least = group.copy()
        np.minimum.at(least, one, group[other])
        if np.array_equal(least, group):
            break
        group = least
    names, place = np.unique(group, return_inverse=True)
    return (np.random.default_rng(seed).permutation(len(names)) % _FOLDS)[place]


def _predicted(alike: Floats, labels: Sequence[int], sums: Sums, fold: npt.NDArray[np.intp]) -> list[str]:
    """The category of every example by a model of the other folds."""
    found = np.zeros(len(labels), np.intp)
    for number in range(_FOLDS):
        rest, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        learnt = solved(
            alike[np.ix_(rest, rest)], [labels[at] for at in rest.tolist()], sums[rest], L2, _ROUGH
        )
        found[held] = (sums[held] + alike[np.ix_(held, rest)] @ learnt).argmax(axis=1)
    return [CATEGORIES[at] for at in found]


def _by_language(examples: Sequence[Example], found: Sequence[str]) -> dict[str, dict[str, float]]:
    languages = sorted({item.lang for item in examples})
    chosen: Mapping[str, list[int]] = {
        lang: [at for at, item in enumerate(examples) if item.lang == lang] for lang in languages
    }
    parts = {lang: _figures([examples[i] for i in at], [found[i] for i in at]) for lang, at in chosen.items()}
    return {"all": _figures(examples, found), **parts}


def _figures(examples: Sequence[Example], found: Sequence[str]) -> dict[str, float]:
    """messages, accuracy, and macro-F1 over the categories that are labelled or found."""
    pairs = [(item.category, name) for item, name in zip(examples, found, strict=True)]
    right = sum(wanted == name for wanted, name in pairs)
    scores = []
    for category in sorted({name for pair in pairs for name in pair}):
        both = sum(pair == (category, category) for pair in pairs)
        either = sum((wanted == category) + (name == category) for wanted, name in pairs)
        scores.append(2 * both / either)
    return {
        "messages": len(pairs),
        "accuracy": round(right / len(pairs), 3),
        "macro_f1": round(sum(scores) / len(scores), 3),
    }

"""Yes-or-no questions that no single word decides: are the goods taken out by ECA Art. 17(2), is it for customs to act.

Logistic regression over the features of the model of categories; the word lists of the pack count among them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from mapae.measures.helpline.cues import CueReader
from mapae.measures.helpline.features import Floats, Sample, Table, matrix, sample
from mapae.measures.helpline.messages import lowered
from mapae.measures.helpline.model import read_weights, solved, write_weights
from mapae.measures.helpline.operators import OperatorReader
from mapae.measures.helpline.training import folds

__all__ = [
    "FILE",
    "PLAIN",
    "QUESTIONS",
    "Answers",
    "Asked",
    "Lists",
    "asked",
    "learn",
    "load",
    "questions",
    "save",
    "written",
]

FILE = "answers.npz"
# the lists of the pack's helpline/rights.yaml that bear on each question
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "excluded": ("exclusable", "consent_given", "consent_denied", "used_up"),
    "customs": ("customs_asked", "customs_held", "customs_tax", "customs_brand", "not_customs"),
}
L2 = 0.3
_FLAG = 3  # a list counts as so many cues
PLAIN = "helpline/messages/cancellation_refused.yaml"
_TOLD = ("consent_given", "used_up")
_PART = 3  # with one in three, labelled lots lose neither goods taken out nor others; with all, four more are missed


@dataclass(frozen=True)
class Lists:
    """The word lists of helpline/rights.yaml: pieces of regular expressions over lowered text, by key."""

    table: Mapping[str, Any]

    def says(self, key: str, text: str) -> bool:
        """Whether one of the list's pieces stands in the text."""
        return bool(self.patterns[key].search(text))

    @cached_property
    def patterns(self) -> dict[str, re.Pattern[str]]:
        """The pattern of each list of words."""
        named = ("referral", "harm")  # lists of categories, not of words
        lists = {
            key: words for key, words in self.table.items() if isinstance(words, list) and key not in named
        }
        return {key: re.compile("|".join(words)) for key, words in lists.items()}


def asked(question: str, item: Sample, lists: Lists) -> Sample:
    """The sample of a message as the question reads it: what it tells and which lists speak, nothing of the record."""
    told = [
        f"{key} {number}"
        for key in QUESTIONS[question]
        if lists.says(key, item.text)
        for number in range(_FLAG)
    ]
    return replace(item, cues=(*item.cues, *told), days="", kind="none")


@dataclass(frozen=True)
class Answers:
    """weights: WIDTH × QUESTIONS, of the log odds of yes."""

    weights: Floats

    def odds(self, question: str, item: Sample) -> float:
        """The log odds of yes for a sample from `asked`."""
        return float((matrix([item]) @ self.weights[:, list(QUESTIONS).index(question)])[0])


def load(path: Path) -> Answers | None:
    """As saved; None where there is no such file. PackError where it is of another shape."""
    weights = read_weights(path, len(QUESTIONS))
    return None if weights is None else Answers(weights)


def save(answers: Answers, path: Path) -> None:
    """Write as whole numbers and a scale a question."""
    write_weights(answers.weights, path)


@dataclass(frozen=True)
class Asked:
    """A labelled message: the sample of `asked`, the answer, the language."""

    item: Sample
    yes: bool
    lang: str


def written(
    question: str, data: Callable[[str], Any], operators: OperatorReader, cues: CueReader, lists: Lists
) -> Iterator[Asked]:
    """The pack's invented messages for a question (helpline/questions).

    Those about goods taken out are half yes, half no and hard; real ones are mostly no and plain. So a part of the plain
    messages about refused cancellations, in which neither consent nor use is told, stands beside them.
    """
    rows = [(lang, answer == "yes", text) for lang, answer, text in data(questions(question))["messages"]]
    if question == "excluded":
        plain = (row[:2] for row in data(PLAIN)["messages"])
        untold = [row for row in plain if not any(lists.says(key, lowered(row[1])) for key in _TOLD)]
        rows += [(lang, False, text) for lang, text in untold[::_PART]]
    for lang, yes, text in rows:
        low = lowered(text)
        item = sample(low, operators.places(text, ""), cues.read(low), "", None)
        yield Asked(asked(question, item, lists), yes, lang)


def questions(question: str) -> str:
    """The file of the pack with the question's messages."""
    return f"helpline/questions/{question}.yaml"


def learn(examples: Sequence[Asked], seed: int = 0) -> tuple[Floats, dict[str, dict[str, float]]]:
    """Weights (WIDTH) of the log odds, and cross-validated messages, precision and recall of yes by language."""
    table = Table.of([one.item for one in examples])
    alike = table.products()
    labels = [int(one.yes) for one in examples]
    none = np.zeros((len(labels), 2))
    fold = folds(alike, seed)
    odds = np.zeros(len(labels), np.float32)
    for number in set(fold.tolist()):
        rest, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        learnt = solved(alike[np.ix_(rest, rest)], [labels[at] for at in rest], none[rest], L2)
        odds[held] = alike[np.ix_(held, rest)] @ (learnt[:, 1] - learnt[:, 0])
    shares = solved(alike, labels, none, L2)
    weights = table.summed(shares)
    found: Floats = weights[:, 1] - weights[:, 0]
    languages = {"all", *(one.lang for one in examples)}
    figures = {
        lang: _figures(
            [(one.yes, bool(odds[at] > 0)) for at, one in enumerate(examples) if lang in ("all", one.lang)]
        )
        for lang in sorted(languages)
    }
    return found, figures


def _figures(pairs: Sequence[tuple[bool, bool]]) -> dict[str, float]:
    both = sum(yes and found for yes, found in pairs)
    return {
        "messages": len(pairs),
        "precision": round(both / max(1, sum(found for _, found in pairs)), 3),
        "recall": round(both / max(1, sum(yes for yes, _ in pairs)), 3),
    }

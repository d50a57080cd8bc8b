"""What a model of unfair clauses looks at: words, letters, the neighbours' words, and what the rules see.

Hashed (no dictionary is kept of the text that was learned from), weighted by rarity. Needs the extra `train`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.measures.privacy.terms_rules import ClauseRules

__all__ = ["Counted", "Weights", "counted", "weighed", "weights_of"]

_COLUMNS = 1 << 19
_RARE = {"words": 3, "letters": 4}  # in fewer sentences a piece tells nothing
_NEAR, _RULED = 0.4, 0.3  # weight of the neighbours' words and of the rules beside the sentence's own words
_LONG = 500  # characters
_APOSTROPHES = str.maketrans("’‘`´", "''''")

Sparse = Any  # scipy.sparse matrix, sentences × columns


@dataclass(frozen=True)
class Counted:
    """Sentences as counts: `words` (1–3 in a row), `letters` (3–5 in a row), `ruled` (groups of the rules met, form).

    before, after: number of the neighbouring sentence of the same document, −1 where there is none.
    """

    words: Sparse
    letters: Sparse
    ruled: npt.NDArray[np.float32]
    before: npt.NDArray[np.intp]
    after: npt.NDArray[np.intp]


@dataclass(frozen=True)
class Weights:
    """Columns that are kept, and how rare each is (zero: seen once only), of words and of letters."""

    word_columns: npt.NDArray[np.int32]
    word_rarity: npt.NDArray[np.float32]
    letter_columns: npt.NDArray[np.int32]
    letter_rarity: npt.NDArray[np.float32]


def counted(texts: Sequence[str], documents: Sequence[str], rules: Sequence[ClauseRules]) -> Counted:
    """Counts of sentences in document order."""
    from sklearn.feature_extraction.text import HashingVectorizer

    plain = [text.translate(_APOSTROPHES) for text in texts]
    common = {"n_features": _COLUMNS, "alternate_sign": False, "norm": None}
    words = HashingVectorizer(ngram_range=(1, 3), **common).transform(plain).tocsr()
    letters = HashingVectorizer(analyzer="char_wb", ngram_range=(3, 5), **common).transform(plain).tocsr()
    for table in (words, letters):
        table.data = 1 + np.log(table.data)
    ruled = np.array([_ruled(text, rules) for text in plain], np.float32).reshape(len(plain), -1)
    return Counted(words, letters, ruled, _neighbour(documents, -1), _neighbour(documents, 1))


def _ruled(text: str, rules: Sequence[ClauseRules]) -> list[float]:
    lowered = text.lower()
    found: list[float] = []
    for rule in rules:
        found += [float(rule.met(lowered) is not None), float(rule.spared.search(lowered) is not None)]
        found += [float(group.search(lowered) is not None) for group in rule.found[0]]
    return [
        *found,
        float(text.isupper()),
        min(len(text) / _LONG, 8.0),
        float(len(text) < 60),
        float(text[:2].isdigit()),
    ]


def _neighbour(documents: Sequence[str], step: int) -> npt.NDArray[np.intp]:
    names = np.asarray(documents, dtype=object)
    at = np.arange(len(names)) + step
    inside = (at >= 0) & (at < len(names))
    same = inside & (names[np.clip(at, 0, max(len(names) - 1, 0))] == names) if len(names) else inside
    return np.where(same, at, -1)


def weights_of(counts: Counted, rows: npt.NDArray[np.intp]) -> Weights:
    """Columns that the whole text fills often enough, weighed by how rare they are among these rows."""
    found: list[npt.NDArray[Any]] = []
    for table, least in ((counts.words, _RARE["words"]), (counts.letters, _RARE["letters"])):
        part = table[rows]
        often = np.bincount(part.indices, minlength=_COLUMNS)
        kept = np.flatnonzero(often >= least)
        rarity = np.log((1 + len(rows)) / (1 + often[kept])) + 1
        found += [kept.astype(np.int32), rarity.astype(np.float32)]
    return Weights(*found)


def weighed(counts: Counted, weights: Weights) -> Sparse:
    """Sentences × features, ready for a linear model."""
    from scipy import sparse

    words = _scaled(counts.words, weights.word_columns, weights.word_rarity)
    letters = _scaled(counts.letters, weights.letter_columns, weights.letter_rarity)
    near = [_NEAR * _moved(words, counts.before), _NEAR * _moved(words, counts.after)]
    return sparse.hstack([words, letters, *near, sparse.csr_matrix(_RULED * counts.ruled)]).tocsr()


def _scaled(table: Sparse, columns: npt.NDArray[np.int32], rarity: npt.NDArray[np.float32]) -> Sparse:
    from scipy import sparse
    from sklearn.preprocessing import normalize

    return normalize(table[:, columns] @ sparse.diags(rarity))


def _moved(table: Sparse, places: npt.NDArray[np.intp]) -> Sparse:
    """Each row replaced by the one at its place; empty where there is none."""
    from scipy import sparse

    return sparse.diags((places >= 0).astype(float)) @ table[np.maximum(places, 0)]

"""Learns a model of unfair clauses from tagged sentences, and measures it with whole documents left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.measures.privacy.terms_features import counted, weighed, weights_of
from mapae.measures.privacy.terms_model import TAGS, TermsModel, chances
from mapae.measures.privacy.terms_rules import ClauseRules

__all__ = ["Sentence", "Trained", "measure", "train_terms"]

_COST, _LOOSE = 1.0, 30.0  # of an error, beside the squared weights
_WEIGHTS = {True: 2.0, False: 1.0}  # few sentences are unfair
_MARGIN = 0.12  # of a border's width a unit of log odds is, on sentences not learned from
_ANY = 0.3  # share of the model of unfair clauses of any tag
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document and the tags (of TAGS) under which lawyers found it unfair."""

    document: str
    text: str
    tags: frozenset[str]


@dataclass(frozen=True)
class Trained:
    """The model of all sentences, and figures measured on documents it had not seen."""

    model: TermsModel
    figures: dict[str, Any]


def train_terms(
    sentences: Sequence[Sentence], rules: Sequence[ClauseRules], folds: int, seed: int = 0
) -> Trained:
    """Cross-validate by document, then learn from everything.

    folds: at most the number of documents. A sentence's score is of a model of other documents; scale and threshold of
    a fold are chosen on the scores of the other folds. The model kept takes those of all folds.
    """
    documents = [item.document for item in sentences]
    counts = counted([item.text for item in sentences], documents, rules)
    wanted = np.array([[tag in item.tags for tag in TAGS] for item in sentences])
    names = np.asarray(documents)
    parts = _parts(names, folds, seed)
    scores = np.zeros(wanted.shape)
    for left in parts:
        rows = np.flatnonzero(~left)
        table = weighed(counts, weights_of(counts, rows))
        slopes, offsets = _learn(table[rows], wanted[rows])
        scores[left] = table[np.flatnonzero(left)] @ slopes + offsets
    likely, taken = np.zeros(len(names)), np.zeros(wanted.shape, bool)
    for left in parts:
        scale, threshold = _calibrated(scores[~left], wanted[~left])
        likely[left] = chances(scores[left].max(axis=1), scale)
        taken[left] = scores[left] >= threshold  # of every tag that reaches it
    scale, threshold = _calibrated(scores, wanted)
    weights = weights_of(counts, np.arange(len(sentences)))
    table = weighed(counts, weights)
    slopes, offsets = _learn(table, wanted)
    model = TermsModel(weights, slopes, offsets, scale, threshold)
    return Trained(model, measure(wanted, taken, likely, names) | {"folds": len(parts)})


def measure(
    wanted: npt.NDArray[Any], taken: npt.NDArray[Any], likely: Scores, names: npt.NDArray[Any]
) -> dict[str, Any]:
    """Figures of decisions: unfair or not a sentence (all pooled, and the mean over documents), by tag, and calibration."""
    truth, said = _some(wanted), _some(taken)
    by_document = [_f1(truth[names == name], said[names == name]) for name in np.unique(names)]
    by_tag = {tag: round(_f1(wanted[:, at], taken[:, at]), 3) for at, tag in enumerate(TAGS)}
    right = int((truth & said).sum())
    return {
        "sentences": len(truth),
        "unfair": int(truth.sum()),
        "f1": round(_f1(truth, said), 3),
        "precision": round(right / max(1, int(said.sum())), 3),
        "recall": round(right / max(1, int(truth.sum())), 3),
        "f1_mean_of_documents": round(float(np.mean(by_document)), 3),
        "f1_tags_pooled": round(_f1(wanted, taken), 3),
        "f1_tags_mean": round(float(np.mean(list(by_tag.values()))), 3),
        "f1_by_tag": by_tag,
        "calibration_error": round(_calibration(truth, likely), 3),
    }


def _some(table: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Rows with something in them."""
    found: npt.NDArray[np.bool_] = np.logical_or.reduce(table, axis=1)
    return found


def _f1(truth: npt.NDArray[Any], said: npt.NDArray[Any]) -> float:
    right = int((truth & said).sum())
    total = int(truth.sum()) + int(said.sum())
    return 2 * right / total if total else 1.0


def _calibration(truth: npt.NDArray[Any], likely: Scores) -> float:
    """Mean distance of ten classes' mean probability from their share, weighed by size."""
    group = np.minimum((likely * 10).astype(int), 9)
    parts = [
        (likely[group == at].mean(), truth[group == at].mean(), (group == at).mean())
        for at in np.unique(group)
    ]
    return float(sum(abs(said - share) * size for said, share, size in parts))


def _parts(names: npt.NDArray[Any], folds: int, seed: int) -> list[npt.NDArray[np.bool_]]:
    """Masks of the documents of each fold; documents are dealt out by size so that folds are alike."""
    known, sizes = np.unique(names, return_counts=True)
    order = np.lexsort((np.random.default_rng(seed).random(len(known)), -sizes))
    fold = {known[name]: at % folds for at, name in enumerate(order)}
    at = np.array([fold[name] for name in names])
    return [at == number for number in range(min(folds, len(known)))]


def _learn(table: Any, wanted: npt.NDArray[Any]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Slopes and offsets of every tag: the mean of two linear models, and a share of one of unfair clauses of any tag.

    A support vector machine looks at the sentences near the border, a logistic regression at all; their errors differ.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC

    slopes = np.zeros((table.shape[1], len(TAGS)), np.float32)
    offsets = np.full(len(TAGS), -1.0, np.float32)
    some = _some(wanted)
    if some.all() or not some.any():
        return slopes, offsets
    any_tag = LinearSVC(C=_COST / 2, random_state=0).fit(table, some)
    for at in np.flatnonzero(wanted.any(axis=0)):
        border = LinearSVC(C=_COST, random_state=0).fit(table, wanted[:, at])
        whole = LogisticRegression(C=_LOOSE, class_weight=_WEIGHTS, max_iter=200).fit(table, wanted[:, at])
        for into, name in ((slopes, "coef_"), (offsets, "intercept_")):
            pair = getattr(border, name)[0] + _MARGIN * getattr(whole, name)[0]
            into[..., at] = pair / 2 + _ANY * getattr(any_tag, name)[0]
    return slopes, offsets


def _calibrated(scores: Scores, wanted: npt.NDArray[Any]) -> tuple[npt.NDArray[np.float32], float]:
    """(a, b) by logistic regression on the best scores of sentences not learned from, and the threshold of the best F1."""
    from sklearn.linear_model import LogisticRegression

    best, truth = scores.max(axis=1), _some(wanted)
    learned = LogisticRegression(C=10.0).fit(best[:, None], truth)
    scale = np.array([learned.coef_[0, 0], learned.intercept_[0]], np.float32)
    shares = np.clip(truth.mean() * np.linspace(0.5, 1.7, 120), 0.0, 1.0)  # of sentences that are taken
    cuts = np.unique(np.quantile(best, 1 - shares))
    return scale, max((float(cut) for cut in cuts), key=lambda cut: _f1(truth, best >= cut))

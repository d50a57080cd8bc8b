"""Trains a tagger: strength chosen, thresholds set and probabilities checked on passages the model had not seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.detect.tagger import WORD_SETTINGS, Floats, Tagger
from mapae.errors import UsageError

__all__ = ["Trained", "calibration", "figures", "train"]

Flags = npt.NDArray[np.bool_]
Progress = Callable[[str], None]
_FOLDS = 5
_STRENGTHS = (5.0, 20.0, 60.0)  # C of the logistic regression
_GRID = np.arange(0.2, 0.61, 0.02)  # thresholds tried
_LEAST = 10  # passages with a tag, below which the common threshold is kept
_NO_BETTER = 0.002  # of micro-F1: the weaker model is kept
_BINS = 10


@dataclass(frozen=True)
class Trained:
    """The model of all passages; C; figures and calibration table of the passages held out in turn."""

    model: Tagger
    strength: float
    figures: dict[str, Any]
    calibration: list[dict[str, float]]


def train(
    texts: Sequence[str],
    tags: Sequence[set[str]],
    groups: Sequence[str] | None = None,
    *,
    always: bool = True,
    seed: int = 0,
    progress: Progress = lambda _: None,
) -> Trained:
    """Fit on all passages; C and thresholds by cross-validation for micro-F1.

    groups: passages of one group (a document) are held out together; always: every passage gets a tag.
    UsageError without scikit-learn (extra `train`) or with fewer groups than folds.
    """
    names = tuple(sorted(set().union(*tags)))
    truth = np.asarray([[name in given for name in names] for given in tags], np.bool_)
    fold = _folds(groups or [str(number) for number in range(len(texts))], seed)
    tried = {}
    for strength in _STRENGTHS:
        progress(f"cross-validating with C = {strength:g}")
        tried[strength] = _held_out(texts, truth, fold, strength)
    common = {strength: _common(scores, truth, always)[1] for strength, scores in tried.items()}
    best = min(strength for strength in _STRENGTHS if common[strength] >= max(common.values()) - _NO_BETTER)
    slope, shift = _straightened(tried[best], truth)
    scores = _logistic(slope * _logit(tried[best]) + shift)
    thresholds = _by_tag(scores, truth, _common(scores, truth, always)[0], always)
    progress("fitting on all passages")
    raw = _fit(texts, truth, names, best, thresholds, always)
    weights = (raw.weights * slope).astype(np.float32)
    model = replace(raw, weights=weights, bias=raw.bias * slope + shift)
    return Trained(model, best, figures(names, truth, model.chosen(scores)), calibration(scores, truth))


def figures(names: Sequence[str], truth: Flags, found: Flags) -> dict[str, Any]:
    """Micro- and macro-F1, and for each tag passages, precision, recall, F1."""
    by_tag = {
        name: {"passages": int(truth[:, at].sum()), **_scores(truth[:, at], found[:, at])}
        for at, name in enumerate(names)
    }
    macro = float(np.mean([item["f1"] for item in by_tag.values()])) if by_tag else 0.0
    return {
        "passages": len(truth),
        "micro_f1": _scores(truth, found)["f1"],
        "macro_f1": round(macro, 4),
        "tags": by_tag,
    }


def calibration(scores: Floats, truth: Flags) -> list[dict[str, float]]:
    """Tenths of probability: how many tags were given it, mean probability, share that was right."""
    flat, right = scores.ravel(), truth.ravel()
    bins = np.minimum((flat * _BINS).astype(np.int64), _BINS - 1)
    return [
        {
            "from": number / _BINS,
            "tags": int((bins == number).sum()),
            "said": round(float(flat[bins == number].mean()), 4),
            "true": round(float(right[bins == number].mean()), 4),
        }
        for number in range(_BINS)
        if (bins == number).any()
    ]


def _scores(truth: Flags, found: Flags) -> dict[str, float]:
    both = int((truth & found).sum())
    said, told = int(found.sum()), int(truth.sum())
    return {
        "precision": round(both / said, 4) if said else 0.0,
        "recall": round(both / told, 4) if told else 0.0,
        "f1": round(2 * both / (said + told), 4) if said + told else 0.0,
    }


def _folds(groups: Sequence[str], seed: int) -> npt.NDArray[np.int64]:
    """The fold of each passage: groups shuffled and dealt out."""
    names = sorted(set(groups))
    if len(names) < _FOLDS:
        raise UsageError(
            f"{len(names)} documents are too few to train on", mend=f"give at least {_FOLDS} of them"
        )
    order = np.random.default_rng(seed).permutation(len(names))
    fold = {names[at]: place % _FOLDS for place, at in enumerate(order.tolist())}
    return np.asarray([fold[name] for name in groups], np.int64)


def _held_out(texts: Sequence[str], truth: Flags, fold: npt.NDArray[np.int64], strength: float) -> Floats:
    """Scores of every passage by a model of the other folds."""
    scores = np.zeros(truth.shape)
    names = tuple(map(str, range(truth.shape[1])))
    for number in range(_FOLDS):
        rest, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        part = _fit(
            [texts[at] for at in rest.tolist()], truth[rest], names, strength, np.full(len(names), 0.5), False
        )
        scores[held] = part.scores([texts[at] for at in held.tolist()])
    return scores


def _fit(
    texts: Sequence[str],
    truth: Flags,
    names: tuple[str, ...],
    strength: float,
    thresholds: Floats,
    always: bool,
) -> Tagger:
    try:
        from scipy.sparse import hstack
        from sklearn.feature_extraction.text import TfidfVectorizer
    except ImportError as error:
        raise UsageError("training needs scikit-learn", mend="pip install 'mapae[train]'") from error
    parts = [
        TfidfVectorizer(min_df=2 if name == "words" else 3, **settings)
        for name, settings in WORD_SETTINGS.items()
    ]
    features = hstack([part.fit_transform(texts) for part in parts]).tocsr()
    weights, bias = _regressions(features, truth, strength)
    return Tagger(
        names,
        tuple(tuple(part.get_feature_names_out().tolist()) for part in parts),
        tuple(part.idf_ for part in parts),
        weights.astype(np.float32),
        bias,
        thresholds,
        always,
    )


def _regressions(features: Any, truth: Flags, strength: float) -> tuple[Floats, Floats]:
    """One regression a tag: weights (features, tags) and bias; a tag that all or none have gets its share alone."""
    from sklearn.linear_model import LogisticRegression

    weights, bias = np.zeros((features.shape[1], truth.shape[1])), np.zeros(truth.shape[1])
    for at in range(truth.shape[1]):
        known = truth[:, at]
        if known.all() or not known.any():
            share = (known.sum() + 0.5) / (len(known) + 1)
            bias[at] = np.log(share / (1 - share))
            continue
        fitted = LogisticRegression(C=strength, max_iter=1000).fit(features, known)
        weights[:, at], bias[at] = fitted.coef_[0], fitted.intercept_[0]
    return weights, bias


def _common(scores: Floats, truth: Flags, always: bool) -> tuple[float, float]:
    """The threshold that serves all tags best, and its micro-F1."""
    return max(
        ((float(at), _micro(scores, truth, np.full(truth.shape[1], at), always)) for at in _GRID),
        key=lambda item: item[1],
    )


def _by_tag(scores: Floats, truth: Flags, common: float, always: bool) -> Floats:
    """Thresholds by tag: each goes half the way from the common one to where micro-F1 gains most; rare tags stay."""
    thresholds = np.full(truth.shape[1], common)
    best = _micro(scores, truth, thresholds, always)
    for at in np.argsort(-truth.sum(axis=0)).tolist():
        if truth[:, at].sum() < _LEAST:
            continue
        for value in _GRID:
            tried = thresholds.copy()
            tried[at] = value
            gained = _micro(scores, truth, tried, always)
            if gained > best:
                best, thresholds = gained, tried
    return (thresholds + common) / 2


def _straightened(scores: Floats, truth: Flags) -> tuple[float, float]:
    """Slope and shift of the log-odds that make the probabilities true on average (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1e6).fit(_logit(scores).reshape(-1, 1), truth.ravel())
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _logit(scores: Floats) -> Floats:
    held = np.clip(scores, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(held / (1 - held)), np.float64)


def _logistic(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-odds)), np.float64)


def _micro(scores: Floats, truth: Flags, thresholds: Floats, always: bool) -> float:
    found = scores >= thresholds
    if always:
        none = np.flatnonzero(~found.any(axis=1))
        found[none, scores[none].argmax(axis=1)] = True
    both, all_ = int((truth & found).sum()), int(found.sum()) + int(truth.sum())
    return 2 * both / all_ if all_ else 0.0

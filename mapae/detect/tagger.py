"""A trained tagger of passages: several tags a passage, a probability and a threshold for each; words and characters in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from mapae.errors import InputError, UsageError

__all__ = ["WORD_SETTINGS", "Tagger", "load", "save"]

Floats = npt.NDArray[np.float64]
# What scikit-learn's TfidfVectorizer is given; a saved model is read with the same.
WORD_SETTINGS: dict[str, dict[str, Any]] = {
    "words": {"ngram_range": (1, 2), "sublinear_tf": True, "strip_accents": "unicode"},
    "characters": {"analyzer": "char_wb", "ngram_range": (2, 5), "sublinear_tf": True},
}
_FORMAT = 1


@dataclass(frozen=True)
class Tagger:
    """A multi-label logistic regression on TF-IDF of words and characters.

    tags: names in the order of the columns; vocabularies: per part of WORD_SETTINGS the terms in the order of its columns;
    idf: per part; weights (features, tags); bias and thresholds (tags); always: the best tag is given even below its
    threshold where no tag passes.
    """

    tags: tuple[str, ...]
    vocabularies: tuple[tuple[str, ...], ...]
    idf: tuple[Floats, ...]
    weights: npt.NDArray[np.float32]
    bias: Floats
    thresholds: Floats
    always: bool

    def scores(self, texts: Sequence[str]) -> Floats:
        """Probabilities, (passages, tags)."""
        if not texts:
            return np.zeros((0, len(self.tags)))
        from scipy.sparse import hstack

        features = hstack([part.transform(texts) for part in self._parts]).tocsr()
        return np.asarray(1 / (1 + np.exp(-(features @ self.weights + self.bias))), np.float64)

    def chosen(self, scores: Floats) -> npt.NDArray[np.bool_]:
        """Which tags are given by the scores, (passages, tags)."""
        found = scores >= self.thresholds
        if self.always and len(scores):
            none = np.flatnonzero(~found.any(axis=1))
            found[none, scores[none].argmax(axis=1)] = True
        return found

    @cached_property
    def _parts(self) -> list[Any]:
        return [
            _vectorizer(name, terms, idf)
            for name, terms, idf in zip(WORD_SETTINGS, self.vocabularies, self.idf, strict=True)
        ]


def save(model: Tagger, path: Path) -> None:
    """Write the model as one .npz without pickled objects."""
    words = orjson.dumps({"format": _FORMAT, "tags": model.tags, "vocabularies": model.vocabularies})
    parts: dict[str, Any] = {f"idf_{number}": idf for number, idf in enumerate(model.idf)}
    np.savez_compressed(
        path,
        words=np.frombuffer(words, np.uint8),
        weights=model.weights,
        bias=model.bias,
        thresholds=model.thresholds,
        always=np.asarray(model.always),
        **parts,
    )


def load(path: Path) -> Tagger:
    """Read a saved model. InputError where the file is none; UsageError without scikit-learn (extra `train`)."""
    try:
        import sklearn  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "a trained model needs scikit-learn", where=str(path), mend="pip install 'mapae[train]'"
        ) from error
    try:
        with np.load(path, allow_pickle=False) as held:
            words = orjson.loads(held["words"].tobytes())
            if words["format"] != _FORMAT:
                raise ValueError(f"format {words['format']}")
            vocabularies = tuple(tuple(part) for part in words["vocabularies"])
            model = Tagger(
                tuple(words["tags"]), vocabularies, tuple(held[f"idf_{n}"] for n in range(len(vocabularies))),
                held["weights"], held["bias"], held["thresholds"], bool(held["always"]),
            )  # fmt: skip
            if model.weights.shape != (sum(map(len, vocabularies)), len(model.tags)):
                raise ValueError("its parts do not fit together")
            return model
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise InputError(
            f"this is no trained model: {error}", where=str(path), mend="train it anew: mapae train --help"
        ) from error


def _vectorizer(name: str, terms: Sequence[str], idf: Floats) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    made = TfidfVectorizer(vocabulary={term: at for at, term in enumerate(terms)}, **WORD_SETTINGS[name])
    made.idf_ = idf
    return made

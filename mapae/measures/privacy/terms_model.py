"""A trained model of unfair clauses: one linear score a category, calibrated; read and written without pickles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from mapae.errors import InputError, UsageError
from mapae.measures.privacy.segments import Segment
from mapae.measures.privacy.terms_features import Weights, counted, weighed
from mapae.measures.privacy.terms_rules import ClauseRules

__all__ = ["CARD", "FILE", "TAGS", "TermsModel", "chances", "load_model", "need_sklearn", "save_model"]

FILE, CARD = "terms.npz", "model.yaml"
TAGS = (
    "a",
    "ch",
    "cr",
    "j",
    "law",
    "ltd",
    "ter",
    "use",
    "pinc",
)  # of CLAUDETTE: arbitration … privacy included
_FORMAT = 1


@dataclass(frozen=True)
class TermsModel:
    """slopes: features × tags, offsets: tags. A sentence is a clause of its best tag where that score reaches
    `threshold`; scale (a, b): the probability that it is unfair, 1 / (1 + exp(−(a·score + b)))."""

    weights: Weights
    slopes: npt.NDArray[np.float32]
    offsets: npt.NDArray[np.float32]
    scale: npt.NDArray[np.float32]
    threshold: float

    def find(
        self, cut: Sequence[Segment], text: str, rules: Sequence[ClauseRules]
    ) -> Iterator[tuple[Segment, str, float]]:
        """Sentences of one document that the model takes for unfair, with the tag and the probability."""
        if not cut:
            return
        texts = [text[item.start : item.end] for item in cut]
        scores = weighed(counted(texts, [""] * len(texts), rules), self.weights) @ self.slopes + self.offsets
        best = scores.max(axis=1)
        for item, tag, score, chance in zip(
            cut, scores.argmax(axis=1), best, chances(best, self.scale), strict=True
        ):
            if score >= self.threshold:
                yield item, TAGS[tag], float(chance)


def chances(best: npt.NDArray[Any], scale: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Probabilities of being unfair, from the best scores of sentences."""
    found: npt.NDArray[np.float64] = 1 / (1 + np.exp(-(best * scale[0] + scale[1])))
    return found


def need_sklearn() -> None:
    """UsageError where scikit-learn is not installed."""
    if find_spec("sklearn") is None:
        raise UsageError("scikit-learn is not installed", where="terms", mend="pip install 'mapae[train]'")


def save_model(model: TermsModel, folder: Path, card: dict[str, object]) -> None:
    """Write terms.npz and model.yaml."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = {name: getattr(model.weights, name) for name in model.weights.__dataclass_fields__}
    np.savez_compressed(
        folder / FILE, format=_FORMAT, slopes=model.slopes.astype(np.float16), offsets=model.offsets, scale=model.scale,
        threshold=model.threshold, **parts,
    )  # fmt: skip
    (folder / CARD).write_text(yaml.safe_dump(card, sort_keys=False, allow_unicode=True), "utf-8")


def load_model(folder: Path) -> TermsModel:
    """The model of a folder of `mapae train terms`. InputError where there is none or it is of another form."""
    need_sklearn()
    try:
        with np.load(folder / FILE, allow_pickle=False) as file:
            if int(file["format"]) != _FORMAT:
                raise ValueError(f"format {int(file['format'])}")
            weights = Weights(*(file[name] for name in Weights.__dataclass_fields__))
            slopes = file["slopes"].astype(np.float32)
            return TermsModel(weights, slopes, file["offsets"], file["scale"], float(file["threshold"]))
    except (OSError, KeyError, ValueError) as error:
        raise InputError(
            f"no model of terms can be read: {error}",
            where=str(folder / FILE),
            mend="train it with mapae train terms",
        ) from error

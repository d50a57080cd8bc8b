"""The model of categories: multinomial logistic regression over features, on top of the cues' sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mapae.errors import PackError
from mapae.measures.helpline.cues import CATEGORIES
from mapae.measures.helpline.features import WIDTH, Sample, Table, column, matrix, pieces

__all__ = [
    "FILE",
    "FLAT",
    "SHARE",
    "CategoryModel",
    "fit",
    "load",
    "read_weights",
    "save",
    "solved",
    "write_weights",
]

FILE = "model.npz"
# of the cues' sums beside the model: cross-validation sees no difference from .3 to .9, labelled lots like .6 to .9 best
SHARE = 0.7
Floats = npt.NDArray[np.float32]
Sums = npt.NDArray[np.float64]
# steps at most; and the slope from which on more of them would change nothing that is saved (weights are whole numbers there)
_STEPS, FLAT = 1_000, 0.005
_POWERS = 20


@dataclass(frozen=True)
class CategoryModel:
    """weights: WIDTH × categories (order of CATEGORIES), in the unit of the cues' weights."""

    weights: Floats

    def added(self, item: Sample, sums: Mapping[str, float]) -> dict[str, float]:
        """The cues' sums, at their share, and what the sample speaks for, by category."""
        told = (matrix([item]) @ self.weights)[0].tolist()
        return {name: SHARE * sums[name] + more for name, more in zip(CATEGORIES, told, strict=True)}

    def telling(self, item: Sample, category: str, most: int = 3) -> tuple[tuple[int, int], ...]:
        """Places (start, end) of the pieces that speak most for the category, in text order, none inside another."""
        weights = self.weights[:, CATEGORIES.index(category)]
        found: list[tuple[int, int]] = []
        for piece in sorted(set(pieces(item.text)), key=lambda piece: (-weights[column(piece)], piece)):
            shown = piece.strip("^*").strip()
            start = item.text.find(shown)
            end = start + len(shown)
            if len(found) == most or weights[column(piece)] <= 0:
                break
            if start >= 0 and len(shown) > 1 and all(end <= first or start >= last for first, last in found):
                found.append((start, end))
        return tuple(sorted(found))


def fit(table: Table, alike: Floats, labels: Sequence[int], offsets: Sums, l2: float) -> CategoryModel:
    """Weights with the least loss given what the cues say already.

    alike: the table's products. labels: number of the category in CATEGORIES, one a sample. offsets: samples × categories,
    the cues' sums at their SHARE. l2: weight of the squared weights beside the summed loss.
    """
    return CategoryModel(table.summed(solved(alike, labels, offsets, l2)))


def solved(alike: Floats, labels: Sequence[int], offsets: Sums, l2: float, flat: float = FLAT) -> Floats:
    """What each sample adds to the weights (samples × labels), from the samples' products with each other.

    offsets: samples × labels, what speaks for each label already.

    Samples are fewer than columns, so this is the smaller of two ways to the same weights. Accelerated descent from
    nothing until no slope is steeper than `flat`, so that the same text gives the same weights.
    """
    wanted = np.eye(offsets.shape[1], dtype=np.float32)[np.asarray(labels, np.intp)]
    given = offsets.astype(np.float32)
    step = np.float32(1.0 / (l2 + 0.5 * _steepest(alike)))
    now: Floats = np.zeros_like(wanted)
    before = now
    for number in range(_STEPS):
        ahead: Floats = now + np.float32(number / (number + 3)) * (now - before)
        slope: Floats = _shares(given + alike @ ahead) - wanted + np.float32(l2) * ahead
        before, now = now, (ahead - step * slope).astype(np.float32)
        if np.abs(slope).max() < flat:
            break
    return now


def _steepest(alike: Floats) -> float:
    """The greatest eigenvalue, a little above it, by repeated multiplication."""
    vector = np.ones(len(alike), np.float32)
    for _ in range(_POWERS):
        vector = alike @ (vector / np.linalg.norm(vector))
    return 1.05 * float(np.linalg.norm(vector))


def _shares(sums: Floats) -> Floats:
    raised = np.exp(sums - sums.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares


def save(model: CategoryModel, path: Path) -> None:
    """Write the weights as whole numbers −127 to 127 and a scale a category."""
    write_weights(model.weights, path)


def load(path: Path) -> CategoryModel | None:
    """The model as saved; None where there is no such file. PackError where it is of another shape."""
    weights = read_weights(path, len(CATEGORIES))
    return None if weights is None else CategoryModel(weights)


def write_weights(weights: Floats, path: Path) -> None:
    """Write WIDTH × labels as whole numbers −127 to 127 and a scale a label."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    np.savez_compressed(path, weights=np.rint(weights / scale).astype(np.int8), scale=scale)


def read_weights(path: Path, labels: int) -> Floats | None:
    """WIDTH × labels as written; None where there is no such file. PackError where it is of another shape."""
    if not path.is_file():
        return None
    with np.load(path) as found:
        weights: Floats = found["weights"].astype(np.float32) * found["scale"].astype(np.float32)
    if weights.shape != (WIDTH, labels):
        raise PackError(
            f"the model has the shape {weights.shape}, not {(WIDTH, labels)}",
            where=str(path),
            mend="train it anew: python -m tools.helpline_model",
        )
    return weights

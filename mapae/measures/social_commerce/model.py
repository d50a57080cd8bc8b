"""A linear model of posts that sell over hashed runs of letters: what word lists miss in new wordings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mapae.detect.kernels.units import units
from mapae.detect.linking.units import character_kinds
from mapae.errors import PackError
from mapae.text.fold import fold_cells

__all__ = ["FILE", "PostModel", "fit", "load", "runs", "save"]

FILE = "social/posts.npz"
SIZE = 1 << 15  # columns of hashed runs
L2 = 0.1  # weight of the squared weights beside the summed loss: best when a lot of examples is held out
_STEPS = 600
_READ = 1200  # characters of a post
_SELDOM = 2  # runs of fewer examples say nothing
_BIAS = 0.5
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Runs:
    """Runs of letters of n texts: columns and weights (1 + ln count) end to end, ends: n + 1 places."""

    columns: npt.NDArray[np.int64]
    weights: Floats
    ends: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ends) - 1


@dataclass(frozen=True)
class PostModel:
    """rarity: of each run (0: not met in the examples); weights: SIZE and the bias last."""

    rarity: Floats
    weights: Floats

    def margins(self, texts: pa.Array) -> Floats:
        """How much each text speaks for a post that sells: above 0 for, below against."""
        found = runs(texts)
        scaled = found.weights * self.rarity[found.columns]
        owner = np.repeat(np.arange(len(found)), np.diff(found.ends))
        size = np.sqrt(np.bincount(owner, scaled**2, len(found)))
        told = np.bincount(owner, scaled * self.weights[found.columns], len(found))
        margins: Floats = (told / np.maximum(size, 1e-9) + _BIAS * self.weights[-1]).astype(np.float32)
        return margins


def runs(texts: pa.Array) -> Runs:
    """Hashed runs of letters of folded texts, every digit as 0: an amount is an amount whatever it is."""
    empty = pa.array([""] * len(texts), pa.large_string())
    folded = fold_cells([texts.cast(pa.large_string()), empty]).channels[0]
    data = folded.data.copy()
    data[(data >= 0x31) & (data <= 0x39)] = 0x30
    ids, _, times, ends = units(data, folded.offsets, character_kinds(), _READ)
    weights = (1 + np.log(np.maximum(times, 1))).astype(np.float32)
    return Runs(ids.astype(np.int64) % SIZE, weights, np.asarray(ends, np.int64))


def fit(texts: Sequence[str], sells: Sequence[bool]) -> PostModel:
    """Weights with the least logistic loss, by accelerated descent over the texts' products: the same text gives the same."""
    found = runs(pa.array(texts, pa.large_string()))
    table = np.zeros((len(found), SIZE), np.float32)
    owner = np.repeat(np.arange(len(found)), np.diff(found.ends))
    np.add.at(table, (owner, found.columns), found.weights)
    held = (table > 0).sum(0)
    rarity = (np.log((1 + len(found)) / (1 + held)) + 1).astype(np.float32)
    rarity[held < _SELDOM] = 0
    table *= rarity
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    table = np.hstack([table, np.full((len(found), 1), _BIAS, np.float32)])
    products, wanted = (table @ table.T).astype(np.float64), np.asarray(sells, float)
    step = 1 / (L2 + 0.25 * float(np.linalg.norm(products, np.inf)))
    now = before = np.zeros(len(found))
    for number in range(_STEPS):
        ahead = now + number / (number + 3) * (now - before)
        slope = 1 / (1 + np.exp(-(products @ ahead))) - wanted + L2 * ahead
        now, before = ahead - step * slope, now
    return PostModel(rarity, (table.T @ now).astype(np.float32))


def save(model: PostModel, path: Path) -> None:
    """Write the weights as whole numbers −127 to 127 and their scale, the rarities as half floats."""
    scale = float(np.abs(model.weights).max()) / 127
    whole = np.rint(model.weights / scale).astype(np.int8)
    np.savez_compressed(path, weights=whole, scale=np.float32(scale), rarity=model.rarity.astype(np.float16))


def load(path: Path) -> PostModel | None:
    """The model as saved; None where there is no such file. PackError where it is of another shape."""
    if not path.is_file():
        return None
    with np.load(path) as found:
        weights = found["weights"].astype(np.float32) * found["scale"]
        rarity = found["rarity"].astype(np.float32)
    if weights.shape != (SIZE + 1,) or rarity.shape != (SIZE,):
        raise PackError(
            "the model has another shape", where=str(path), mend="train it anew: python -m tools.posts_model"
        )
    return PostModel(rarity, weights)

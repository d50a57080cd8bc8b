"""A LightGBM model of two classes as flat arrays, summed by a compiled loop over small integers: the same scores sooner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.detect.kernels.forest import LOWEST, sums
from mapae.errors import InputError

__all__ = ["Forest", "Places", "plain_sums"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.unsignedinteger[Any]]  # of 8 bits, or 16 where a feature has more than 255 thresholds
_MOST_LEAVES = 32


@dataclass(frozen=True)
class _Tree:
    """As LightGBM saves it: inner nodes from 0, leaf n as ~n; up to the threshold a row goes left."""

    feature: list[int]
    threshold: list[float]
    left: list[int]
    right: list[int]
    leaves: list[float]

    def splits(self) -> Iterator[tuple[int, float]]:
        """Feature and threshold of each inner node."""
        return zip(self.feature, self.threshold, strict=True)


@dataclass(frozen=True)
class Forest:
    """cuts: thresholds of each feature, ascending. Nodes of all trees in a row, tree t from starts[t]: feature, cut (the
    number of its threshold), kept (leaves that are left where a value is above it). leaves: (trees, 32) values."""

    cuts: tuple[Floats, ...]
    feature: npt.NDArray[np.int32]
    cut: Places
    kept: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.int32]
    leaves: Floats

    @staticmethod
    def read(model: str) -> Forest:
        """From the text that LightGBM saves. InputError for categories, linear leaves and trees of more than 32 leaves,
        which the loop does not know."""
        trees = list(_trees(model))
        features = int(_value(model, "max_feature_idx")) + 1
        every: list[set[float]] = [set() for _ in range(features)]
        for number, threshold in (pair for tree in trees for pair in tree.splits()):
            every[number].add(threshold)
        cuts = tuple(np.array(sorted(values)) for values in every)
        width = np.uint8 if max(map(len, cuts), default=0) < 256 else np.uint16
        cut = [cuts[number].searchsorted(threshold) for tree in trees for number, threshold in tree.splits()]
        return Forest(
            cuts,
            np.array([number for tree in trees for number in tree.feature], np.int32),
            np.array(cut).astype(width),
            np.array([mask for tree in trees for mask in _kept(tree)], np.uint32),
            np.cumsum([0, *(len(tree.feature) for tree in trees)], dtype=np.int32),
            np.array([_laid_out(tree) for tree in trees]),
        )

    def places(self, feature: int, values: Floats) -> Places:
        """How many thresholds of a feature lie below each value (no NaN): all that the trees ask of it."""
        return self.cuts[feature].searchsorted(values).astype(self.cut.dtype)

    def chances(self, table: Places) -> Floats:
        """Probability of the second class of each row, from a contiguous (features, rows) table of places."""
        found = np.zeros(table.shape[1])
        sums(table, self.feature, self.cut, self.kept, self.starts, self.leaves, found)
        return 1.0 / (1.0 + np.exp(-found))


def plain_sums(model: str, rows: Floats) -> list[float]:
    """What `sums` gives, row by row in plain Python from the text that LightGBM saves."""
    found, trees = [], list(_trees(model))
    for row in rows:
        total = 0.0
        for tree in trees:
            at = 0 if tree.feature else ~0
            while at >= 0:
                at = tree.right[at] if row[tree.feature[at]] > tree.threshold[at] else tree.left[at]
            total += tree.leaves[~at]
        found.append(total)
    return found


def _trees(model: str) -> Iterator[_Tree]:
    for block in model.split("\nTree=")[1:]:
        tree = dict(line.split("=", 1) for line in block.splitlines()[1:] if "=" in line)
        feature, left, right = (
            [int(word) for word in tree.get(name, "").split()]
            for name in ("split_feature", "left_child", "right_child")
        )
        threshold, leaves = (
            [float(word) for word in tree.get(name, "").split()] for name in ("threshold", "leaf_value")
        )
        known = tree.get("num_cat") == "0" and tree.get("is_linear", "0") == "0"
        if not known or len(leaves) > _MOST_LEAVES:
            raise InputError(
                f"the trees split by categories, have linear leaves or more than {_MOST_LEAVES} of them",
                where="model",
                mend="train it anew on numbers",
            )
        yield _Tree(feature, threshold, left, right, leaves)


def _value(model: str, name: str) -> str:
    return model.split(f"\n{name}=", 1)[1].split("\n", 1)[0]


def _in_order(tree: _Tree, node: int) -> list[int]:
    """The leaves below a node from left to right."""
    if node < 0:
        return [~node]
    return _in_order(tree, tree.left[node]) + _in_order(tree, tree.right[node])


def _kept(tree: _Tree) -> list[int]:
    """One mask a node: without the bits of the leaves on its left, the leftmost leaf of the tree being the lowest bit."""
    bit = {leaf: 1 << at for at, leaf in enumerate(_in_order(tree, 0))} if tree.feature else {}
    return [0xFFFFFFFF - sum(bit[leaf] for leaf in _in_order(tree, left)) for left in tree.left]


def _laid_out(tree: _Tree) -> list[float]:
    """Leaf values where the loop looks for the bit of each leaf."""
    values = [0.0] * _MOST_LEAVES
    for at, leaf in enumerate(_in_order(tree, 0 if tree.feature else ~0)):
        values[((LOWEST << at) & 0xFFFFFFFF) >> 27] = tree.leaves[leaf]
    return values

"""A LightGBM model of two classes as flat arrays, summed by a compiled loop: the same scores at a third of the time."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.detect.kernels.forest import sums
from mapae.errors import InputError

__all__ = ["Forest", "plain_sums"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Forest:
    """Nodes of all trees in a row, each tree from its root on, both children of a node side by side."""

    feature: npt.NDArray[np.int32]
    threshold: Floats
    child: npt.NDArray[np.int32]
    value: Floats
    roots: npt.NDArray[np.int32]
    depths: npt.NDArray[np.int32]

    @staticmethod
    def read(model: str) -> Forest:
        """From the text that LightGBM saves. InputError for categories and linear leaves, which the loop does not know."""
        nodes: list[tuple[int, float, int, float]] = []
        roots, depths = [], []
        for block in model.split("\nTree=")[1:]:
            tree = dict(line.split("=", 1) for line in block.splitlines()[1:] if "=" in line)
            if tree.get("num_cat") != "0" or tree.get("is_linear", "0") != "0":
                raise InputError(
                    "the trees split by categories or have linear leaves",
                    where="model",
                    mend="train it anew on numbers",
                )
            roots.append(len(nodes))
            depths.append(_lay_out(tree, nodes))
        feature, threshold, child, value = zip(*nodes, strict=True)
        return Forest(
            np.array(feature, np.int32), np.array(threshold), np.array(child, np.int32), np.array(value),
            np.array(roots, np.int32), np.array(depths, np.int32),
        )  # fmt: skip

    def chances(self, rows: Floats) -> Floats:
        """Probability of the second class for rows (n, features) without NaN."""
        found = np.zeros(len(rows))
        sums(
            np.ascontiguousarray(rows), self.feature, self.threshold, self.child, self.value, self.roots,
            self.depths, found,
        )  # fmt: skip
        return 1.0 / (1.0 + np.exp(-found))


def plain_sums(forest: Forest, rows: Floats) -> list[float]:
    """What `sums` gives, row by row in plain Python."""
    found = []
    for row in rows:
        total = 0.0
        for root in forest.roots:
            at = int(root)
            while forest.child[at] != at:
                at = int(forest.child[at]) + bool(row[forest.feature[at]] > forest.threshold[at])
            total += float(forest.value[at])
        found.append(total)
    return found


def _lay_out(tree: Mapping[str, Any], nodes: list[tuple[int, float, int, float]]) -> int:
    """Append a tree's nodes breadth first; how deep it is. LightGBM numbers inner nodes from 0 and leaf n as ~n."""
    feature, left, right = (
        [int(word) for word in tree.get(name, "").split()]
        for name in ("split_feature", "left_child", "right_child")
    )
    threshold, leaves = (
        [float(word) for word in tree.get(name, "").split()] for name in ("threshold", "leaf_value")
    )
    waiting, free, deepest = deque([(0 if feature else ~0, 0)]), len(nodes) + 1, 0
    while waiting:
        number, depth = waiting.popleft()
        deepest = max(deepest, depth)
        if number < 0:
            nodes.append((0, np.inf, len(nodes), leaves[~number]))
            continue
        nodes.append((feature[number], threshold[number], free, 0.0))
        waiting.extend(((left[number], depth + 1), (right[number], depth + 1)))
        free += 2
    return deepest

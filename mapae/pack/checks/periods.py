"""Periods of one entry must run forward and must not overlap (drafts and bills may stand beside law in force)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mapae.model.law import Dated
from mapae.pack.nodes import Node
from mapae.pack.problem import Problem

__all__ = ["check_periods"]


def check_periods(versions: Sequence[tuple[Node, Dated]]) -> list[Problem]:
    """Faults of periods sorted by their first day."""
    found = [
        node.problem(
            f"the period ends ({dated.valid_to}) before it begins ({dated.valid_from})",
            "swap or mend the days",
        )
        for node, dated in versions
        if dated.valid_to is not None and dated.valid_to < dated.valid_from
    ]
    for group in (("in_force", "promulgated_not_in_force"), ("draft",), ("bill",)):
        chosen = [(node, dated) for node, dated in versions if dated.status in group]
        for (_, first), (node, second) in pairwise(chosen):
            if first.valid_to is None or first.valid_to >= second.valid_from:
                found.append(
                    node.problem(
                        f"the period from {second.valid_from} overlaps the one from {first.valid_from}",
                        f"close the earlier one: to: the day before {second.valid_from}",
                    )
                )
    return found

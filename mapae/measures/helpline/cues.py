"""Cues of a message: which facts it tells, where, and which categories they speak for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

__all__ = ["CATEGORIES", "Cue", "CueReader"]

CATEGORIES = (
    "delivery refund_delay cancellation_refused defective not_as_described counterfeit unsafe_product personal_data "
    "unfair_terms overcharge fraud age_restricted advertising service_unreachable other"
).split()


@dataclass(frozen=True, slots=True)
class Cue:
    """A fact told at start:end, the categories it speaks for by weight, and whether it tells of harm."""

    key: str
    start: int
    end: int
    weights: Mapping[str, float]
    hazard: bool


@dataclass(frozen=True)
class CueReader:
    """Reads cues by the pack's helpline/cues.yaml."""

    rows: Sequence[Mapping[str, Any]]

    @cached_property
    def _patterns(self) -> tuple[tuple[Mapping[str, Any], re.Pattern[str]], ...]:
        return tuple((row, re.compile("|".join(row["words"]))) for row in self.rows)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Keys of all cues, in order."""
        return tuple(row["key"] for row in self.rows)

    def read(self, text: str) -> tuple[Cue, ...]:
        """Every cue of the (lowered) text, each at its first place."""
        found = []
        for row, pattern in self._patterns:
            if match := pattern.search(text):
                found.append(Cue(row["key"], match.start(), match.end(), row["for"], bool(row.get("hazard"))))
        return tuple(found)


def scores(cues: Sequence[Cue]) -> dict[str, float]:
    """Sum of the cues' weights by category."""
    sums = dict.fromkeys(CATEGORIES, 0.0)
    for cue in cues:
        for name, weight in cue.weights.items():
            sums[name] += weight
    return sums

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


# A fact said not to be so ("it is not broken", "고장은 아니고", "没坏"): looked for in rows that carry `deniable`.
_BEFORE = re.compile(
    r"(?:\b(?:not|n't|never|nor|neither|without|no|nothing is|nothing was)\s(?:a |an |really |actually |even )?"
    r"|不是|并非|不算|没有?|并不)$"
)
_BEHIND = re.compile(
    r"^(?:이|가|은|는|도|난|나거나|난다거나|인|된|한)?\s?(?:건|것|게)?(?:은|는|도)?\s?아(?:니(?![냐에]|가요)|닙니다(?!만\?)|님)"
    r"|^(?:\s?(?:사람|데|곳|일|것|건|증상))?(?:은|는|이|가|도)?\s?(?:전혀\s?|딱히\s?)?(?:없(?!어졌|애)|안\s?(?:났|다쳤|생겼|입었))"
    r"|^지(?:는|도)?\s?않"
)


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
        """Every cue of the (lowered) text, each at its first place where it is not denied."""
        found = []
        for row, pattern in self._patterns:
            told = pattern.finditer(text)
            if match := next((one for one in told if not (row.get("deniable") and _denied(text, one))), None):
                found.append(Cue(row["key"], match.start(), match.end(), row["for"], bool(row.get("hazard"))))
        return tuple(found)


def _denied(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 24) : match.start()]
    return bool(_BEFORE.search(before) or _BEHIND.search(text[match.end() : match.end() + 12]))


def scores(cues: Sequence[Cue]) -> dict[str, float]:
    """Sum of the cues' weights by category."""
    sums = dict.fromkeys(CATEGORIES, 0.0)
    for cue in cues:
        for name, weight in cue.weights.items():
            sums[name] += weight
    return sums

"""Names across Hangul, Hanja and Hanzi, and Latin letters: one firm, brand or person, or two."""

from __future__ import annotations

from dataclasses import dataclass

from mapae.errors import UsageError
from mapae.text.names.firm import compare_brands, compare_firms
from mapae.text.names.person import compare_persons

__all__ = ["KINDS", "NameMatch", "compare"]

KINDS = ("firm", "brand", "person_seller")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """Whether two names are one, how sure (0–1), and why in plain words."""

    same: bool
    score: float
    reasons: tuple[str, ...]


def compare(a: str, b: str, kind: str) -> NameMatch:
    """Compare two names of a kind: firm, brand, or person_seller (UsageError for another)."""
    if not any(char.isalnum() for char in a) or not any(char.isalnum() for char in b):
        return NameMatch(False, 0.0, ("a name without letters",))
    if kind == "person_seller":
        person = compare_persons(a, b)
        return NameMatch(person.same, person.score, (person.reason,))
    if kind in KINDS:
        verdict = (compare_brands if kind == "brand" else compare_firms)(a, b)
        return NameMatch(verdict.same, round(verdict.score, 3), verdict.reasons)
    raise UsageError(
        f"there is no kind of name {kind!r}", where="kind", mend=f"kinds are: {', '.join(KINDS)}"
    )

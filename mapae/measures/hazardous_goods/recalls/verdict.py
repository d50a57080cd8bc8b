"""What a listing and a recall come to: signs with their worth, their sum, and what spoke against."""

from __future__ import annotations

from dataclasses import dataclass, field

from mapae.measures.hazardous_goods.recalls.view import Place

__all__ = ["POSSIBLE", "THRESHOLD", "Evidence", "Verdict", "scaled", "told"]

THRESHOLD = 1.9
POSSIBLE = 0.9  # kept in high-recall mode


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign: its place (None: a field as a whole), what of the notice it is, a plain sentence, its worth."""

    place: Place | None
    matched: str
    detail: str
    worth: float
    field: str = "title"


@dataclass
class Verdict:
    """The sum and its parts; `against` says what spoke against, for those who look into a score.

    modelled: a model of the notice is named; proven: that, the article number, or a serial, lot or date within;
    named: most of the product's name and the model year stand in the listing.
    """

    score: float = 0.0
    evidence: list[Evidence] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    modelled: bool = False
    proven: bool = False
    named: bool = False

    def add(self, item: Evidence) -> None:
        """Count a sign and keep it as a reason."""
        self.score += item.worth
        self.evidence.append(item)

    def less(self, worth: float, why: str) -> None:
        """Count something against."""
        self.score -= worth
        self.against.append(why)


def scaled(worth: float) -> float:
    """A verdict's sum as the score of a finding, 0.05 to 1."""
    return round(min(1.0, max(0.05, worth / 4)), 3)


def told(notice: str, day: str, title: str, hazard: str) -> str:
    """What the detail of a reason says of the notice."""
    return f"{notice}, {day}: {title} ({hazard.replace('_', ' ')})"

"""The category of a message: cues weighed, and corrected by a trained model where there is one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from mapae.measures.helpline.cues import CATEGORIES, Cue, scores
from mapae.measures.helpline.features import Sample, is_short
from mapae.measures.helpline.operators import Operator

if TYPE_CHECKING:
    from mapae.measures.helpline.model import CategoryModel

__all__ = ["OF_OWN_WILL", "Categories", "Category", "days_of", "sums_of"]

# money is owed back only after a withdrawal was accepted, goods were returned, or none can be supplied (ECA Art. 18, 15)
_REFUND_GROUNDS = ("refund_promised", "returned_goods", "supply_failed")
# a withdrawal is of goods as they were promised; that a return is refused says nothing by itself where they were not
_WITHDRAWAL_GROUNDS = (
    "change_of_mind",
    "unopened",
    "cancel_asked",
    "cancel_denied",
    "cancelled_early",
    "excluded_goods",
)
OF_OWN_WILL = frozenset({"change_of_mind", "unopened", "cancelled_early", "excluded_goods"})
_MISMATCH = (
    "differs",
    "used_goods",
    "other_material",
    "false_figure",
    "broken",
    "came_broken",
    "fake",
    "injury",
    "fire",
)
_NO_GROUND, _GONE = 2.5, 6.0
_ALIKE = 1.5  # by how much shares are evened out before they are put together: best by cross-validation for the right
# matters of a practice as such, rare among messages: a line or two that has no word of theirs is about something else
_BY_WORD = ("advertising", "unfair_terms", "age_restricted")


@dataclass(frozen=True, slots=True)
class Category:
    """A category with its confidence (0–1), the one that came next, and places of the words that told the model so."""

    name: str
    confidence: float
    second: str
    words: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Categories:
    """Decides by the sum of the cues' weights and what the record's own fields say, and by the model where there is one.

    rights: the consumer's right by category. The right is decided first, by the shares of all categories that give it: a
    message torn between two of one right is no message of a third.
    """

    model: CategoryModel | None = None
    rights: Mapping[str, str] = field(default_factory=dict)

    def decide(self, cues: Sequence[Cue], item: Sample, operator: Operator | None) -> Category:
        """The category with the highest sum that can be meant and gives the likeliest right; confidence is its share after a
        softmax."""
        sums = sums_of(cues, item.days, operator)
        if self.model is not None:
            sums = self.model.added(item, sums)
        unsaid = _unsaid(cues, item.text)
        right = self._likeliest({name: sums[name] for name in CATEGORIES if name not in unsaid})
        order = sorted(CATEGORIES, key=lambda name: (name in unsaid, self._right(name) != right, -sums[name]))
        second = max(order[1:], key=lambda name: (name not in unsaid, sums[name]))
        shares = {name: math.exp(sums[name]) for name in order}
        words = self.model.telling(item, order[0]) if self.model is not None else ()
        return Category(order[0], shares[order[0]] / sum(shares.values()), second, words)

    def _likeliest(self, sums: Mapping[str, float]) -> str:
        """The right whose categories have the greatest share together, of shares made a little more alike."""
        together: dict[str, float] = {}
        for name, each in sums.items():
            together[self._right(name)] = together.get(self._right(name), 0.0) + math.exp(each / _ALIKE)
        return max(together, key=lambda right: together[right])

    def _right(self, category: str) -> str:
        return self.rights.get(category, "none") if self.rights else category


def sums_of(cues: Sequence[Cue], days: str, operator: Operator | None) -> dict[str, float]:
    """Sum of the weights by category, of the cues and of what the record's days and service speak for."""
    sums = scores(cues)
    for name, weight in _fields(days, operator).items():
        sums[name] += weight
    told = {cue.key for cue in cues}
    if not told.intersection(_REFUND_GROUNDS):
        sums["refund_delay"] -= _NO_GROUND
    if told.intersection(_MISMATCH) and not told.intersection(_WITHDRAWAL_GROUNDS):
        sums["cancellation_refused"] -= _NO_GROUND
    if operator is None and "site_gone" in told:  # whoever sold there cannot be asked any more
        sums["fraud"] += _GONE
    return sums


def _unsaid(cues: Sequence[Cue], text: str) -> tuple[str, ...]:
    """Rare categories that no cue of a short text speaks for; none of ours where a cue speaks for one that is."""
    if not is_short(text):
        return ()
    told = {name for cue in cues for name, weight in cue.weights.items() if weight > 0}
    return tuple(name for name in (*_BY_WORD, *(("other",) if told else ())) if name not in told)


def days_of(purchased: date | None, delivered: date | None) -> str:
    """Which days a record carries: `delivered`, `bought`, or `none`."""
    if delivered is not None:
        return "delivered"
    return "bought" if purchased is not None else "none"


def _fields(days: str, operator: Operator | None) -> dict[str, float]:
    """What the days and the service of the record speak for."""
    found: dict[str, float] = {}
    if days == "delivered":
        found |= {"delivery": -2.0, "not_as_described": 0.2, "defective": 0.2}
    elif days == "bought":
        found |= {"delivery": 0.5, "cancellation_refused": 0.2, "refund_delay": 0.3, "defective": -0.8}
    else:
        if days:
            found |= {"defective": -0.8, "not_as_described": -0.8}
        found["other"] = 0.4 if operator is None else 0.0
    if operator is not None:
        found["other"] = found.get("other", 0.0) - 1.5
    return found

"""A market whose firms' amounts are known, bounded or missing: a box of amounts, the rest of the market, its total."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from mapae.errors import InputError

__all__ = ["Box", "Point", "make_box"]

Amount = Fraction
_FAR = (
    10**9
)  # a missing amount may be this many times all that is known: shares come as near to 0 and 100 % as matters
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Point:
    """One way the market may be: an amount for each firm, and what belongs to no listed firm."""

    amounts: tuple[Amount, ...]
    rest: Amount

    @property
    def total(self) -> Amount:
        """All of the market."""
        return sum(self.amounts, self.rest)


@dataclass(frozen=True, slots=True)
class Box:
    """Firms (affiliates already added up) with the least and greatest amount of each.

    rest: what belongs to no listed firm, never counted as one firm. total: least and greatest size of the market.
    open: firms whose amount has no upper bound of its own. Amounts in any one unit; exact.
    """

    names: tuple[str, ...]
    low: tuple[Amount, ...]
    high: tuple[Amount, ...]
    rest: tuple[Amount, Amount]
    total: tuple[Amount, Amount]
    open: frozenset[int] = frozenset()

    @property
    def known(self) -> bool:
        """Whether there is but one way the market may be."""
        return self.low == self.high and self.point(self.low) == self.point(self.low, most=True)

    @property
    def unknown(self) -> tuple[int, ...]:
        """Firms whose amount is not one number."""
        return tuple(at for at, low in enumerate(self.low) if low < self.high[at])

    def point(self, amounts: Sequence[Amount], *, most: bool = False) -> Point | None:
        """These amounts with the least (or most) rest that the total allows; None where they do not fit."""
        have = sum(amounts, Fraction(0))
        least = max(self.rest[0], self.total[0] - have)
        greatest = min(self.rest[1], self.total[1] - have)
        return None if least > greatest else Point(tuple(amounts), greatest if most else least)

    def shares(self, at: int) -> tuple[Amount, Amount]:
        """Least and greatest share of a firm, as parts of one: exact over the whole box."""
        others_low = sum(self.low, self.rest[0]) - self.low[at]
        others_high = sum(self.high, self.rest[1]) - self.high[at]
        least = _share(self.low[at], others_low, others_high, self.total, greatest=False)
        return least, _share(self.high[at], others_low, others_high, self.total, greatest=True)

    def level(self, height: Amount, keep: dict[int, Amount] | None = None) -> list[Amount]:
        """Every firm as near to `height` as its bounds allow; those in `keep` at the amount given there."""
        held = keep or {}
        return [
            held[at] if at in held else min(max(height, low), self.high[at])
            for at, low in enumerate(self.low)
        ]

    def heights(self, keep: dict[int, Amount] | None = None) -> list[Amount]:
        """Heights at which something may change: bounds, fillings of the total, and a place between any two."""
        ends = sorted({*self.low, *self.high, *(keep or {}).values()})
        marks = set(ends)
        for left, right in pairwise(ends):
            marks |= self._fillings(left, right, keep)
        steps = sorted(marks)
        return sorted({*steps, *((a + b) * _HALF for a, b in pairwise(steps))})

    def _fillings(self, left: Amount, right: Amount, keep: dict[int, Amount] | None) -> set[Amount]:
        """Heights between two bounds at which the amounts meet what total and rest allow."""
        below, above = (sum(self.level(side, keep), Fraction(0)) for side in (left, right))
        wanted = (self.total[0] - self.rest[1], self.total[1] - self.rest[0])
        return {
            left + (right - left) * (want - below) / (above - below)
            for want in wanted
            if below < want < above
        }


def _share(
    own: Amount, others_low: Amount, others_high: Amount, total: tuple[Amount, Amount], *, greatest: bool
) -> Amount:
    """own ÷ (own + others) at its end, with own + others kept inside total."""
    if greatest:
        own = min(own, max(Fraction(0), total[1] - others_low))
        whole = max(own + others_low, total[0])
    else:
        own = max(own, total[0] - others_high)
        whole = min(own + others_high, total[1])
    return own / whole if whole else Fraction(0)


def make_box(
    firms: Iterable[tuple[str, Amount | None, Amount | None]],
    *,
    rest: tuple[Amount, Amount | None] = (Fraction(0), Fraction(0)),
    total: tuple[Amount, Amount] | None = None,
) -> Box:
    """A box from (name, least, greatest); None: not known (least 0, greatest unbounded or what the total leaves).

    InputError where no amounts within the bounds give the total.
    """
    rows = list(firms)
    low = tuple(least or Fraction(0) for _, least, _ in rows)
    known = sum(
        (most for _, _, most in rows if most is not None), sum(low, rest[0]) + (rest[1] or Fraction(0))
    )
    far = total[1] if total else _FAR * (known or Fraction(1))
    high = tuple(far if most is None else most for _, _, most in rows)
    free = frozenset(at for at, (_, _, most) in enumerate(rows) if most is None)
    ends = (rest[0], far if rest[1] is None else rest[1])
    whole = total or (Fraction(0), sum(high, ends[1]))
    box = Box(tuple(name for name, _, _ in rows), low, high, ends, whole, free)
    if sum(low, ends[0]) > whole[1] or sum(high, ends[1]) < whole[0]:
        raise InputError(
            "no amounts within their bounds add up to the total of the market",
            where=", ".join(box.names[:5]),
            mend="look at the total and at the least and greatest amounts",
        )
    return box

"""A market judged: shares with bounds, who is presumed dominant, concentration; the law's thresholds as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mapae.detect.markets.box import Box, make_box
from mapae.detect.markets.concentration import Bounds, cr, hhi_bounds
from mapae.detect.markets.entries import Entry, Market
from mapae.detect.markets.flips import Flip, flips
from mapae.detect.markets.presumed import Rule, Verdict, decide
from mapae.errors import FactError, InputError
from mapae.law import LawBook
from mapae.law.questions import Answer, answer

__all__ = ["THRESHOLDS", "JudgedFirm", "JudgedMarket", "box_of", "judge_market", "rule_at", "statute"]

THRESHOLDS = (
    "mrf.6.single_share",
    "mrf.6.joint_share",
    "mrf.6.joint_firms",
    "mrf.6.small_share",
    "mrf.6.small_sales",
)
_MOST_UNKNOWN = 6  # unknown amounts up to which flips are worked out for a firm


@dataclass(frozen=True)
class JudgedFirm:
    """A firm with its affiliates: share in per cent, sales in won where they are known, verdict, where it flips."""

    name: str
    firms: tuple[str, ...]
    share: tuple[Fraction, Fraction]
    sales: tuple[Fraction, Fraction] | None
    verdict: Verdict
    flips: tuple[Flip, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class JudgedMarket:
    """A market with its firms by share, concentration, and the box it was judged on. rule: as parts of one and won."""

    market: Market
    box: Box
    rule: Rule
    firms: tuple[JudgedFirm, ...]
    hhi: Bounds
    largest: Mapping[int, Bounds]

    @property
    def listed(self) -> tuple[Fraction, Fraction]:
        """Least and greatest part of the market (per cent) that the listed firms have."""
        whole = [
            point.total for point in (self.box.point(self.box.low), self.box.point(self.box.high)) if point
        ]
        if not whole or not all(whole):
            return Fraction(0), Fraction(100)
        sums = [
            Fraction(100) * sum(side) / total
            for side, total in zip((self.box.low, self.box.high), whole, strict=False)
        ]
        return min(sums), min(Fraction(100), max(sums))


_Row = tuple[str, Fraction | None, Fraction | None]  # a firm with its least and most


def rule_at(book: LawBook, as_of: date, *, won: bool) -> Rule:
    """The thresholds of MRF 6 on a day; the least sales only where amounts are won. FactError where none is law."""
    values = {key: book.value(key, as_of) for key in THRESHOLDS}
    missing = [key for key, value in values.items() if value is None]
    if missing:
        raise FactError(
            f"{missing[0]} has no value on {as_of}", where="--as-of", mend="take a day on which it is law"
        )
    single, joint, firms, small, sales = (values[key] for key in THRESHOLDS)
    percent = [Fraction(str(value)) / 100 for value in (single, joint, small)]
    return Rule(percent[0], percent[1], int(firms), percent[2], Fraction(str(sales)) if won else None)


def box_of(market: Market) -> Box:
    """The market's amounts with affiliates added up, its rest and its total. InputError where they do not fit."""
    rows: list[_Row] = [(name, *_added(entries)) for name, entries in market.groups().items()]
    rest = next((entry for entry in market.entries if entry.part == "rest"), None)
    total = next((entry for entry in market.entries if entry.part == "total"), None)
    left = (rest.low or Fraction(0)) if rest else Fraction(0)
    if market.unit == "%":
        whole = max(Fraction(100), sum((low or Fraction(0) for _, low, _ in rows), left))
        rows, others = _closed(rows, rest, whole)
        return make_box(rows, rest=others, total=(whole, whole))
    if total and total.low is not None and total.high is not None:
        rows, others = _closed(rows, rest, total.low) if total.low == total.high else (rows, (left, None))
        return make_box(rows, rest=others, total=(total.low, total.high))
    return make_box(rows, rest=(left, rest.high) if rest else (left, left))


def _closed(
    rows: list[_Row], rest: Entry | None, whole: Fraction
) -> tuple[list[_Row], tuple[Fraction, Fraction | None]]:
    """The rows, and least and most of what belongs to no listed firm (None: as much as the whole leaves).

    Where a row of all others stands and one firm alone is not known, the others have what their row says, but for
    rounding, and that firm what they leave of the whole.
    """
    left = (rest.low or Fraction(0)) if rest else Fraction(0)
    unknown = [at for at, (_, low, high) in enumerate(rows) if low is None or low != high]
    if rest is None or rest.low is None or rest.low != rest.high or len(unknown) != 1:
        return rows, (left, None)
    known = [left, *(low for _, low, high in rows if low is not None and low == high)]
    slack = (len(known) + 1) * _grain([*known, whole]) / 2
    name, least, most = rows[unknown[0]]
    over = whole - sum(known, Fraction(0))
    low, high = (
        max(over - slack, least or Fraction(0)),
        over + slack if most is None else min(over + slack, most),
    )
    if high < low or high <= 0:
        return rows, (left, None)
    rows = [(name, max(low, Fraction(0)), high) if at == unknown[0] else row for at, row in enumerate(rows)]
    return rows, (max(Fraction(0), left - slack), left + slack)


def _grain(amounts: Iterable[Fraction]) -> Fraction:
    """The largest power of ten of which all amounts are multiples, a thousand million won to a millionth of a per cent."""
    held = [amount for amount in amounts if amount]
    powers = (Fraction(10) ** power for power in range(9, -7, -1))
    return next(
        (one for one in powers if all((amount / one).denominator == 1 for amount in held)), Fraction(0)
    )


def _added(entries: Iterable[Entry]) -> tuple[Fraction | None, Fraction | None]:
    held = list(entries)
    highs = [entry.high for entry in held]
    high = (
        None
        if any(one is None for one in highs)
        else sum((one for one in highs if one is not None), Fraction(0))
    )
    return sum((entry.low or Fraction(0) for entry in held), Fraction(0)), high


def judge_market(market: Market, book: LawBook, as_of: date) -> JudgedMarket:
    """Judge every firm of the market by the law as of the day. InputError where its amounts do not fit together."""
    won = market.unit == "KRW" and market.key.basis == "value"
    rule = rule_at(book, as_of, won=won)
    least = rule_at(book, as_of, won=True).sales
    box = box_of(market)
    groups = market.groups()
    found = [_firm(market, box, rule, least, at, groups[name]) for at, name in enumerate(box.names)]
    found.sort(key=lambda firm: (-firm.share[1], -firm.share[0], firm.name))
    counts = (1, rule.firms, 4)
    return JudgedMarket(market, box, rule, tuple(found), hhi_bounds(box), {n: cr(box, n) for n in counts})


def _firm(
    market: Market, box: Box, rule: Rule, least: Fraction | None, at: int, entries: list[Entry]
) -> JudgedFirm:
    low, high = box.shares(at)
    verdict = decide(box, at, rule) if high >= min(rule.small, rule.single) else Verdict("no", (), None, None)
    sales = _sales(market, box, at, rule)
    if verdict.answer != "no" and rule.sales is None and sales and least is not None and sales[1] < least:
        verdict = Verdict("no", (), None, None)
    hangs = verdict.answer == "depends" and len(box.unknown) <= _MOST_UNKNOWN
    return JudgedFirm(
        box.names[at],
        tuple(entry.firm for entry in entries),
        (low * 100, high * 100),
        sales,
        verdict,
        tuple(flips(box, at, rule)) if hangs else (),
        tuple(entry.row for entry in entries),
    )


def _sales(market: Market, box: Box, at: int, rule: Rule) -> tuple[Fraction, Fraction] | None:
    """Sales in the market in won: the amount itself, or what stood beside a share; None where neither is known."""
    if rule.sales is not None and at not in box.open:
        return box.low[at], box.high[at]
    given = market.sales.get(box.names[at])
    return None if given is None else (given, given)


def statute(judged: JudgedMarket, firm: JudgedFirm, book: LawBook, as_of: date) -> Answer | None:
    """The question `presumed_dominant` put to one way the market may be in which the firm is presumed dominant.

    Its reasons cite each threshold. None where there is no such way.
    """
    point = firm.verdict.met
    if point is None or not point.total:
        return None
    won = judged.rule.sales is not None
    rows = [
        {"name": name, "group": name, "share_pct": amount * 100 / point.total}
        | ({"market_sales_krw": int(amount)} if won else _given(judged.market, name))
        for name, amount in zip(judged.box.names, point.amounts, strict=True)
    ]
    try:
        return answer(
            "presumed_dominant", "MRF", {"firms": rows}, as_of, book, where=judged.market.key.market
        )
    except FactError as error:
        raise InputError(error.what, where=error.where, mend=error.mend) from error


def _given(market: Market, name: str) -> dict[str, int]:
    sales = market.sales.get(name)
    return {} if sales is None else {"market_sales_krw": int(sales)}

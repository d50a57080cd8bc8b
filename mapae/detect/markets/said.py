"""A judged market in words: shares, grounds, where a verdict flips, each as one plain sentence for a finding's reasons."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mapae.detect.markets.box import Box
from mapae.detect.markets.flips import Flip, Stretch
from mapae.detect.markets.judged import JudgedFirm, JudgedMarket
from mapae.model.finding import Reason

__all__ = ["amount", "flip_sentences", "market_name", "reasons", "span"]

_NEAR_ALL = Fraction(9_999, 100)  # a missing amount has no end of its own: its share only comes near to 100 %


_NOT_VALUE = {
    "users": "by users: for platforms where value does not show the position (platform guidelines of 2023-01-12)",
    "traffic": "by traffic: for platforms where value does not show the position (platform guidelines of 2023-01-12)",
    "volume": "by volume or capacity: where value is hard to work out (MRFD 2(1))",
}


def amount(value: Fraction, unit: str) -> str:
    """A number with its unit: 38.4 %, 1,200,000,000 KRW, 3,400,000."""
    if unit == "%":
        if 0 < value < Fraction(5, 1000):
            return "> 0 %"
        return f"{float(value):.2f}".rstrip("0").rstrip(".") + " %"
    text = f"{float(value):,.6g}" if value.denominator != 1 and value < 1000 else f"{int(value):,}"
    return f"{text} {unit}".strip()


def span(low: Fraction, high: Fraction, unit: str = "%") -> str:
    """One number where both ends are one, else both."""
    if amount(low, unit) == amount(high, unit):
        return amount(low, unit)
    if unit == "%" and high > _NEAR_ALL:
        return f"{amount(low, unit)} – < 100 %"
    return f"{amount(low, unit)} – {amount(high, unit)}"


def market_name(judged: JudgedMarket) -> str:
    """Market, how it is drawn, period."""
    key = judged.market.key
    drawn = f" ({key.definition})" if key.definition else ""
    return f"{key.market}{drawn}{', ' + key.period if key.period else ''}"


def reasons(judged: JudgedMarket, firm: JudgedFirm) -> Iterator[Reason]:
    """Why the firm is presumed dominant, or on which amounts that hangs; the weightiest first."""
    share = span(*firm.share)
    basis = judged.market.key.basis
    yield Reason("share", 0, 0, "", share, f"share of {market_name(judged)} by {basis}: {share}", 1.0)
    yield from _grounds(judged, firm)
    if basis in _NOT_VALUE:
        yield Reason("basis", 0, 0, "", basis, _NOT_VALUE[basis], 0.3)
    if firm.verdict.answer == "depends":
        for said in flip_sentences(judged, firm):
            yield Reason("value", 0, 0, "", "depends", said, 0.5)
    yield _sales(judged, firm)
    if len(firm.firms) > 1:
        names = ", ".join(firm.firms)
        yield Reason("group", 0, 0, "", firm.name, f"affiliates counted as one firm: {names}", 0.3)
    for note in judged.market.notes:
        yield Reason("value", 0, 0, "", "note", note, 0.1)


def _grounds(judged: JudgedMarket, firm: JudgedFirm) -> Iterator[Reason]:
    rule = judged.rule
    if "single" in firm.verdict.grounds:
        said = f"one firm with {float(rule.single) * 100:g} % or more is presumed dominant"
        yield Reason("share", 0, 0, "", "MRF 6 no. 1", said, 1.0)
    if "joint" in firm.verdict.grounds:
        top = judged.largest[rule.firms]
        together = span(Fraction(top.low), Fraction(top.high))
        said = (
            f"the {min(rule.firms, len(judged.firms))} largest together have {together}; from "
            f"{float(rule.joint) * 100:g} % each of them with {float(rule.small) * 100:g} % or more is presumed dominant"
        )
        yield Reason("share", 0, 0, "", "MRF 6 no. 2", said, 1.0)


def _sales(judged: JudgedMarket, firm: JudgedFirm) -> Reason:
    if firm.sales is None:
        said = "sales in this market are not given: whether they are below the least amount of the law is not judged"
        return Reason("value", 0, 0, "", "MRF 6", said, 0.2)
    return Reason("value", 0, 0, "", "MRF 6", f"sales in this market: {span(*firm.sales, 'KRW')}", 0.5)


def flip_sentences(judged: JudgedMarket, firm: JudgedFirm) -> Iterator[str]:
    """For each unknown that decides: between which amounts the firm is presumed dominant, and when it is not."""
    told = False
    for flip in firm.flips:
        if len({stretch.met for stretch in flip.stretches}) > 1:
            told = True
            yield _flip(judged, flip)
    if not told:
        names = ", ".join(judged.box.names[at] for at in judged.box.unknown)
        yield f"no unknown amount decides it alone; it hangs on these together: {names}"


def _flip(judged: JudgedMarket, flip: Flip) -> str:
    box, unit = judged.box, judged.market.unit
    yes = ", ".join(_stretch(box, flip, one, unit) for one in flip.stretches if one.met)
    no = ", ".join(_stretch(box, flip, one, unit) for one in flip.stretches if not one.met)
    held = f", other unknowns at their {flip.others}" if flip.others else ""
    return f"presumed while {box.names[flip.unknown]} has {yes}; not while it has {no}{held}"


def _stretch(box: Box, flip: Flip, stretch: Stretch, unit: str) -> str:
    if flip.unknown in box.open and stretch.end >= box.high[flip.unknown] and unit != "%":
        return f"≥ {amount(stretch.start, unit)}"
    return f"{amount(stretch.start, unit)} – {amount(stretch.end, unit)}"

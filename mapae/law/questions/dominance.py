"""Which groups are presumed dominant (MRF 6), and whether the Acts reach what is done abroad (MRF 3, TM 2)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mapae.law.questions.case import Case, yes_no

__all__ = ["applies", "presumed_dominant", "trademark_use"]


@dataclass(frozen=True, slots=True)
class Group:
    """Affiliates counted as one firm (MRFD 11(3)): joint share, joint sales (None: not given)."""

    name: str
    share: Fraction
    sales: int | None


def presumed_dominant(case: Case) -> list[str]:
    """Groups with half the market, or the up to three largest with three quarters together.

    In the second case a group below a tenth is left out; in both one with small sales.
    """
    groups = sorted(_groups(case), key=lambda group: -group.share)
    top = [group.share for group in groups[: case.rule("mrf.6.joint_firms")]]
    joint = sum(top, Fraction(0)) >= case.rule("mrf.6.joint_share")
    last = max(min(top, default=Fraction(0)), Fraction(case.rule("mrf.6.small_share")))
    single, least = case.rule("mrf.6.single_share"), case.rule("mrf.6.small_sales")
    return [
        group.name
        for group in groups
        if (group.share >= single or (joint and group.share >= last))
        and (group.sales is None or group.sales >= least)
    ]


def _groups(case: Case) -> list[Group]:
    found: dict[str, Group] = {}
    for firm in case.facts.get("firms", ()):
        name = firm.get("group") or firm.get("name", "")
        sales = firm.get("market_sales_krw")
        known = found.get(name, Group(name, Fraction(0), None))
        total = known.sales if sales is None else (known.sales or 0) + sales
        found[name] = Group(name, known.share + firm.get("share_pct", 0), total)
    return list(found.values())


def applies(case: Case) -> str:
    """The Act reaches acts abroad that affect the Korean market (MRF 3)."""
    abroad = case.facts.get("act_done_in") == "abroad"
    return yes_no(not abroad or (bool(case.law("mrf.3.effects")) and case.yes("effect_on_korean_market")))


def trademark_use(case: Case) -> str:
    """Supplying marked goods from abroad through a carrier is use since Act 20965 (TM 2(1)11 다)."""
    return yes_no(
        bool(case.law("tm.2.supply_from_abroad")) and case.yes("marked_goods_sent_from_abroad_by_carrier")
    )

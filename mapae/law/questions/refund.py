"""Interest for a late refund, and who bears the cost of the return (ECA 18(2)(9)(10), ECD 21-3)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from mapae.errors import FactError
from mapae.law.questions.case import Case

__all__ = ["interest_krw", "payer"]

YEAR = 365  # days, as the convention of the cases has it


def interest_krw(case: Case) -> int:
    """Amount × rate × days late / 365, without a fraction of a won; unpaid: up to as_of."""
    paid: date = case.facts.get("paid_on", case.as_of)
    late = max(0, (paid - case.day("due_on")).days)
    rate = Fraction(str(case.rule("eca.18.late_interest"))) / 100
    case.note(f"{late} days late")
    return int(case.count("amount_krw") * rate * late / YEAR)


def payer(case: Case) -> str:
    """The consumer after a change of mind (17(1)), the seller where goods differ (17(3))."""
    ground = case.facts.get("ground")
    if ground is None:
        raise FactError("the ground of the withdrawal is not given", where="ground", mend="17(1) or 17(3)")
    return str(case.rule("eca.18.return_cost")[ground])

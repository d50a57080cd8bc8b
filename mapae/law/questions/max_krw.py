"""The highest amount the law allows: fines by breach, levies, surcharges by turnover."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from mapae.errors import FactError
from mapae.law.questions.case import Case
from mapae.law.questions.spans import anniversary
from mapae.law.questions.vocabulary import read_day

__all__ = ["max_krw"]


def max_krw(case: Case) -> int:
    """Whole won; 0 where the Act has no such sanction or not yet."""
    return _KINDS[case.word](case)


def _fine(case: Case) -> int:
    """The sum over the breaches; some amounts differ by offender (missing: the business itself)."""
    total = 0
    case.cite(f"{case.regime} {case.word}: each code is one breach")
    for code in dict.fromkeys(case.facts.get("breaches", ())):
        amount = case.law(f"{case.regime.lower()}.{case.word}.{code}") or 0
        amount = amount[case.facts.get("offender", "firm")] if isinstance(amount, Mapping) else amount
        case.note(f"{code}: {amount} won")
        total += int(amount)
    return total


def _levy(case: Case) -> int:
    """Each day from the end of the time for performance (ECA 32-3)."""
    return max(0, case.count("days_late")) * int(case.law("eca.32-3.levy_a_day") or 0)


def _in_lieu(case: Case) -> int:
    """The related turnover, or the flat cap where there is none to be calculated (ECA 34(1))."""
    turnover = case.facts.get("related_turnover_krw")
    if not turnover:
        return int(case.rule("eca.34.flat_cap"))
    case.cite("ECA 34(1): not more than the related turnover")
    return int(turnover)


def _surcharge(case: Case) -> int:
    if case.regime == "PIPA":
        return _privacy_surcharge(case)
    conduct = case.facts.get("conduct")
    if conduct is None:
        raise FactError("the conduct is not given", where="conduct", mend="name the conduct")
    return _of_turnover(
        case, case.law(f"{case.regime.lower()}.surcharge.{conduct}"), case.facts.get("relevant_turnover_krw")
    )


def _of_turnover(case: Case, cap: Mapping[str, Any] | None, turnover: int | None) -> int:
    """A percentage of turnover, or the flat cap where there is no turnover or none that can be calculated."""
    if cap is None:
        return 0
    if not turnover:
        return int(cap["flat"])
    case.note(f"{cap['percent']} % of {turnover} won")
    return int(turnover * Fraction(str(cap["percent"])) / 100)


def _privacy_surcharge(case: Case) -> int:
    """PIPA 64-2(1), or (2) from 2026-09-11 for repeats, mass breaches and ignored orders."""
    grave = case.law("pipa.64-2.aggravated")
    if grave is not None and (_repeated(case) or _mass(case) or _ignored_order(case)):
        return _of_turnover(case, grave, case.facts.get("total_turnover_krw"))
    return _of_turnover(case, case.law("pipa.64-2.surcharge"), case.facts.get("total_turnover_krw"))


def _applies_from(case: Case) -> date:
    return read_day(case.rule("pipa.64-2.applies_to_acts_from"))


def _repeated(case: Case) -> bool:
    """The same item again within three years of a surcharge for an act since the change, both grave (no. 1).

    The earlier act must have begun under the changed Act (Act 21445, addendum 3(1)).
    """
    earlier = case.facts.get("earlier_surcharge") or {}
    faults = case.rule("pipa.64-2.grave_faults")
    imposed = earlier.get("imposed_on")
    act = earlier.get("act_started_on", earlier.get("act_ended_on"))
    again = case.facts.get("breach_started_on", case.facts.get("breach_ended_on"))
    if imposed is None or act is None or again is None:
        return False
    last = anniversary(imposed, case.rule("pipa.64-2.repeat_window"))
    return (
        earlier.get("same_item") is True
        and earlier.get("fault") in faults
        and case.facts.get("fault") in faults
        and act >= _applies_from(case)
        and imposed <= again <= last
    )


def _mass(case: Case) -> bool:
    """Ten million data subjects, grave fault, breach not over when the change took effect (no. 2, addendum 3(2))."""
    ended = case.facts.get("breach_ended_on")
    return (
        case.count("victims") >= case.rule("pipa.64-2.victims")
        and case.facts.get("fault") in case.rule("pipa.64-2.grave_faults")
        and (ended is None or ended >= _applies_from(case))
    )


def _ignored_order(case: Case) -> bool:
    """A leak because an order received since the change was not followed (no. 3, addendum 3(3)); no fault needed."""
    received = case.facts.get("ignored_order_received_on")
    return (
        received is not None and received >= _applies_from(case) and case.facts.get("breach_item") == "leak"
    )


_KINDS: dict[str, Callable[[Case], int]] = {
    "fine": _fine,
    "criminal_fine": _fine,
    "levy": _levy,
    "surcharge_in_lieu": _in_lieu,
    "surcharge": _surcharge,
}

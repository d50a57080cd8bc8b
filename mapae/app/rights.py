"""The consumer's rights from what was bought and when: last days, refund, interest, return cost, exclusions, with working.

Everything is asked of the law's questions; nothing is computed here but which question to ask.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mapae.app.law.deadline import Length, count
from mapae.errors import InputError
from mapae.law import LawBook
from mapae.law.calendar import Deadline
from mapae.law.questions import Answer, answer

__all__ = ["DAYS", "EXCLUSIONS", "MARKS", "Bought", "Counted", "Rights", "rights_of"]

# marks of Art. 17(2) that a consumer may tick, by the exclusion they belong to
EXCLUSIONS: dict[str, tuple[str, ...]] = {
    "damaged": ("lost_or_damaged_by_consumer",),
    "used": ("used_value_much_reduced",),
    "aged": ("value_fell_with_time",),
    "copyable": ("copyable_goods_unsealed",),
    "service": ("service_started",),
    "digital": ("digital_content_started",),
    "made_to_order": ("made_to_order", "serious_harm_to_seller", "separate_notice", "written_consent"),
}
MARKS: tuple[str, ...] = tuple(mark for marks in EXCLUSIONS.values() for mark in marks)
DAYS = (
    "delivered_on", "document_on", "known_on", "declared_on", "returned_on", "refunded_on", "address_known_on",
    "obstruction_ended_on",
)  # fmt: skip
_UNITS = {"days": "d", "months": "m", "business_days": "bd"}


@dataclass(frozen=True, slots=True)
class Bought:
    """What a consumer tells. ground: 17(1) change of mind, 17(3) goods that differ; marks: of MARKS; seller_measure: whether
    the seller gave notice and samples as Art. 17(6) asks (None: not known, read as done); supplied: goods, service, nothing;
    amount_krw: whole won paid; no_document: no contract in writing came, or one without the seller's address, which was
    learned on address_known_on (17(1)2); obstruction_ended_on: when the seller stopped to hinder the withdrawal (17(1)3);
    agreed_days: a longer period that was agreed, 0 for none."""

    ground: str = "17(1)"
    delivered_on: date | None = None
    document_on: date | None = None
    known_on: date | None = None
    declared_on: date | None = None
    returned_on: date | None = None
    refunded_on: date | None = None
    amount_krw: int | None = None
    supplied: str = "goods"
    marks: frozenset[str] = frozenset()
    seller_measure: bool | None = None
    private_seller: bool = False
    resale: bool = False
    no_document: bool = False
    address_known_on: date | None = None
    obstruction_ended_on: date | None = None
    agreed_days: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """A period: its parameter of law, the day it began, its last day, the working, the article."""

    key: str
    start: date
    end: date
    deadline: Deadline[date]
    provision: str


@dataclass(frozen=True, slots=True)
class Rights:
    """What follows. may_withdraw: yes or no; because: excluded, late, not_a_deal, or empty; last_day: None while none runs;
    periods: those it was counted from, the one that decides first; refund: when money is due; interest_krw: of `days_late`
    up to the refund or the day asked; payer: of the return; rules: keys of the parameters used."""

    ground: str
    may_withdraw: str
    because: str
    excluded_by: tuple[str, ...]
    last_day: date | None
    periods: tuple[Counted, ...]
    refund: Counted | None
    days_late: int
    interest_krw: int | None
    interest_percent: int
    payer: str
    penalty_percent: int
    rules: tuple[str, ...] = field(default=())


def rights_of(bought: Bought, on: date, book: LawBook) -> Rights:
    """The rights as of a day. InputError where days contradict each other; FactError where law has no rule on the day."""
    _check_days(bought, on)
    asked = _Asked(on, book)
    excluded = _excluded(bought, asked) if bought.ground == "17(1)" else ()
    periods = _periods(bought, asked)
    last = min((each.end for each in periods), default=None)
    may, because = _may(bought, asked, excluded, last)
    refund = _refund(bought, asked)
    days_late, interest = _interest(bought, asked, refund)
    return Rights(
        bought.ground, may, because, excluded, last, periods, refund, days_late, interest,
        asked.value("eca.18.late_interest"), str(asked("payer", {"ground": bought.ground}).value),
        asked.value("eca.18.penalty_allowed"), tuple(dict.fromkeys(asked.rules)),
    )  # fmt: skip


@dataclass
class _Asked:
    """Questions of the E-Commerce Act as of one day; keeps the parameters that every answer hangs on."""

    on: date
    book: LawBook
    rules: list[str] = field(default_factory=list)

    def __call__(self, question: str, facts: dict[str, Any]) -> Answer:
        plain = {key: each.isoformat() if isinstance(each, date) else each for key, each in facts.items()}
        found = answer(question, "ECA", plain, self.on, self.book)
        self.rules.extend(
            key for reason in found.reasons if (key := reason.split(" ", 1)[0]) in self.book.pack.parameters
        )
        return found

    def value(self, key: str) -> Any:
        self.rules.append(key)
        return self.book.value(key, self.on)

    def counted(self, key: str, start: date, at_least: int = 0) -> Counted:
        """A period of law counted from its first day, with the working in every language; at_least: one agreed longer."""
        parameter = self.book.pack.parameters[key]
        length = Length(max(int(self.value(key)), at_least), _UNITS[str(parameter.unit)])
        deadline = count(start, length)
        return Counted(key, start, deadline.end, deadline, parameter.provision)


def _check_days(bought: Bought, on: date) -> None:
    for name in DAYS:
        day = getattr(bought, name)
        if day is not None and day > on:
            raise InputError("the day lies in the future", where=name, mend="give a day up to today")
    for early, late in (("delivered_on", "returned_on"), ("delivered_on", "known_on")):
        first, second = getattr(bought, early), getattr(bought, late)
        if first is not None and second is not None and second < first:
            raise InputError("the days contradict each other", where=late, mend=f"give a day from {early} on")


def _excluded(bought: Bought, asked: _Asked) -> tuple[str, ...]:
    """Keys of EXCLUSIONS that stand (ECA 17(2), with 17(6) and ECD 21)."""
    if not bought.marks:
        return ()
    stands = set(asked.value("eca.17.exclusions_always"))
    if bought.seller_measure is not False:
        stands.update(asked.value("eca.17.exclusions_after_measure"))
    together = set(asked.value("eca.17.made_to_order_conditions"))
    if together <= bought.marks:
        stands |= together
    return tuple(
        key
        for key, marks in EXCLUSIONS.items()
        if stands.issuperset(marks) and bought.marks.issuperset(marks)
    )


def _periods(bought: Bought, asked: _Asked) -> tuple[Counted, ...]:
    """The periods that run, the one that ends first before the other (ECA 17(1), (3))."""
    if bought.ground == "17(1)":
        start = _withdrawal_start(bought)
        key = "eca.17.withdrawal_period"
        return (asked.counted(key, start, bought.agreed_days),) if start is not None else ()
    found = [
        asked.counted(key, day)
        for key, day in (
            ("eca.17.mismatch_period", bought.delivered_on),
            ("eca.17.mismatch_knowledge_period", bought.known_on),
        )
        if day is not None
    ]
    return tuple(sorted(found, key=lambda each: each.end))


def _withdrawal_start(bought: Bought) -> date | None:
    """The day the seven days run from: the latest of those of 17(1) nos. 1 to 3; None while they do not run."""
    address = bought.address_known_on
    if bought.no_document:
        days: tuple[date | None, ...] = (
            bought.obstruction_ended_on,
            address,
            bought.delivered_on if address else None,
        )
    elif bought.delivered_on is not None:
        days = (bought.obstruction_ended_on, address, bought.delivered_on, bought.document_on)
    else:
        return None
    return max((day for day in days if day is not None), default=None)


def _may(bought: Bought, asked: _Asked, excluded: tuple[str, ...], last: date | None) -> tuple[str, str]:
    """Whether a withdrawal declared on its day (or today) stands, and what speaks against it."""
    deal: dict[str, Any] = {"action": "withdraw", "seller_is_business": not bought.private_seller}
    if bought.resale:
        deal["buyer_purpose"] = "resale"
    if asked("allowed", deal).value == "no":
        return "no", "not_a_deal"
    if excluded:
        return "no", "excluded"
    return ("no", "late") if last is not None and (bought.declared_on or asked.on) > last else ("yes", "")


def _refund(bought: Bought, asked: _Asked) -> Counted | None:
    """Three business days from the return, or from the withdrawal of services and of what never came (ECA 18(2))."""
    start = bought.returned_on if bought.supplied == "goods" else bought.declared_on
    return asked.counted("eca.18.refund_period", start) if start is not None else None


def _interest(bought: Bought, asked: _Asked, refund: Counted | None) -> tuple[int, int | None]:
    """Days late and the interest of them; None without an amount (ECA 18(2), ECD 21-3)."""
    if refund is None:
        return 0, None
    until = bought.refunded_on or asked.on
    late = max(0, (until - refund.end).days)
    if bought.amount_krw is None:
        return late, None
    facts = {"amount_krw": bought.amount_krw, "due_on": refund.end, "paid_on": until}
    return late, int(asked("interest_krw", facts).value)

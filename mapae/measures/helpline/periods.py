"""The last day of the consumer's right, from the days the message tells: withdrawal (17(1)) and mismatch (17(3))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mapae.law import LawBook
from mapae.law.questions import answer
from mapae.measures.helpline.clauses import Mention
from mapae.measures.helpline.dates import NEXT

__all__ = ["Period", "Periods", "delivery_day"]

_NOT_CAME = frozenset({"promised", "returned"})
_AT_ONCE = ("after_delivery", "same")
_NOT_KNOWN = frozenset({"delivered", "ordered", "promised", "returned", "aside", "answered"})


@dataclass(frozen=True, slots=True)
class Period:
    """Last day, the days it was counted from, whether the consumer was in time, and the working line by line."""

    last_day: date
    delivered: date
    known: date | None
    in_time: bool
    working: tuple[str, ...]


@dataclass(frozen=True)
class Periods:
    """Counts by the law in force on the day of the message."""

    book: LawBook

    def mismatch(self, delivered: date, received: date, days: Sequence[Mention]) -> Period:
        """Three months from delivery, thirty days from knowledge; knowledge is told in the text, else the message's day."""
        known = _knowledge(delivered, received, days)
        facts = {"kind": "withdrawal_mismatch", "delivered_on": delivered, "known_on": known}
        last, working = self._last_day(facts, received)
        return Period(last, delivered, known, received <= last, working)

    def withdrawal(self, delivered: date, received: date, days: Sequence[Mention]) -> Period:
        """Seven days from delivery; in time if the message is, or if the text tells of a declaration in time."""
        facts = {"kind": "withdrawal", "delivered_on": delivered, "contract_document_on": delivered}
        last, working = self._last_day(facts, received)
        said = any("declared" in item.roles and item.day <= last for item in days)
        apart = [item for item in days if not item.roles & _NOT_KNOWN and delivered <= item.day <= last]
        declared = said or bool(apart) or any(delivered < item.day <= last for item in days)
        return Period(last, delivered, None, received <= last or declared, working)

    def _last_day(self, facts: dict[str, Any], on: date) -> tuple[date, tuple[str, ...]]:
        plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in facts.items()}
        found = answer("deadline", "ECA", plain, on, self.book)
        return date.fromisoformat(found.value), found.working


def delivery_day(field: date | None, days: Sequence[Mention], not_delivered: bool) -> date | None:
    """The day of delivery: the record's, else the last one the text tells, best by a date of its own."""
    if field is not None:
        return field
    told = [item for item in days if "delivered" in item.roles and not item.roles & _NOT_CAME]
    own = [item for item in told if item.how not in _AT_ONCE]
    return (own or told)[-1].day if told and not not_delivered else None


def _knowledge(delivered: date, received: date, days: Sequence[Mention]) -> date:
    """The day on which the consumer learnt of the mismatch: told between delivery and message, best by its clause."""
    within = [item for item in days if delivered <= item.day <= received]
    told = [item for item in within if _learnt(item, delivered)]
    apart = [item for item in within if not item.roles & _NOT_KNOWN]
    other = [item for item in apart if item.day > delivered]
    at_once = [item for item in apart if item.how in _AT_ONCE or "used" in item.roles]
    later = [item for item in within if item.roles == {"delivered"} and item.day > delivered]  # a report came
    apart_from = [item for item in told if "delivered" not in item.roles or item.how in _AT_ONCE]
    best = apart_from or told
    chosen = (
        [item for item in best if "known" in item.roles and not item.how.startswith(NEXT)]
        or [item for item in best if not item.how.startswith(NEXT)]
        or other
        or told
        or at_once
        or later
    )
    return chosen[0].day if chosen else received


def _learnt(item: Mention, delivered: date) -> bool:
    """On the day of delivery nothing is known unless the goods were opened or tried then, or the clause tells only of it."""
    if not item.roles & {"known", "opened"} or "answered" in item.roles:
        return False
    at_once = item.how in _AT_ONCE or "opened" in item.roles or "delivered" not in item.roles
    return item.day > delivered or at_once

"""Complaints a month per million monthly users, for operators whose users are known within the period of the complaints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mapae.measures.market_statistics.series import Series, Value

__all__ = ["Rate", "rates"]

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Rate:
    """A count of cases by the users of its operator. known: the figures of monthly users that lie within its period."""

    counts: Series
    users: Series
    count: Value
    known: tuple[Value, ...]

    @property
    def mean_users(self) -> float:
        """Mean of the figures that are known."""
        return sum(value.value or 0.0 for value in self.known) / len(self.known)

    @property
    def per_million(self) -> float:
        """Cases a month per million monthly users."""
        return (self.count.value or 0.0) / self.count.period.months / self.mean_users * _MILLION


def rates(found: Iterable[Series], among: Iterable[Series]) -> Iterator[Rate]:
    """For each count of cases of an operator the rate by its users, where `among` has them for a month of the period."""
    users = [one for one in among if one.operator and one.unit == "persons"]
    for counts in found:
        for one in users if counts.operator and counts.unit == "cases" else ():
            if one.operator != counts.operator:
                continue
            for count in counts.values:
                known = tuple(value for value in one.values if value.value and _within(value, count))
                if known and count.value is not None:
                    yield Rate(counts, one, count, known)


def _within(value: Value, count: Value) -> bool:
    return (
        value.period.form == "month"
        and count.period.first <= value.period.first
        and value.period.last <= count.period.last
    )

"""A statistical series: what it counts, in what unit, by whom and how; its values with the day each became known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mapae.text.periods import Period

__all__ = ["Series", "Value"]

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Value:
    """One figure: its period, its value (None: not available), the day it became known, where it was read, a mark.

    mark: provisional, nil (the office's dash), unknown (its dots), secret (its x), or empty.
    """

    period: Period
    value: float | None
    known_on: date
    reference: str
    mark: str = ""


@dataclass(frozen=True)
class Series:
    """A series of the catalogue. part_of: the series it is a part of; family: series that may be added to it.

    additive: whether series of the family may be summed at all. operator: whom the series is about, where it is one.
    """

    key: str
    title: Words
    definition: Words
    unit: str
    source: Words
    method: Words
    values: tuple[Value, ...]
    additive: bool = False
    family: str = ""
    part_of: str = ""
    operator: str = ""

    def as_known_on(self, day: date) -> Series:
        """The series as one could read it on that day: of each period the value that had become known last."""
        latest: dict[Period, Value] = {}
        for value in sorted(self.values, key=lambda each: each.known_on):
            if value.known_on <= day:
                latest[value.period] = value
        return replace(self, values=tuple(latest[key] for key in sorted(latest)))

    def revisions(self, period: Period) -> tuple[Value, ...]:
        """Every value the period has had, oldest first."""
        found = (value for value in self.values if value.period == period)
        return tuple(sorted(found, key=lambda each: each.known_on))

    def with_values(self, more: Sequence[Value]) -> Series:
        """The series with these values added to its history; none is overwritten."""
        return replace(self, values=(*self.values, *more))

    @property
    def last(self) -> Value | None:
        """The value of the latest period; of two that end together the longer one."""
        found = [value for value in self.values if value.value is not None]
        return max(found, key=lambda each: (each.period.last, each.period.months), default=None)

"""Dated law as the pack compiles it: provisions (articles) and parameters (legal quantities)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

__all__ = ["Dated", "Parameter", "Provision", "Status"]

Status = Literal["in_force", "promulgated_not_in_force", "draft", "bill"]


@dataclass(frozen=True, slots=True)
class Dated:
    """One text or value and the period in which it holds.

    valid_from is the first day, valid_to the last (None: open). checked_on: when its reference was last read.
    value: whatever the parameter holds (int, str, list, map); for a provision its summary in our words, by language (ko, en).
    """

    valid_from: date
    valid_to: date | None
    status: Status
    value: Any
    reference: str
    checked_on: date
    file: str
    line: int

    def holds(self, on: date) -> bool:
        """Whether `on` lies in the period (status is the caller's matter)."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Provision:
    """An article of law: key `ECA 20-5`, its law, titles by language, its dated texts oldest first."""

    key: str
    regime: str
    article: str
    title: dict[str, str]
    versions: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A legal quantity: key `eca.20-5.revenue_threshold`, unit (KRW, days, business_days, percent…), dated values."""

    key: str
    unit: str
    title: dict[str, str]
    provision: str
    values: tuple[Dated, ...]

"""A case under a question: its facts, its day, the law as of that day, and notes of what was used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from mapae.errors import FactError
from mapae.law.book import LawBook

__all__ = ["Answer", "Case", "at_least", "either", "every", "neither", "three_words", "yes_no"]

Known = bool | None  # None: not known


@dataclass(frozen=True, slots=True)
class Answer:
    """value: the bare answer. reasons: parameters used, each with its reference. working: steps, in order."""

    value: Any
    reasons: tuple[str, ...]
    working: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """Facts as read by the vocabulary, judged on as_of by the law book; `used` and `steps` gather the reasons."""

    regime: str
    word: str
    facts: Mapping[str, Any]
    as_of: date
    book: LawBook
    used: dict[str, str] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)

    def law(self, key: str, on: date | None = None, *, draft: bool = False) -> Any:
        """The parameter's value on as_of (or `on`); None where no rule holds on that day."""
        found = self.book.parameter(key, on or self.as_of, draft=draft)
        if found is None:
            self.used[key] = f"{key}: no rule on {on or self.as_of}"
            return None
        article = self.book.pack.parameters[key].provision
        self.used[key] = f"{key} = {found.value} ({article}; {found.reference})"
        return found.value

    def rule(self, key: str) -> Any:
        """The parameter's value on as_of; FactError where no rule holds, since the answer hangs on it."""
        value = self.law(key)
        if value is None:
            raise FactError(
                f"{key} has no value on {self.as_of}", where="as_of", mend="take a day on which it is law"
            )
        return value

    def yes(self, key: str) -> bool:
        """Whether the fact is given and true: what is not told did not happen."""
        return self.facts.get(key) is True

    def lacks(self, key: str) -> bool:
        """Whether the fact is given and false: a safeguard that is not spoken of was nothing special."""
        return self.facts.get(key) is False

    def known(self, key: str) -> Known:
        """A yes/no fact, or None where it is not given."""
        value = self.facts.get(key)
        return None if value is None else bool(value)

    def count(self, key: str) -> int:
        """A whole number, zero where it is not given."""
        return int(self.facts.get(key) or 0)

    def number(self, key: str) -> Fraction:
        """An exact number, zero where it is not given."""
        return Fraction(self.facts.get(key) or 0)

    def day(self, *keys: str) -> date:
        """The first of these days that is given; FactError where none is."""
        for key in keys:
            if isinstance(value := self.facts.get(key), date):
                return value
        raise FactError("the starting day is not given", where=" or ".join(keys), mend=f"give {keys[0]}")

    def cite(self, provision: str) -> None:
        """Name a provision that decides without a parameter."""
        self.used[provision] = provision

    def note(self, step: str) -> None:
        """Write one step of the working down."""
        self.steps.append(step)


def yes_no(truth: bool) -> str:
    """`yes` or `no`."""
    return "yes" if truth else "no"


def at_least(value: Fraction | int | None, threshold: Fraction | int | float | None) -> Known:
    """Kleene: value ≥ threshold, None where either is not known."""
    return None if value is None or threshold is None else value >= Fraction(str(threshold))


def either(*parts: Known) -> Known:
    """Kleene disjunction: true if any is, false only if all are."""
    return True if True in parts else None if None in parts else False


def every(*parts: Known) -> Known:
    """Kleene conjunction: false if any is, true only if all are."""
    return False if False in parts else None if None in parts else True


def neither(part: Known) -> Known:
    """Kleene negation."""
    return None if part is None else not part


def three_words(truth: Known, true: str, false: str) -> str:
    """The word for a truth that may not be known."""
    return "unknown" if truth is None else true if truth else false

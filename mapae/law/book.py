"""The law book: provisions and parameters of a pack, read as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from mapae.errors import FactError
from mapae.model.law import Dated, Parameter, Provision
from mapae.pack import Pack
from mapae.pack.checks import near

__all__ = ["LawBook"]


@dataclass(frozen=True)
class LawBook:
    """Reads a pack's law as of a day. Drafts and bills count only where they are asked for."""

    pack: Pack

    def provision(self, key: str, as_of: date) -> Dated | None:
        """The text of an article on a day: in force, or promulgated with its first day reached; None where none holds."""
        return _holding(self._provision(key).versions, as_of, ("in_force", "promulgated_not_in_force"))

    def parameter(self, key: str, as_of: date, *, draft: bool = False) -> Dated | None:
        """The dated value that holds on a day; with `draft`, a draft's value where law has none."""
        values = self._parameter(key).values
        found = _holding(values, as_of, ("in_force", "promulgated_not_in_force"))
        return found or (_holding(values, as_of, ("draft", "bill")) if draft else None)

    def value(self, key: str, as_of: date, *, draft: bool = False) -> Any:
        """The value that holds on a day, or None; FactError for an unknown key."""
        found = self.parameter(key, as_of, draft=draft)
        return None if found is None else found.value

    def find(self, key: str) -> Provision | Parameter:
        """A provision or parameter by key; FactError with near keys where there is none."""
        if key in self.pack.provisions:
            return self.pack.provisions[key]
        return self._parameter(key)

    def _provision(self, key: str) -> Provision:
        if key not in self.pack.provisions:
            raise FactError(
                f"the pack has no provision {key!r}", where=key, mend=near(key, self.pack.provisions)
            )
        return self.pack.provisions[key]

    def _parameter(self, key: str) -> Parameter:
        if key not in self.pack.parameters:
            known = [*self.pack.parameters, *self.pack.provisions]
            raise FactError(f"the pack has no article or quantity {key!r}", where=key, mend=near(key, known))
        return self.pack.parameters[key]


def _holding(versions: tuple[Dated, ...], as_of: date, statuses: tuple[str, ...]) -> Dated | None:
    return next(
        (dated for dated in reversed(versions) if dated.status in statuses and dated.holds(as_of)), None
    )

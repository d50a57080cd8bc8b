"""An entry of the law book with its history, what holds on a day and what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mapae.app.law.spelling import law_named, spelled
from mapae.errors import FactError
from mapae.law import LawBook
from mapae.model.law import Dated, Parameter, Provision

__all__ = ["Shown", "show"]


@dataclass(frozen=True, slots=True)
class Shown:
    """kind: provision or parameter. holding: the text or value on the day (drafts never hold). related: keys near it."""

    kind: str
    key: str
    title: dict[str, str]
    unit: str
    provision: str
    holding: Dated | None
    history: tuple[Dated, ...]
    related: tuple[str, ...]


def show(book: LawBook, key: str, as_of: date) -> Shown:
    """The entry of that key, in any of its spellings, as of a day; FactError with near keys where there is none."""
    if code := law_named(book.pack, key):
        articles = ", ".join(name for name, item in book.pack.provisions.items() if item.regime == code)
        raise FactError(f"{key!r} is a law", where=key, mend=f"name one of its articles: {articles}")
    found = book.find(spelled(book.pack, key))
    if isinstance(found, Provision):
        return _provision(book, found, as_of)
    return _parameter(book, found, as_of)


def _provision(book: LawBook, found: Provision, as_of: date) -> Shown:
    related = tuple(sorted(key for key, item in book.pack.parameters.items() if item.provision == found.key))
    holding = book.provision(found.key, as_of)
    return Shown("provision", found.key, found.title, "", found.key, holding, found.versions, related)


def _parameter(book: LawBook, found: Parameter, as_of: date) -> Shown:
    holding = book.parameter(found.key, as_of)
    return Shown(
        "parameter",
        found.key,
        found.title,
        found.unit,
        found.provision,
        holding,
        found.values,
        (found.provision,),
    )

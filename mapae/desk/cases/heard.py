"""Which documents of a case were served and have had their time for an opinion."""

from __future__ import annotations

from collections.abc import Iterable

from mapae.desk.cases.clocks import clocks_of
from mapae.desk.cases.loaded import served_of
from mapae.desk.cases.models import Case
from mapae.desk.law import book
from mapae.workflow.clocks import Clock
from mapae.workflow.force import document_kinds

__all__ = ["heard"]


def heard(case: Case, counted: Iterable[Clock] | None = None) -> set[str]:
    """Kinds of served documents whose clock for an opinion was used or has run out. counted: the case's clocks, where known.

    A prior notice counts for one act only: once what it announced was served, the next act needs its own (APA 21).
    """
    ended = {
        clock.ref
        for clock in (clocks_of(case) if counted is None else counted)
        if clock.kind.key == "opinion" and clock.state != "running"
    }
    kinds = document_kinds(book())
    found: set[str] = set()
    for document in served_of(case):
        kind = kinds[document.kind]
        if kind.clock != "opinion" or document.code in ended:
            found.add(kind.key)
        if kind.after is not None:
            found.discard(kind.after)
    return found

"""Which notices of a case were served and have had their time for an opinion, for the act that they announced."""

from __future__ import annotations

from collections.abc import Iterable

from mapae.desk.cases.clocks import clocks_of
from mapae.desk.cases.loaded import served_of
from mapae.desk.cases.models import Case
from mapae.desk.law import book
from mapae.workflow.clocks import Clock
from mapae.workflow.force import document_kinds

__all__ = ["heard"]


def heard(case: Case, act: str, counted: Iterable[Clock] | None = None) -> set[str]:
    """Kinds of served notices that announced this act and whose clock for an opinion was used or has run out. counted: the
    case's clocks, where known.

    A notice counts for one act once: when that act was served, the next of its kind needs its own (APA 21).
    """
    ended = {
        clock.ref
        for clock in (clocks_of(case) if counted is None else counted)
        if clock.kind.key == "opinion" and clock.state != "running"
    }
    kinds = document_kinds(book())
    found: set[str] = set()
    for document in served_of(case):
        if kinds[document.kind].announces and document.content.get("intends") == act:
            found |= {document.kind} if document.code in ended else set()
        elif document.kind == act:
            found.discard(kinds[act].after or "")
    return found

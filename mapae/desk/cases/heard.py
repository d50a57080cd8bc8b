"""Which documents of a case were served and have had their time for an opinion."""

from __future__ import annotations

from mapae.desk.cases.clocks import clocks_of, served_documents
from mapae.desk.cases.models import Case
from mapae.desk.law import book
from mapae.workflow.force import document_kinds

__all__ = ["heard"]


def heard(case: Case) -> set[str]:
    """Kinds of served documents whose clock for an opinion was used or has run out.

    A prior notice counts for one act only: once what it announced was served, the next act needs its own (APA 21).
    """
    ended = {
        clock.ref for clock in clocks_of(case) if clock.kind.key == "opinion" and clock.state != "running"
    }
    kinds = document_kinds(book())
    found: set[str] = set()
    for document in served_documents().filter(case=case).order_by("served_at", "id"):
        kind = kinds[document.kind]
        if kind.clock != "opinion" or document.code in ended:
            found.add(kind.key)
        if kind.after is not None:
            found.discard(kind.after)
    return found

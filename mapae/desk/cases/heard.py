"""Which documents of a case were served and have had their time for an opinion."""

from __future__ import annotations

from mapae.desk.cases.clocks import clocks_of
from mapae.desk.cases.models import Case

__all__ = ["heard"]


def heard(case: Case) -> set[str]:
    """Kinds of served documents whose clock for an opinion was used or has run out."""
    ended = {
        clock.ref for clock in clocks_of(case) if clock.kind.key == "opinion" and clock.state != "running"
    }
    return {
        document.kind
        for document in case.documents.filter(served_at__isnull=False)
        if document.kind != "prior_notice" or document.code in ended
    }

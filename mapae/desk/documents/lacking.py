"""What law wants in a letter about each item, and a draft does not say yet: shown to whoever drafts and approves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mapae.desk.documents.compose import ORIGINAL
from mapae.desk.documents.letter import Letter
from mapae.desk.documents.wording import form, label, wording

__all__ = ["Lack", "lacking"]


class Lack(NamedTuple):
    """A column of the letter's table, and the places of the items that have nothing of their own in it."""

    column: Mapping[str, str]
    places: tuple[int, ...]


def lacking(letter: Letter) -> list[Lack]:
    """Columns that the kind's wording `wants` filled and that are empty, or hold the words that stand for none."""
    empty = {label("none", ORIGINAL), str(wording("reasons")["otherwise"][ORIGINAL]), ""}
    found = []
    for column in wording(letter.kind).get("wants", ()):
        at = letter.columns.index(column) if column in letter.columns else None
        places = (
            () if at is None else tuple(n for n, row in enumerate(letter.rows, 1) if row.cells[at] in empty)
        )
        if places:
            found.append(Lack(form("columns")[column], places))
    return found

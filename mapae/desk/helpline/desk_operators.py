"""Which of the desk's own operators a text names; those of the pack are left to the engine, which reads context."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from mapae.desk.cases.grams import squeeze
from mapae.desk.law import book
from mapae.desk.parties.models import Operator

__all__ = ["named_in"]

_SHORTEST = 3  # folded characters; shorter names stand in other words


def named_in(text: str) -> str:
    """The name of the one operator that the text names; empty where it names none or several."""
    plain = squeeze(text)
    found = {operator.pk: name for operator, name in _names() if name in plain}
    if len(found) != 1:
        return ""
    return str(Operator.objects.get(pk=next(iter(found))).name_ko)


def _names() -> Iterator[tuple[Operator, str]]:
    for operator in Operator.objects.only("pk", "name_ko", "name_en", "name_zh", "platforms"):
        names = {
            squeeze(name)
            for name in (operator.name_ko, operator.name_en, operator.name_zh, *operator.platforms)
        }
        if not names & _of_pack():
            yield from ((operator, name) for name in names if len(name) >= _SHORTEST)


@cache
def _of_pack() -> frozenset[str]:
    rows = book().pack.data("helpline/operators.yaml")["services"]
    return frozenset(squeeze(name) for row in rows for name in (row["name"], *row["names"], *row["short"]))

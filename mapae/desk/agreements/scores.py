"""Scores of operators on the desk: every agreement and duty that binds one, recomputed from its ledger today."""

from __future__ import annotations

from functools import cache

import polars as pl

from mapae.contract import Context
from mapae.desk import clock
from mapae.desk.agreements.ledger import ledger
from mapae.desk.law import book
from mapae.desk.parties.models import Operator
from mapae.lists import ListStore
from mapae.measures.agreements.check import scores_of
from mapae.measures.agreements.commitments import Agreement, load_agreements, operator_key
from mapae.measures.agreements.score import Score

__all__ = ["agreements", "bound", "context", "names_of", "one_score", "scores", "scores_in"]


def context() -> Context:
    """The desk's pack and law as of today."""
    return Context(book().pack, book(), _lists(), clock.today())


@cache
def _lists() -> ListStore:
    return ListStore.load(book().pack, user=False)


def agreements() -> tuple[Agreement, ...]:
    """All agreements and duties of the pack as of today."""
    return load_agreements(book().pack, book(), clock.today())


def bound(operator: Operator, agreement: Agreement) -> bool:
    """Whether the agreement is about the operator, under any name the desk knows."""
    return not agreement.operators or bool(_own(operator) & agreement.parties)


def names_of(operator: Operator) -> frozenset[str]:
    """Keys of its names: those the desk knows, and those under which an agreement names the same party."""
    own = _own(operator)
    parties = [
        frozenset(map(operator_key, names)) for one in agreements() for names in one.operators.values()
    ]
    return own.union(*(keys for keys in parties if keys & own))


def _own(operator: Operator) -> frozenset[str]:
    names = (operator.key, operator.name_en, operator.name_ko, operator.name_zh, *operator.platforms)
    return frozenset(operator_key(name) for name in names if name)


def scores(operator: Operator) -> list[Score]:
    """Scores of the agreements that bind the operator; duties that no event touches are left out."""
    return scores_in(ledger(operator), operator)


def scores_in(events: pl.DataFrame, operator: Operator) -> list[Score]:
    """The same from the operator's ledger, where it has been read already."""
    found: list[Score] = []
    for agreement in agreements():
        if bound(operator, agreement):
            found += scores_of(events, context(), (_name(operator, agreement),), (agreement.key,))
    return found


def _name(operator: Operator, agreement: Agreement) -> str:
    """The name under which the agreement knows the operator."""
    names = (operator.key, operator.name_en, operator.name_ko, *operator.platforms)
    return next((name for name in names if name and operator_key(name) in agreement.parties), operator.key)


def one_score(operator: Operator, agreement: str, commitment: str) -> Score | None:
    """The operator's score on one commitment, or None."""
    found = scores(operator)
    return next(
        (one for one in found if one.agreement.key == agreement and one.commitment.key == commitment), None
    )

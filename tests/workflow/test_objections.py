"""Objections to letters: to which kinds, until when, who decides; every row of the pack is whole."""

from __future__ import annotations

from datetime import date

import pytest

from mapae.law import LawBook
from mapae.pack import load_pack
from mapae.workflow import document_kinds, objection_kinds, objection_to, open_until
from mapae.workflow.clocks import clock_kinds

BOOK = LawBook(load_pack("kr"))


def test_every_objection_names_kinds_clocks_and_letters_that_are_there() -> None:
    kinds, clocks = document_kinds(BOOK), clock_kinds(BOOK)
    for each in objection_kinds(BOOK).values():
        assert set(each.documents) <= set(kinds)
        assert (each.decides == "body") == bool(each.clock and each.letter)
        if each.decides == "body":
            assert (
                clocks[each.clock].starts == "objection_received"
                and clocks[each.clock].stops == "objection_decided"
            )
            assert kinds[each.letter].reply and kinds[each.letter].provision == each.law


@pytest.mark.parametrize(
    ("kind", "served", "until"),
    [
        ("takedown_recommendation", date(2026, 11, 25), date(2026, 12, 28)),  # 30 days end on Christmas
        ("interim_stop_order", date(2026, 11, 25), date(2026, 12, 2)),
        ("corrective_order", date(2026, 11, 25), date(2026, 12, 28)),
        ("takedown_recommendation_children", date(2026, 12, 2), None),
        ("takedown_recommendation_children", date(2026, 12, 3), date(2027, 1, 4)),
    ],
)
def test_an_objection_is_open_as_long_as_law_says(kind: str, served: date, until: date | None) -> None:
    objection = objection_to(kind, BOOK)
    assert objection is not None
    assert open_until(objection, served, BOOK) == until


def test_guidance_and_requests_know_no_objection_since_they_bind_nobody() -> None:
    for key, kind in document_kinds(BOOK).items():
        if kind.force in ("guidance", "request"):
            assert objection_to(key, BOOK) is None

"""The agent's contact on a first page: what an officer finds there, with places that hold exactly that text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mapae.measures.local_agents.publication import read_publication
from mapae.pack import load_pack

ROWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "packs/kr/local_agents_pages.yaml").read_text("utf-8")
)
WORDS = load_pack("kr").data("lexicons/local_agents.yaml")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_a_page_shows_the_parts_an_officer_finds(row: dict[str, Any]) -> None:
    read = read_publication(row["page"], WORDS)
    assert {part: item.text for part, item in read.found.items()} == row["found"]
    for item in read.found.values():
        assert read.text[item.start : item.end] == item.text


def test_missing_parts_are_named_and_a_corporation_needs_its_representative() -> None:
    read = read_publication(ROWS[1]["page"], WORDS)
    assert read.missing(corporation=True) == ("representative",)
    assert read.missing(corporation=False) == ()


def test_a_part_that_differs_from_the_mandate_is_named() -> None:
    read = read_publication(ROWS[2]["page"], WORDS)
    known = {"phone": "02-000-0001", "email": "agent@handeul.example", "address": "부산광역시 예시로 3"}
    assert read.differs(known) == ("address",)


@given(st.text(max_size=300))
def test_any_page_is_read_and_every_place_is_its_text(page: str) -> None:
    read = read_publication("국내대리인 " + page, WORDS)
    for item in read.found.values():
        assert read.text[item.start : item.end] == item.text

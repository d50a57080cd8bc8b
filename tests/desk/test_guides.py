"""The guides to the desk name only addresses that exist, and only words that stand on its pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

import mapae.desk
from mapae.desk.words import read_words
from mapae.workflow.states import VERBS

ROOT = Path(__file__).parents[2]
GUIDES = [ROOT / "docs/how-to" / f"desk-{who}.md" for who in ("agent", "officer", "seller")]
_ADDRESS = re.compile(r"`(/[^`\s]*)`")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")


def test_there_is_a_guide_for_each_who_works_at_the_desk() -> None:
    assert [path.name for path in GUIDES if not path.is_file()] == []


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_every_address_a_guide_names_is_a_route(path: Path) -> None:
    named = _ADDRESS.findall(path.read_text("utf-8"))
    assert named
    for address in named:
        try:
            resolve(address)
        except Resolver404:
            pytest.fail(f"{path.name} names {address}, which is no address of the desk")


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_every_word_a_guide_puts_in_bold_stands_on_a_page(path: Path) -> None:
    folded = {word.casefold() for word in (*read_words(Path(mapae.desk.__file__).parent), "bold")}
    folded |= {verb.title["en"].casefold() for verb in VERBS.values()}
    wanted = {word.casefold() for word in _BOLD.findall(path.read_text("utf-8"))}
    assert wanted - folded == set()

"""Hidden forms derived from a name: near the name, never the name itself, and each worth something."""

from __future__ import annotations

import string
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from mapae.text.disguise import HARD, LEET_LETTERS, disguises, initials
from mapae.text.squeeze import ONSETS

HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=8)
LATIN = st.text(string.ascii_letters + " ", min_size=1, max_size=16).map(str.strip).filter(bool)


@given(HANGUL)
def test_a_hangul_form_keeps_the_length_and_differs_in_one_syllable_or_is_the_initials(name: str) -> None:
    for form in disguises(name):
        assert form.text != name and 0 < form.weight <= 1
        if form.how == "initials":
            assert form.text == initials(name)
        else:
            assert len(form.text) == len(name)
            assert sum(one != other for one, other in zip(form.text, name, strict=True)) == 1


@given(LATIN)
def test_a_latin_form_is_a_few_edits_away_from_the_name(name: str) -> None:
    plain = name.casefold()
    for form in disguises(name):
        assert form.text != plain and 0 < form.weight <= 1
        if form.how in ("a letter doubled", "a letter left out", "a vowel bent"):
            assert OSA.distance(form.text, plain) == 1


@given(st.text("abco", min_size=8, max_size=14))
def test_a_letter_is_doubled_where_it_stood_alone_and_left_out_where_it_stood_double(name: str) -> None:
    runs = ["".join(run) for _letter, run in groupby(name)]
    doubled, fewer = set(), set()
    for place, run in enumerate(runs):
        before, after = "".join(runs[:place]), "".join(runs[place + 1 :])
        if len(run) > 1:
            fewer.add(before + run[1:] + after)
        elif place:
            doubled.add(before + 2 * run + after)
    forms = list(disguises(name))
    assert {form.text for form in forms if form.how == "a letter doubled"} == doubled
    assert {form.text for form in forms if form.how == "a letter left out"} == fewer


@given(st.text("中文名字", min_size=1, max_size=5))
def test_names_in_other_scripts_have_no_derived_forms(name: str) -> None:
    assert list(disguises(name)) == []


def test_the_known_tricks_are_among_the_forms() -> None:
    def forms(name: str) -> set[str]:
        return {form.text for form in disguises(name)}

    assert {"루이비동", "로이비통", "ㄹㅇㅂㅌ"} <= forms("루이비통")
    assert {"adidos", "adiddas"} <= forms("Adidas")
    assert {"p x g", "p.x.g", "p-x-g"} <= forms("PXG")
    assert {"ray b@n", "r@y ban"} <= forms("Ray Ban")
    assert "guci" in forms("Gucci")


def test_names_of_one_or_two_syllables_have_no_derived_forms() -> None:
    assert list(disguises("샤넬")) == [] and list(disguises("려")) == []


def test_the_tables_are_sound() -> None:
    assert all(one in ONSETS and set(others) <= set(ONSETS) - {one} for one, others in HARD.items())
    assert all(letter not in signs for letter, signs in LEET_LETTERS.items())

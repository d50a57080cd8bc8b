"""Hidden forms derived from a name: near the name, never the name itself, and each worth something."""

from __future__ import annotations

import string
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from mapae.text.disguise import HARD, LEET_LETTERS, disguises, hides, initials
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


EVERY = {
    "루이비통": {
        "a vowel bent 0.6": "로이비통 르이비통 루으비통 루이브통 루이비탕 루이비텅 루이비퉁",
        "a consonant bent 0.4": "루이삐통 루이피통 루이비동 루이비똥",
        "initials 0.8": "ㄹㅇㅂㅌ",
    },
    "뷁쉐퀴뭉": {
        "a vowel bent 0.6": "뷁쉐키뭉 뷁쉐퀴몽 뷁쉐퀴믕",
        "a consonant bent 0.4": "쀍쉐퀴뭉 풹쉐퀴뭉 뷁쒜퀴뭉 뷁쉐귀뭉 뷁쉐뀌뭉",
        "initials 0.8": "ㅂㅅㅋㅁ",
    },
    "나이키": {"initials 0.4": "ㄴㅇㅋ"},
    "가힣나": {"initials 0.4": "ㄱㅎㄴ"},
    "PXG": {"letters set apart 0.6": "p-x-g p.x.g p_x_g p*x*g p/x/g"},
    "Gucci": {"a letter doubled 0.4": "guucci guccii", "a letter left out 0.4": "guci"},
    "Fendia": {
        "a letter doubled 0.4": "feendia fenndia fenddia fendiia fendiaa",
        "a vowel bent 0.4": "fandia findia fendea fendya fendie fendio",
    },
    "Moncky": {
        "a letter doubled 0.4": "mooncky monncky monccky monckky monckyy",
        "a vowel bent 0.4": "muncky mancky moncki",
        "letters of the same sound 0.4": "monky monkky monccy",
    },
    "LV": {},
    "A": {},
    "a1bc": {},
    "AB c": {},
    "가a나다": {},
}


@pytest.mark.parametrize("name", EVERY)
def test_a_name_has_exactly_these_hidden_forms(name: str) -> None:
    found: dict[str, set[str]] = {}
    for form in disguises(name):
        if " " not in form.text:
            found.setdefault(f"{form.how} {form.weight}", set()).add(form.text)
    assert found == {how: set(forms.split()) for how, forms in EVERY[name].items()}


def test_a_letter_of_a_name_of_several_words_is_posed_once_or_everywhere() -> None:
    posed = [form.text for form in disguises("aBB ba") if form.how == "a sign for a letter"]
    assert posed == [
        "@bb ba", "@bb b@", "4bb ba", "4bb b4", "a8b ba", "a88 8a", "ab8 ba", "abb 8a", "abb b@", "abb b4",
    ]  # fmt: skip
    assert all(form.weight == 0.9 for form in disguises("aBB ba") if form.how == "a sign for a letter")


def test_the_known_tricks_are_among_the_forms() -> None:
    def forms(name: str) -> set[str]:
        return {form.text for form in disguises(name)}

    assert {"루이비동", "로이비통", "ㄹㅇㅂㅌ"} <= forms("루이비통")
    assert {"adidos", "adiddas"} <= forms("Adidas")
    assert {"p x g", "p.x.g", "p-x-g"} <= forms("PXG")
    assert {"ray b@n", "r@y ban"} <= forms("Ray Ban")
    assert "guci" in forms("Gucci") and "kartier" in forms("Cartier")


def test_names_of_one_or_two_syllables_have_no_derived_forms() -> None:
    assert list(disguises("샤넬")) == [] and list(disguises("려")) == []


def test_the_tables_are_sound() -> None:
    assert all(one in ONSETS and set(others) <= set(ONSETS) - {one} for one, others in HARD.items())
    assert all(letter not in signs for letter, signs in LEET_LETTERS.items())


@pytest.mark.parametrize(
    "seen", ["ㄷㅏㅇ뇨", "ㅎㅕㄹ당", "인 슐 린", "고·혈·압", "당.뇨", "c@ncer", "d1abetes", "糖-尿-病"]
)
def test_a_word_taken_apart_is_hidden(seen: str) -> None:
    assert hides(seen)


@pytest.mark.parametrize(
    "seen", ["당뇨", "허리 디스크", "위 암", "type 2", "covid-19", "고혈압", "糖尿病", ""]
)
def test_a_word_as_it_is_written_is_not_hidden(seen: str) -> None:
    assert not hides(seen)

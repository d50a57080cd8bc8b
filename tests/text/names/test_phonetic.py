"""Sounds of words in Hangul and Latin letters, and how alike two words sound."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.text.names.phonetic import (
    drop_cost,
    letter_name,
    likeness,
    opening_cost,
    sound_weight,
    sounds,
    spelled_out,
    swap_cost,
)

WORDS = st.one_of(st.text("abcdehiknorstuy", max_size=6), st.text("가나이키루비통샤넬헤", max_size=4))


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("가각간갇갈감갑갓강갛", "KaKaKaNKaTKaLKaMKaPKaSKaQKaT"),
        ("아애야어에여오와외우워위유으의이", "aeia@ei@ouaueu@uiu-i"),
        ("까나다라마바사자차카타파하", "KaNaTaLaMaPaSaJaJaKaTaPaHa"),
        ("Nike나이키 2", "NiKeNaiKi"),
        ("cheese", "JiS"),
        ("coffee", "KoPi"),
        ("dance", "TaNS"),
        ("ace", "aSe"),
        ("bridge", "PRiTJ"),
        ("page", "PaJe"),
        ("made", "MaTe"),
        ("tables", "TaPLeS"),
        ("stone", "SToN"),
        ("Bass", "PaS"),
        ("nation", "NaS@N"),
        ("café", "KaPe"),
        ("한\u0301글", "HaNK-L"),
        ("\u1112\u1161\u11ab글", "HaNK-L"),
        ("123!", ""),
    ],
)
def test_a_word_is_its_sounds(text, heard):
    assert sounds(text) == heard


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("나이키", "nike", 0.859),
        ("발렌시아가", "balenciaga", 1.0),
        ("로렉스", "rolex", 0.994),
        ("갈렉스", "rolex", 0.673),
        ("구찌", "gucci", 0.893),
        ("하림", "arim", 0.934),
        ("sap", "jap", 0.875),
        ("tap", "sap", 0.833),
        ("map", "nap", 0.69),
        ("oak", "uak", 0.75),
        ("kap", "oap", 0.421),
        ("abc", "xyz", 0.018),
        ("i", "kagakaga", 0.0),
        ("gap", "cap", 1.0),
        ("", "a", 0.0),
        ("a", "1", 0.0),
    ],
)
def test_two_words_sound_alike_as_far_as_their_sounds_are_near(a, b, alike):
    assert likeness(a, b) == pytest.approx(alike, abs=0.001)
    assert likeness(b, a) == pytest.approx(likeness(a, b))


@given(WORDS, WORDS)
def test_likeness_is_one_less_the_cheapest_way_from_one_word_to_the_other(a, b):
    left, right = sounds(a), sounds(b)

    @cache
    def cost(i: int, j: int) -> float:
        ways = [0.0] if i == j == 0 else []
        ways += [cost(i - 1, j) + drop_cost(left[i - 1])] if i else []
        ways += [cost(i, j - 1) + drop_cost(right[j - 1])] if j else []
        ways += [cost(i - 1, j - 1) + swap_cost(left[i - 1], right[j - 1])] if i and j else []
        return min(ways)

    if left and right:
        lost = cost(len(left), len(right)) / max(sound_weight(left), sound_weight(right))
        assert likeness(a, b) == pytest.approx(max(0.0, 1 - lost - opening_cost(left[0], right[0])))
    else:
        assert likeness(a, b) == 0


def test_near_sounds_cost_little_and_a_vowel_for_a_consonant_most():
    assert [swap_cost(*pair) for pair in ("aa", "LR", "SJ", "ae", "ea", "yz", "KT", "aK", "Ka")] == [
        0.0, 0.0, 0.3, 0.1, 0.1, 0.35, 1.0, 1.3, 1.3,
    ]  # fmt: skip
    assert [drop_cost(sound) for sound in "RH-e.Kab"] == [0.12, 0.25, 0.03, 0.2, 0.0, 1.0, 0.3, 0.3]
    assert sound_weight("KaL-") == pytest.approx(2.8)


def test_another_first_sound_costs_by_how_far_it_is():
    pairs = ("aa", "KK", "HK", "KH", "ST", "JT", "NM", "SK", "ae", "Ka", "aK", "aH")
    assert [opening_cost(*pair) for pair in pairs] == [0, 0, 0, 0, 0, 0.06, 0.06, 0.1, 0, 0.1, 0.1, 0]


def test_letters_may_be_said_one_by_one_at_either_end():
    assert [letter_name(letter) for letter in "awz"] == ["에이", "더블유", "지"]
    assert spelled_out("ab") == ("에이비", "a비", "에이b")
    assert spelled_out("X-1y") == ("엑스와이", "x와이", "엑스y")
    assert spelled_out("COSRX") == (
        "씨오에스알엑스", "c오에스알엑스", "co에스알엑스", "cos알엑스", "cosr엑스", "씨osrx", "씨오srx", "씨오에스rx",
    )  # fmt: skip
    assert spelled_out("abcdefghij")[0] == "abcde에프지에이치아이제이" and len(spelled_out("abcdefghij")) == 8
    assert spelled_out("a") == spelled_out("abcdefghijk") == ()

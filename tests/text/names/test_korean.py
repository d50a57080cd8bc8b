"""Korean names in Latin letters, and English words in Hangul."""

from __future__ import annotations

import pytest

from mapae.text.names.japanese import _hangul_sound, _sound, kana_letters
from mapae.text.names.korean import (
    contrasts,
    double_surnames,
    is_surname,
    latin_to_hangul,
    letters,
    surname_readings,
)
from mapae.text.names.loanwords import jamo, settled, spells_loanwords


def test_a_name_has_its_plain_letters():
    assert [letters(text) for text in ("Kim Ŭnsŏ", "É-a1", "T'ŏ", "김")] == ["kimeunseo", "ea", "teo", ""]
    assert letters("U\u0306n") == "eun"


@pytest.mark.parametrize(
    ("text", "syllables", "among", "not_among"),
    [
        ("minseo", 2, "민서", "민사"),
        ("min-seo", 2, "민서", "민사"),
        ("Min Seo", 2, "민서", "민소"),
        ("young", 1, "영", "양"),
        ("jeongyeon", 2, "정연", "정현"),
        ("jinsangho", 3, "진상호", "진상"),
        ("ian", 2, "이안", "연"),
        ("siu", 2, "시우", "슈"),
        ("kyung", 1, "경", "겸"),
        ("lee", 1, "이", "에"),
    ],
)
def test_letters_may_stand_for_hangul_of_so_many_syllables(text, syllables, among, not_among):
    found = latin_to_hangul(text, syllables)
    assert among in found and not_among not in found
    assert {len(name) for name in found} == {syllables}


@pytest.mark.parametrize(
    ("text", "syllables"), [("min seo", 1), ("min seo", 3), ("", 1), ("mi zz", 2), ("- -", 1)]
)
def test_letters_with_other_borders_or_of_no_syllable_stand_for_nothing(text, syllables):
    assert latin_to_hangul(text, syllables) == frozenset()


def test_all_readings_of_a_run_are_found():
    assert latin_to_hangul("minseo", 2) == {"믠서", "믠써", "민서", "민써"}
    assert latin_to_hangul("young", 1) == {"영", "용", "융"}
    assert latin_to_hangul("jiu", 2) == {one + other for one in "즤지쯰찌" for other in "어우으"}


def test_a_surname_is_known_in_letters_and_in_hangul():
    assert surname_readings("KIM") == {"김"} and surname_readings("Jaegal") == {"제갈"}
    assert surname_readings("zzz") == frozenset()
    assert {"임", "림"} <= surname_readings("lim") and "연" in surname_readings("yeon")
    known = {
        "김이": True,
        "제갈온": True,
        "남궁민": True,
        "김": False,
        "뷁이": False,
        "뷁궁민": False,
        "": False,
    }
    assert {name: is_surname(name) for name in known} == known
    assert {"남궁", "제갈", "황보"} <= double_surnames() and "김" not in double_surnames()
    assert ("yong", "young") in contrasts() and all(one != other for one, other in contrasts())


def test_hangul_is_taken_to_its_letters_with_what_spellers_vary_made_one():
    assert jamo("각나a힣") == "ㄱㅏ\u11a8ㄴㅏaㅎㅣ\u11c2"
    assert jamo("가\uabff\ud7a4") == "ㄱㅏ\uabff\ud7a4"
    assert [settled(word) for word in ("빼에", "샤쵸쳐", "뛔", "야", "쥬")] == [
        "ㅍㅐㅇㅐ",
        "ㅅㅏㅊㅗㅊㅓ",
        "ㅌㅚ",
        "ㅇㅑ",
        "ㅈㅜ",
    ]


@pytest.mark.parametrize(
    ("hangul", "latin", "spelled"),
    [
        ("블랙베어", "blackbear", True),
        ("블랙", "blackbear", False),
        ("블랙베어스", "blackbear", False),
        ("에어올", "airall", True),
        ("에어올에어올에어", "airallairallair", True),
        ("에어올에어올에어올", "airallairallairall", None),
        ("에이", "zzzz", None),
        ("에이", "a", None),
        ("", "", True),
    ],
)
def test_hangul_spells_english_words_where_the_letters_can_be_cut_into_up_to_five(hangul, latin, spelled):
    assert spells_loanwords(hangul, latin) is spelled


@pytest.mark.parametrize(
    ("letters_", "heard"),
    [
        ("ootani", "oTaNi"),
        ("ohno", "oNo"),
        ("ohara", "oHaRa"),
        ("suu", "Su"),
        ("shin'ichi", "SiNiCi"),
        ("jiro", "CiRo"),
        ("tsutsumi", "SuSuMi"),
        ("kanpai", "KaNPai"),
        ("kambe", "KaNPe"),
        ("sho", "So"),
        ("kyuji", "KyuCi"),
        ("chya", "Ca"),
        ("kitte", "KiTe"),
    ],
)
def test_japanese_letters_are_heard_in_classes_that_all_romanisations_share(letters_, heard):
    assert _sound(letters_) == heard


def test_hangul_is_heard_as_japanese_is_written_in_it():
    words = ("스즈키", "마쓰모토", "오노", "우우오오", "간감강", "쇼조", "각", "요시다", "츠쯔쓰")
    heard = ["SuCuKi", "MaSuMoTo", "oNo", "uo", "KaNKaNKaN", "SoCo", "Ka", "yoSiTa", "SuSuSu"]
    assert [_hangul_sound(word) for word in words] == heard
    assert [kana_letters(text) for text in ("すずき", "ガム", "リー")] == ["suzuki", "gamu", "ri"]

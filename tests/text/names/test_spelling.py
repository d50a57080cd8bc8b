"""Two words without spaces: one name or two, by letters, readings or sound, and why."""

from __future__ import annotations

import pytest

from mapae.text.names.spelling import same_word

HOW = {
    "the same letters": ["nike nike", "小鹿 小鹿"],
    "two Hangul spellings of one foreign name": ["헤네시 해네시", "까르띠에 카르티에", "쟈라스 자라쓰"],
    "is read 소록 in Korean": ["小鹿 소록"],
    "is the Mandarin sound of": ["小鹿 샤오루"],
    "is the Japanese reading of": ["鈴木 스즈키", "鈴木 suzuki"],
    "in another script": ["鈴木 すずき", "ナイキ 나이키", "すずき 鈴木"],
    "is the Pinyin of": ["小鹿 xiaolu", "绿源 lvyuan", "绿源 luyuan"],
    "writes the Korean reading of": ["小鹿 sorok"],
    "is the Wade-Giles spelling of": ["徐静 hsuching"],
    "is the Revised Romanisation of": ["신라 silla", "한빛1 hanbit1"],
    "in Latin letters": ["이영 leeyoung", "한빛 hanbit1"],
    "says the letters of": [
        "에스케이 sk",
        "엘앤디 ld",
        "엘엔디 ld",
        "엘앤드디 ld",
        "엑스 x",
        "에이비씨디 abcd",
    ],
    "is how the English words of": ["블랙베어 blackbear", "드림웍스 dreamworks"],
    "sounds like": [
        "에이비씨디이 abcde",
        "코스알엑스 cosrx",
        "나이키 nike",
        "a가 아가",
        "가a gaa",
        "メルカリ 멜카리",
    ],
}
OTHER = {
    "other characters": ["耐克 乃克"],
    "other letters": ["nike niki"],
    "Hangul differs": ["샤넬 사넬", "헤네 해네", "헤네시 헤네시스"],
    "another reading": ["トヨタ 丰田", "ナイキ ナイク"],
    "no reading of the characters agrees": ["小鹿 소록이"],
    "another Pinyin": ["小鹿 xiaoli", "小鹿 xiaoluo", "小鹿 xi"],
    "other figures": ["한빛1 hanbit2"],
    "is not how the English words of": ["블랙베리 blackbear", "드림윅스 dreamworks"],
    "sounds like": ["ナイキ nikex", "大疆 dji", "徐 hsu", "갈렉스 rolex", "a가 b라"],
}


@pytest.mark.parametrize(("why", "pair"), [(why, pair) for why, pairs in HOW.items() for pair in pairs])
def test_two_words_are_one_name_and_it_is_told_why(why, pair):
    a, b = pair.split()
    for one, other in ((a, b), (b, a)):
        like, said = same_word(one, other)
        assert like == 1.0 and why in said


@pytest.mark.parametrize(("why", "pair"), [(why, pair) for why, pairs in OTHER.items() for pair in pairs])
def test_two_words_are_two_names_and_it_is_told_why(why, pair):
    a, b = pair.split()
    for one, other in ((a, b), (b, a)):
        like, said = same_word(one, other)
        assert 0 <= like < 1 and why in said


def test_the_nearness_of_two_names_is_told_by_its_kind():
    nearness = {
        ("耐克", "乃克"): 0.2,
        ("nike", "niki"): 0.4,
        ("샤넬", "사넬"): 0.3,
        ("ナイキ", "ナイク"): 0.2,
        ("小鹿", "소록이"): 0.2,
        ("小鹿", "xiaoli"): 0.4,
        ("한빛1", "hanbit2"): 0.1,
        ("드림윅스", "dreamworks"): 0.6,
        ("大疆", "dji"): 0.557,
        ("갈렉스", "rolex"): 0.611,
    }
    assert {pair: round(same_word(*pair)[0], 3) for pair in nearness} == nearness


@pytest.mark.parametrize(
    ("a", "b", "too_little", "enough"),
    [
        ("카르", "kolo", 0.0, 0.04),
        ("구찌", "gutsi", 0.24, 0.28),
        ("小鹿", "shaulo", 0.12, 0.16),
        ("宜家", "ikea", 0.04, 0.08),
    ],
)
def test_less_likeness_is_enough_where_city_and_trade_agree(a, b, too_little, enough):
    assert same_word(a, b, too_little)[0] < 1 <= same_word(a, b, enough)[0]
    assert same_word(a, b, -too_little)[0] < 1


def test_another_pinyin_of_as_many_syllables_is_another_name_even_where_city_and_trade_agree():
    assert same_word("小鹿", "xiaoli", 0.16) == same_word("小鹿", "xiaoli") == (0.4, "another Pinyin")
    assert same_word("小鹿", "xiao") == (0.4, "another Pinyin")
    assert "sounds like" in same_word("小鹿", "xiao", 0.16)[1]

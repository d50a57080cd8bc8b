"""Two personal names: by which reading they are one, whichever comes first, and when a name is a shop's."""

from __future__ import annotations

import pytest

from mapae.text.names.person import (
    _both_pinyin,
    _hangul_of,
    _is_shop,
    _is_spelled,
    _orders,
    _parse,
    _pinyin_syllables,
    _southern,
    _told_apart,
    _transcribable,
    _untitled,
    compare_persons,
)

ONE = {
    "the same Hangul": ["김민서 | 김 민서", "김민서 씨 | 김민서", "김민서님 | 대표 김민서"],
    "the same characters, simplified": ["金敏書 | 金敏书", "李明先生 | 李 明"],
    "is read 유하준 in Korean": ["柳河俊 | 유하준"],
    "is the Mandarin sound of": ["赵丽 | 자오리", "赵丽颖儿 | 자오리잉얼"],
    "is the Japanese reading of": [
        "鈴木 | 스즈키",
        "田中太郎 | Tanaka Taro",
        "田中太郎 | Taro Tanaka",
        "佐々木さん | Sasaki",
    ],
    "is a way to write 김민서": [
        "김민서 | Kim Minseo",
        "김민서 | Minseo Kim",
        "김민서 | Kim, Min-seo",
        "김민서 | Mr. Gim Min Seo",
    ],
    "is a way to write 남궁민수": [
        "남궁민수 | Namgung Minsu",
        "남궁민수 | Nam Gung Min Su",
        "남궁민수 | Minsu Namgung",
    ],
    "is the Revised Romanisation of 신라온": ["신라온 | Silla On"],
    "is the Hangul of the Mandarin": ["자오리 | Zhao Li", "자오리 | Li Zhao", "왕리 | Wang Li"],
    "is the Pinyin of": ["徐静怡 | Xu Jingyi", "徐静怡 | Jingyi Xu", "李 | Li"],
    "is the Hong Kong spelling of": ["陳俊宏 | Chan Chun Wang"],
    "is the Wade-Giles spelling of": ["許文傑 | Hsu Wen-chieh"],
    "with its surname as families abroad write it": [
        "陈伟明 | Tan Wei Ming",
        "陈福成 | Tan Hock Seng",
        "陳俊宏 | Tan Chun Wang",
    ],
    "is a way to write the Korean reading of": ["李瑞妍 | Lee Seo-yeon"],
    "are one Japanese name": [
        "すずき | 鈴木",
        "すずき | スズキ",
        "すずき | 스즈키",
        "すずき たろう | Taro Suzuki",
        "しょうた | Shota",
    ],
    "the same letters": ["Kim Minseo | Minseo Kim", "Kim Minseo | Dr KIM MINSEO"],
    "the same letters, otherwise divided": ["Kim Min-seo | Ki Mminseo", "Kim Min seo | Kim Minseo"],
    "both are ways to write 김민서": ["Kim Minseo | Gim Minseo"],
    "both are ways to write 박민": ["Park Min | Bak Min"],
    "Pinyin and Wade-Giles of one name": ["Cai Peishan | Tsai Pei-shan", "Peishan Cai | Tsai Pei-shan"],
    "the same core": ["은하수공방 | 은하수공방 공식스토어"],
    "is the Revised Romanisation of 달빛": ["달빛공방 | Dalbit Gongbang"],
}
TWO = {
    "Hangul differs by a syllable": ["김민서 | 김민지"],
    "other characters, though they may sound alike": ["李明 | 黎明"],
    "neither the Korean nor the Mandarin reading agrees": ["李瑞妍 | 김서연"],
    "is no spelling of": ["김민서 | Kim Minji", "하늘바라기 | Wang Li"],
    "is no reading of": ["李瑞妍 | Kim Seo-yeon"],
    "another Japanese reading": ["すずき | Tanaka", "すずき | すすき", "すずき | 田中", "すずき | 다나카"],
    "spellings by which people tell two syllables apart": ["Nam Do-yong | Nam Do-young"],
    "no common reading": ["Kim A | Lee B", "Zhao Wei | Zhou Wei"],
    "other letters": ["star88 | star89"],
}


@pytest.mark.parametrize(("why", "pair"), [(why, pair) for why, pairs in ONE.items() for pair in pairs])
def test_two_names_are_one_by_a_reading(why, pair):
    a, b = pair.split(" | ")
    for found in (compare_persons(a, b), compare_persons(b, a)):
        assert found.same and found.score >= 0.95 and why in found.reason


@pytest.mark.parametrize(("why", "pair"), [(why, pair) for why, pairs in TWO.items() for pair in pairs])
def test_two_names_are_two_where_no_reading_agrees(why, pair):
    a, b = pair.split(" | ")
    for found in (compare_persons(a, b), compare_persons(b, a)):
        assert not found.same and found.score <= 0.2 and why in found.reason


def test_a_name_is_taken_by_its_script_and_latin_words_in_the_order_of_speech():
    told = {
        "김 민서": ("hangul", "김민서", ()),
        "김민서 Kim": ("hangul", "김민서", ()),
        "李 明": ("han", "李明", ()),
        "鈴木さん": ("han", "铃木", ()),
        "鈴木 イチロー": ("han", "铃木イチロー", ()),
        "すず き": ("kana", "すずき", ()),
        "Kim, Min-seo": ("latin", "Kim  Min-seo", ("Kim", "Min-seo")),
        "Mr. O.K. Kim 3": ("latin", "O.K. Kim 3", ("O", "K", "Kim")),
        "ＫＩＭ": ("latin", "KIM", ("KIM",)),
    }
    assert {
        text: (found.script, found.text, found.words) for text in told for found in [_parse(text)]
    } == told


def test_a_title_is_left_out_before_and_behind_but_is_no_part_of_a_word():
    told = {
        "김민서 대표": "김민서",
        "대표 김민서": "김민서",
        "김민서대표": "김민서대표",
        "김민서님": "김민서",
        "해님": "해님",
        "李明 先生": "李明",
        "李明女士": "李明",
        "MR. Kim": "Kim",
        "Mrkim": "Mrkim",
        "Kim Dr": "Kim",
        "Dr": "Dr",
        "様": "様",
        "田中様": "田中",
    }
    assert {text: _untitled(text) for text in told} == told


def test_words_are_tried_as_written_and_with_an_end_moved_to_the_other():
    orders = [_orders(tuple(words)) for words in ("", "a", "ab", "aa", "abc")]
    assert [" ".join("".join(order) for order in found) for found in orders] == [
        "",
        "a",
        "ab ba",
        "aa",
        "abc cab bca",
    ]


def test_hangul_names_of_so_many_syllables_begin_with_a_surname():
    assert {"김민", "민김"} <= _hangul_of(("Kim", "Min"), 2) and _hangul_of(("Kim", "Min"), 3) == frozenset()
    assert "남궁민" in _hangul_of(("Nam", "Gung", "Min"), 3) & _hangul_of(("Namgung", "Min"), 3)
    assert _hangul_of(("Jae", "Gal", "On"), 3) >= {"제갈온"}
    assert "김민" in _hangul_of(("Kimmin",), 2) and _hangul_of(("zz",), 2) == frozenset()


def test_pinyin_words_are_split_each_by_itself():
    told = {"Zhao Li": "zhao li", "Zhao-Li": "zhao li", "Xianan": "xian an", "zq li": "", "": ""}
    assert {words: " ".join(_pinyin_syllables(tuple(words.split()))) for words in told} == told


def test_a_run_is_made_of_one_spelling_a_character():
    options = (frozenset({"a", "ab"}), frozenset({"c"}))
    assert _is_spelled(options, "abc") and _is_spelled(options, "ac") and _is_spelled((), "")
    assert not any((_is_spelled(options, "ab"), _is_spelled(options, "abcc"), _is_spelled((), "a")))


def test_families_abroad_write_the_surname_their_way_and_the_given_name_in_one_of_three():
    syllables = ("chen", "wei", "ming")
    assert _southern("陈伟明", syllables, ("tan", "weiming")) and _southern(
        "陈伟明", syllables, ("tan", "wei", "ming")
    )
    assert not _southern("陈伟明", syllables, ("tan",))
    assert not _southern("陈伟明", syllables, ("lim", "weiming"))
    assert not _southern("陈福成", ("chen", "fu", "cheng"), ("tan", "hock", "sing"))


@pytest.mark.parametrize(
    ("rule", "pairs", "holds"),
    [
        (_both_pinyin, ["Zhao Wei | Zhou Wei"], True),
        (_both_pinyin, ["Li Wei | Zhao Wei", "Kim Min | Zhao Wei", "Zhao Wei | Kim Min"], False),
        (
            _told_apart,
            ["Do-yong | Do-young", "Do-young | Do-yong", "Yong Yong | Young Yong", "Jong A | Jung A"],
            True,
        ),
        (_told_apart, ["Kim Min | Kim Ming", "Yong Yong | Young Young", "Do-yong | Do-yong"], False),
        (_transcribable, ["李明 | 하늘", "하늘 | すず", "하늘 | Zhao Li"], True),
        (_transcribable, ["하늘 | Bquick", "하늘 | 나라"], False),
    ],
)
def test_rules_about_two_names(rule, pairs, holds):
    for pair in pairs:
        a, b = pair.split(" | ")
        assert rule(_parse(a), _parse(b)) is holds, pair


def test_a_decorated_name_one_with_figures_and_hangul_that_is_no_name_is_a_shop():
    def shop(text: str, other: str) -> bool:
        return _is_shop(text, *sorted((_parse(text), _parse(other)), key=lambda name: name.script))

    assert (
        shop("김민서 공식", "Kim")
        and shop("김민서1", "Kim")
        and shop("달빛공방", "Dalbit")
        and shop("선우민서아", "Kwick")
    )
    assert not any(
        shop(*pair)
        for pair in [("김민서", "Kim"), ("김  민서", "Kim"), ("달빛공방", "Zhao Li"), ("Kim", "Lee")]
    )
    assert not shop("김민서", "달빛공방나라") and not shop("남궁민수", "Bquick")

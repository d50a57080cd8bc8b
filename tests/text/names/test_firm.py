"""Two names of firms or brands: which rule says that they are one or two, how sure it is, and why."""

from __future__ import annotations

import pytest

from mapae.text.names.firm import (
    _initials,
    _one_script,
    _other_marks,
    _read_whole,
    _same_core,
    _same_letters,
    _two_scripts,
    _unit,
    compare_brands,
    compare_firms,
)

BRANDS = [
    ("Nike", "나이키", 0.99, "two names of one firm or brand in common use"),
    ("Nike", "Adidas", 0.01, "two known names of different firms or brands"),
    ("Zorvex", "ZORVEX", 0.99, "the same letters"),
    ("Zorvex's", "Zorvex", 0.95, "the same letters"),
    ("Zorvex 조르벡스", "Zorvex", 0.95, "the same letters"),
    ("Blue Harbor Lab", "B H L", 0.9, "one name is the initials of the other"),
    ("Löwenz", "Loewenz", 0.95, "the same letters, umlauts written out"),
    ("Löwenz", "Läwenz", 0.38, "other letters"),
    ("Zorvex", "Zorwex", 0.38, "other letters"),
    ("Zorvex", "조르벡스", 0.95, "조르벡스 sounds like zorvex (1.00)"),
]
FIRMS = [
    ("Acme Co", "ACME, Inc.", 0.97, "the same core"),
    ("Hanbit Store", "Hanbit", 0.87, "the same core"),
    ("Hanbit Shenzhen", "Hanbit", 0.87, "the same core"),
    ("Hanbit Store Shenzhen", "Hanbit", 0.77, "the same core"),
    ("Kim & Park", "Park & Kim", 0.97, "the same core"),
    ("Alpha Beta Gamma", "Gamma Alpha Beta", 0.97, "the same core"),
    ("Blue Ocean Logistics", "BOL", 0.9, "one name is the initials of the other"),
    ("한빛", "Hanbit", 0.97, "hanbit is the Revised Romanisation of 한빛"),
    (
        "한빛무역",
        "Hanbit Trading",
        0.97,
        "hanbit is the Revised Romanisation of 한빛; the same trade: trading",
    ),
    (
        "심천한빛",
        "Hanbit Shenzhen",
        0.97,
        "hanbit is the Revised Romanisation of 한빛; the same place: shenzhen",
    ),
    (
        "新星电子有限公司",
        "신성전자",
        0.95,
        "one name is the Korean reading of the other, character by character",
    ),
    ("恒光照明电器", "Hengguang Lighting", 0.87, "hengguang is the Pinyin of 恒光; the same trade: lighting"),
    ("Nike Korea", "나이키코리아", 0.95, "branches of one firm"),
    ("Nike Korea", "Adidas Korea", 0.02, "branches of two firms"),
    ("Hanbit Korea", "Hanbit", 0.05, "a parent and its national company, or companies of two countries"),
    ("Hanbit Shenzhen Toys", "Hanbit Guangzhou Toys", 0.05, "the firms sit in different places"),
    ("한빛무역", "한빛", 0.3, "the same core; one name says another trade"),
    ("Lumen Toys Trading", "Lumen Toys", 0.3, "the same core; one name says another trade"),
    ("Lumen Lighting Electric", "Lumen Lighting", 0.3, "the same core; one name says another trade"),
    ("Blue Ocean", "BO", 0.2, "other letters"),
    ("한빛", "Hanbyeol", 0.329, "한빛 sounds like hanbyeol (0.73)"),
]


@pytest.mark.parametrize(("a", "b", "score", "why"), BRANDS)
def test_two_brands_are_compared_by_the_first_rule_that_holds(a, b, score, why):
    for found in (compare_brands(a, b), compare_brands(b, a)):
        assert (round(found.score, 3), "; ".join(found.reasons), found.same) == (score, why, score > 0.5)


@pytest.mark.parametrize(("a", "b", "score", "why"), FIRMS)
def test_two_firms_are_compared_by_the_first_rule_that_holds(a, b, score, why):
    for found in (compare_firms(a, b), compare_firms(b, a)):
        assert (round(found.score, 3), "; ".join(found.reasons), found.same) == (score, why, score > 0.5)


def test_a_name_said_in_two_scripts_is_said_once():
    said = {
        "TEMU 테무": "temu",
        "테무 TEMU": "temu",
        "Nike 나이키": "nike",
        "Hanbit 한빛": "hanbit",
        "Nike 아디다스": "Nike 아디다스",
        "Hanbit 은하수": "Hanbit 은하수",
        "Hanbit 한빛 은하수 나라": "Hanbit 한빛 은하수 나라",
        "Hanbit": "Hanbit",
        "한빛": "한빛",
        "Nike 은하수": "Nike 은하수",
    }
    assert {text: _one_script(text) for text in said} == said


def test_a_chinese_city_is_called_without_the_word_city_and_without_its_town():
    said = {
        "江门市杜阮镇朗亮灯饰厂": "江门朗亮灯饰厂",
        "浙江省义乌市朗亮灯饰": "浙江省义乌朗亮灯饰",
        "深圳市绿源科": "深圳绿源科",
        "深圳市绿源": "深圳市绿源",
    }
    assert {text: _unit(text) for text in said} == said


def test_umlauts_may_be_left_out_or_written_out_but_not_be_others():
    assert _same_letters("Müller", "Mueller").score == 0.95
    assert _same_letters("Müller GmbH", "Mueller").same
    assert _same_letters("Müller", "Muller").score == _same_letters("Zorvex Co", "Zorvex-Co").score == 0.99
    assert _same_letters("Müller", "Möller") is None and _same_letters("Zorvex", "Zorvax") is None
    assert _same_letters("Zorvex Co", "Zorvex") is None
    assert _other_marks("Müller", "Möller") and _other_marks("Müller", "Mäller")
    assert not any(_other_marks("Müller", other) for other in ("Muller", "Mueller", "MÜLLER"))


@pytest.mark.parametrize(
    ("han", "hangul", "is_one"),
    [
        ("新星电子", "신성전자", True),
        ("新星电子", "신성전자a", False),
        ("新星电子a", "신성전자", False),
        ("新星电", "신성전", False),
        ("新星电子有限责任公司", "유한책임회사신성전자", True),
        ("新星电子股份有限公司", "신성전자주식회사", True),
        ("新星电子公司", "유한공사신성전자", True),
        ("新星公司", "신성", False),
        ("新星有限公司", "신성유한회사", False),
    ],
)
def test_a_name_of_four_characters_or_more_is_read_aloud_whole(han, hangul, is_one):
    assert _read_whole(han, hangul) is _read_whole(hangul, han) is is_one


@pytest.mark.parametrize(
    ("words", "short", "are"),
    [
        ("United Parcel Service", "UPS", True),
        ("Alpha of Beta and the Gamma", "ABG", True),
        ("Alpha Beta Gamma", "AB G", True),
        ("Alpha Beta Gamma Co., Ltd.", "ABG Inc", True),
        ("Alpha Beta", "AB", False),
        ("Alpha Beta Gamma", "ABX", False),
        ("Bank of the West", "BW", False),
    ],
)
def test_a_name_is_the_initials_of_three_words_or_more(words, short, are):
    assert _initials(words, short) is _initials(short, words) is are


def test_the_words_of_a_core_agree_in_any_order_up_to_three():
    cores = [
        ("", "", (1.0, "the same words of trade and place")),
        ("", "a", (0.0, "one name has no core")),
        ("a b", "b a", (1.0, "the same core")),
        ("한빛 나라", "nara hanbit", (1.0, "each word of the core agrees")),
        ("하나 두나 세나", "sena hana duna", (1.0, "each word of the core agrees")),
        ("a b c", "a b x", (0.4, "other letters")),
        ("한빛", "hanbit", (1.0, "hanbit is the Revised Romanisation of 한빛")),
    ]
    for left, right, told in cores:
        assert _same_core(tuple(left.split()), tuple(right.split()), 0.0) == told
    four = _same_core(("하나", "두나", "세나", "네나"), ("nena", "sena", "hana", "duna"), 0.0)
    assert four[0] < 1 and "sounds like" in four[1]
    assert _same_core(("한빛", "나라"), ("nara", "hanba"), 0.0)[0] < 1
    assert _same_core(("小鹿",), ("shaulo",), 0.0)[0] < 1 <= _same_core(("小鹿",), ("shaulo",), 0.16)[0]


def test_two_scripts_are_hangul_and_latin_letters():
    pairs = {
        ("한", "a"): True,
        ("a", "한"): True,
        ("a", "b"): False,
        ("한", "나"): False,
        ("小", "한"): False,
        ("한", "小a"): False,
    }
    assert {pair: _two_scripts(*pair) for pair in pairs} == pairs

"""Chinese characters read aloud: Pinyin, Korean readings, Hangul of the Mandarin sound, spellings of the south."""

from __future__ import annotations

import pytest

from mapae.text.names import chinese
from mapae.text.names.wade import is_wade_giles, wade_giles


def test_characters_have_their_pinyin():
    assert chinese.pinyin("小鹿") == ("xiao", "lu")
    assert chinese.pinyin("绿a") == ("lu", "a")
    assert chinese.simplify("龍門") == "龙门"


def test_letters_are_pinyin_from_end_to_end_or_not():
    assert [chinese.is_pinyin(run) for run in ("xiaolu", "zhuang", "lvyuan", "xiaolux", "qx", "")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    assert chinese.split_pinyin("xiaolu") == ("xiao", "lu")
    assert chinese.split_pinyin("xian") == ("xian",)
    assert chinese.split_pinyin("xiaox") == chinese.split_pinyin("") == ()


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("李", "리 이"),
        ("東京", "동경"),
        ("东", "동"),
        ("金車", "금거 금차 김거 김차"),
        ("女李里", "녀리리 녀이리 여리리 여이리"),
        ("李里", "리리 이리"),
        ("", ""),
        ("a", ""),
        ("李a", ""),
    ],
)
def test_characters_have_their_korean_readings_with_the_initial_sound_rule_and_without(text, readings):
    assert chinese.korean_readings(text) == frozenset(readings.split())


def test_no_more_than_sixty_four_combinations_of_readings_are_made():
    assert len(chinese.korean_readings("樂樂樂")) == len(chinese.korean_readings("樂樂樂樂")) == 64


@pytest.mark.parametrize(
    ("written", "said"),
    zip(
        "라랴러려로료루류르리래례뢰년녀뇨뉴니나네넉가",
        "나야너여노요누유느이내예뇌연여요유이나네넉가",
        strict=True,
    ),
)
def test_a_reading_softens_at_the_head_of_a_word(written, said):
    assert chinese._initial_sound(written) == said


@pytest.mark.parametrize(
    ("text", "hangul", "is_one"),
    [
        ("李", "이", True),
        ("李", "리", True),
        ("年", "연", True),
        ("李", "김", False),
        ("李", "이이", False),
        ("", "", False),
    ],
)
def test_hangul_reads_characters_one_by_one(text, hangul, is_one):
    assert chinese.is_korean_reading(text, hangul) is is_one


LOANWORDS = (
    "xiao:샤오 zhou:저우 yi:이 er:얼 zhi:즈 chi:츠 shi:스 ri:르 zi:쯔 ci:츠 si:쓰 ju:쥐 qu:취 xuan:쉬안 jun:쥔 "
    "que:췌 lv:뤼 nv:뉘 lue:뤠 jia:자 jie:제 zhe:저 chang:창 zhong:중 zui:쭈이 guang:광 kuai:콰이 hui:후이 "
    "lun:룬 pian:폔 bian:볜 fang:팡 ban:반 ting:팅 hai:하이 yang:양 weng:웡 x: xx: b: yx: "
)


@pytest.mark.parametrize(("pinyin", "hangul"), [pair.split(":") for pair in LOANWORDS.split()])
def test_a_syllable_of_pinyin_is_written_in_hangul_by_the_loanword_rules(pinyin, hangul):
    assert chinese.hangul_of_pinyin(pinyin) == hangul


def test_characters_have_the_spellings_of_hong_kong_and_of_families_from_the_south():
    assert chinese.cantonese("陳a") == ({"chan"}, frozenset()) and chinese.cantonese("") == ()
    assert chinese.hokkien("明a") == ({"beng", "meng"}, frozenset())
    assert "tan" in chinese.southern_surnames("陳") and chinese.southern_surnames("a") == frozenset()


@pytest.mark.parametrize(
    ("pinyin", "spellings"),
    [
        ("dong", "tung"),
        ("ban", "pan"),
        ("peng", "peng"),
        ("lian", "lien"),
        ("lve", "lueh"),
        ("shang", "shang"),
        ("zhuang", "chuang"),
        ("ruan", "juan"),
        ("wang", "wang"),
        ("an", "an"),
        ("ong", "ong"),
        ("zi", "tzu tze"),
    ],
)
def test_a_syllable_is_spelled_as_in_taiwan(pinyin, spellings):
    assert wade_giles(pinyin) == set(spellings.split())


def test_no_syllables_are_spelled_by_no_letters():
    assert is_wade_giles((), "") and not is_wade_giles((), "a") and not is_wade_giles(("xu",), "xu")
    assert is_wade_giles(("xu", "jing"), "hsuching") and not is_wade_giles(("xu", "jing"), "hsuchin")

"""Readings: Revised Romanisation, Wade-Giles, Japanese, decorations and company forms, each by examples of its rules."""

from __future__ import annotations

import pytest

from mapae.text.names import chinese
from mapae.text.names.firm import _read_whole
from mapae.text.names.japanese import kana_letters, same_japanese
from mapae.text.names.romanise import revised
from mapae.text.names.wade import is_wade_giles, wade_giles
from mapae.text.names.words import take_apart, undecorated


@pytest.mark.parametrize(
    ("hangul", "latin"),
    [
        ("종로", "jongno"),
        ("신라", "silla"),
        ("독립문", "dongnimmun"),
        ("별내", "byeollae"),
        ("칠리", "chilli"),
        ("심리", "simni"),
        ("국물", "gungmul"),
        ("앞문", "ammun"),
        ("있는", "inneun"),
        ("담력", "damnyeok"),
        ("값이", "gabsi"),
        ("닭", "dak"),
        ("닭이", "dalgi"),
        ("밖에", "bakke"),
        ("앉아", "anja"),
        ("강아지", "gangaji"),
        ("좋고", "joko"),
        ("많다", "manta"),
        ("싫지", "silchi"),
        ("놓아", "noa"),
        ("좋소", "jotso"),
        ("해돋이", "haedoji"),
        ("같이", "gachi"),
        ("밭에", "bate"),
        ("핥이", "halchi"),
        ("힣가", "hika"),
        ("a나b", "anab"),
        ("한!이", "han!i"),
        ("갈나 갈리", "galla galli"),
        ("달빛공방", "dalbitgongbang"),
        ("좋은", "joeun"),
        ("강남역", "gangnamyeok"),
        ("A1호", "A1ho"),
    ],
)
def test_hangul_is_romanised_with_its_sound_changes(hangul, latin):
    assert revised(hangul) == latin


def test_every_letter_of_hangul_has_its_letters():
    assert revised("가 까 나 다 따 라 마 바 빠 사 싸 아 자 짜 차 카 타 파 하") == (
        "ga kka na da tta ra ma ba ppa sa ssa a ja jja cha ka ta pa ha"
    )
    assert revised("아 애 야 얘 어 에 여 예 오 와 왜 외 요 우 워 웨 위 유 으 의 이") == (
        "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"
    )
    assert (
        revised("각 간 갇 갈 감 갑 갓 강 갖 갗 갘 같 갚 갛")
        == "gak gan gat gal gam gap gat gang gat gat gak gat gap gat"
    )


@pytest.mark.parametrize(
    ("pinyin", "spelling"),
    [
        ("zhang", "chang"),
        ("xu", "hsu"),
        ("cai", "tsai"),
        ("jie", "chieh"),
        ("zhi", "chih"),
        ("guo", "kuo"),
        ("xiong", "hsiung"),
        ("lin", "lin"),
    ],
)
def test_a_syllable_has_its_wade_giles_spelling(pinyin, spelling):
    assert spelling in wade_giles(pinyin)
    assert is_wade_giles((pinyin, pinyin), spelling * 2)
    assert not is_wade_giles((pinyin,), spelling + "x")


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("鈴木", "suzuki", True),
        ("鈴木", "스즈키", True),
        ("大野", "오노", True),
        ("松本", "마쓰모토", True),
        ("松本", "마츠모토", True),
        ("松本", "matsuda", False),
        ("佐々木", "sasaki", True),
        ("佐々木", "사사키", True),
        ("佐木", "sasaki", False),
        ("大田", "oota", True),
        ("大野", "ohno", True),
        ("太田", "oota", True),
        ("勝", "katsu", True),
        ("勝", "kats", True),
        ("山田", "yamad", False),
        ("山田", "YAMADA", False),
        ("木", "ki", False),
        ("鈴木ソ", "suzukiso", True),
        ("鈴木ソ", "suzukisu", False),
        ("鈴木ソ", "suzuki", False),
        ("松本", "マツモト", True),
        ("林", "はやし", True),
        ("新橋", "shimbashi", True),
        ("大石", "おおいし", True),
        ("メルカリ", "메루카리", True),
        ("鈴木", "すずき", True),
    ],
)
def test_japanese_names_are_read_in_letters_hangul_and_kana(name, other, same):
    assert same_japanese(name, other) is same


def test_kana_are_written_in_letters_without_long_marks():
    assert kana_letters("スターバックス") == "sutabakkusu"


def test_a_long_name_is_read_in_korean_character_by_character():
    assert chinese.is_korean_reading("宁波甬宁进出口", "영파용녕진출구")
    assert chinese.is_korean_reading("青岛海林水产", "청도해림수산")
    assert not chinese.is_korean_reading("青岛海林水产", "청도해림수선")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("앤커 공식 온라인몰", "앤커"),
        ("[공식] 앤커", "앤커"),
        ("安克官方旗舰店", "安克"),
        ("Anker Official Flagship Store", "anker"),
        ("Official Store", "Official Store"),
        ("공식만물상", "공식만물상"),
    ],
)
def test_what_a_shop_puts_beside_a_name_is_left_out_unless_nothing_would_stay(text, left):
    assert undecorated(text) == left


def test_a_firm_is_taken_apart_into_core_trade_place_and_nation():
    parts = take_apart("深圳市恒源达科技(香港)有限公司")
    assert (parts.core, parts.trade, parts.places, parts.nations) == (
        ("恒源达",), frozenset({"technology"}), frozenset({"shenzhen"}), frozenset({"hongkong"}),
    )  # fmt: skip
    assert take_apart("구글코리아 유한회사").nations == {"korea"}
    assert take_apart("주식회사 온누리커머스").whole == "온누리커머스"


def test_a_city_may_stay_part_of_the_name():
    assert take_apart("광동제약", places=False).core == ("광동",)


@pytest.mark.parametrize(
    ("hangul", "same"),
    [
        ("신성전자유한공사", True),
        ("신성전자주식회사", True),
        ("주식회사신성전자", True),
        ("신성전자", True),
        ("신성전기", False),
    ],
)
def test_a_firm_may_be_written_by_the_reading_of_its_characters_with_any_form_of_company(hangul, same):
    assert _read_whole("新星电子有限公司", hangul) is same
    assert _read_whole(hangul, "新星电子有限公司") is same

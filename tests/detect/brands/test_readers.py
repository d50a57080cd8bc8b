"""The readers of odd spellings: what they take for a name, what they leave, and where they say it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.detect.brands.hangul import HangulReader
from mapae.detect.brands.hanzi import HanziReader
from mapae.detect.brands.latin import LatinReader
from mapae.detect.brands.reader import NameReader

HANGUL = [
    "나이키",
    "샤넬",
    "프라다",
    "톰브라운",
    "아디다스",
    "발렌시아가",
    "쓰리엠",
    "모비스",
    "까르띠에",
    "에르메스",
]
LATIN = ["Ray Ban", "Palm Angels", "Stussy", "Richard Mille", "Adidas", "Pandora"]
HANZI = ["普拉达", "匡威", "阿迪达斯", "劳力士", "路易威登"]
hangul = HangulReader.build((name, name) for name in HANGUL)
latin = LatinReader.build(((name, name) for name in LATIN), frozenset({"rayon"}))
hanzi = HanziReader.build((name, name) for name in HANZI)


@pytest.mark.parametrize(
    ("text", "owner", "seen"),
    [
        ("나이ㅋㅣ 운동화", "나이키", "나이ㅋㅣ"),
        ("ㅅㅑ넬 가방", "샤넬", "ㅅㅑ넬"),
        ("샤ㄴㅔㄹ 가방", "샤넬", "샤ㄴㅔㄹ"),
        ("프라ㄷ 지갑", "프라다", "프라ㄷ"),
        ("톰ㅂ 가디건", "톰브라운", "톰ㅂ"),
        ("아디*스 신발", "아디다스", "아디*스"),
        ("발렌시아7r 트랙", "발렌시아가", "발렌시아7r"),
        ("발렌시* 트랙", "발렌시아가", "발렌시*"),
        ("3엠 마스크", "쓰리엠", "3엠"),
        ("모비ㅅ 필터", "모비스", "모비ㅅ"),
        ("까르ㄸ1ㅔ 팔찌", "까르띠에", "까르ㄸ1ㅔ"),
        ("에르 메ㅅ 벨트", "에르메스", "에르 메ㅅ"),
    ],
)
def test_a_name_with_a_sign_or_jamo_in_a_syllables_place_is_read(text: str, owner: str, seen: str) -> None:
    found = next(iter(hangul.read(text)))
    assert (found.owner, text[found.start : found.end]) == (owner, seen)


@pytest.mark.parametrize(
    "text",
    ["나이 30대 남성", "나이3 살", "아디오스 3집", "프라하 여행", "ㅋㅋㅋ 대박", "샤넬 가방", "톰과 제리"],
)
def test_ordinary_hangul_is_no_hidden_name(text: str) -> None:
    assert [item for item in hangul.read(text) if item.weight > 0.5] == []


@pytest.mark.parametrize(
    ("text", "owner"), [("아디데스 삼바", "아디다스"), ("발렌시아 트랙", "발렌시아가"), ("쌰넬 가방", "샤넬")]
)
def test_a_misspelt_or_clipped_hangul_name_is_near(text: str, owner: str) -> None:
    assert [item.owner for item in hangul.near(text)] == [owner]


@pytest.mark.parametrize(
    ("text", "owner", "seen"),
    [
        ("new ray b@n case", "Ray Ban", "ray b@n"),
        ("p@lm angels jacket", "Palm Angels", "p@lm angels"),
        ("st*ssy tee", "Stussy", "st*ssy"),
        ("adid4s samba", "Adidas", "adid4s"),
        ("pand0ra charm", "Pandora", "pand0ra"),
    ],
)
def test_a_latin_name_with_posed_letters_is_read(text: str, owner: str, seen: str) -> None:
    found = next(iter(latin.read(text)))
    assert (found.owner, text[found.start : found.end]) == (owner, seen)


@pytest.mark.parametrize("text", ["adidas samba", "3in1 usb3 4k hdmi2", "ray of ban", "1eg0 52", "r2d2 c3po"])
def test_plain_names_and_model_numbers_are_no_posed_names(text: str) -> None:
    assert list(latin.read(text)) == []


def test_a_latin_name_one_edit_away_or_begun_only_is_near() -> None:
    assert [item.owner for item in latin.near("pandorra charm")] == ["Pandora"]
    assert [item.owner for item in latin.begun("r. mille rm11")] == ["Richard Mille"]
    assert list(latin.near("rayon shirt")) == []


def test_a_long_latin_name_spelled_by_its_sound_is_near() -> None:
    assert [item.owner for item in latin.near("rishard mile tourbillon")] == ["Richard Mille"]
    assert [item.owner for item in latin.near("paalm angelz hoodie")] == ["Palm Angels"]


def test_a_common_word_is_read_as_a_name_only_where_it_is_misspelt() -> None:
    reader = LatinReader.build([], frozenset({"marshal"}), [("Marshall", "Marshall"), ("Puma", "Puma")])
    assert [item.owner for item in reader.near("marshaall speaker")] == ["Marshall"]
    assert list(reader.near("marshall speaker, marshal arts, pumaa")) == []


def test_a_short_word_with_a_number_behind_it_is_a_model() -> None:
    reader = HangulReader.build([("미니소", "Miniso")])
    assert list(reader.read("아이패드 미니6")) == []


@pytest.mark.parametrize(
    ("text", "owner", "seen"),
    [
        ("全新 普拉da 包", "普拉达", "普拉da"),
        ("匡w 帆布鞋", "匡威", "匡w"),
        ("阿迪达丝 德训鞋", "阿迪达斯", "阿迪达丝"),
        ("劳力土 水鬼", "劳力士", "劳力土"),
        ("路易*登 老花", "路易威登", "路易*登"),
    ],
)
def test_a_chinese_name_by_sound_or_sign_is_read(text: str, owner: str, seen: str) -> None:
    found = next(iter(hanzi.read(text)))
    assert (found.owner, text[found.start : found.end]) == (owner, seen)


def test_a_chinese_name_as_it_is_is_no_hidden_one() -> None:
    assert list(hanzi.read("普拉达 匡威 阿迪达斯")) == []


names = NameReader.build([(name, name) for name in (*HANGUL, *LATIN, *HANZI)])


@given(st.text(alphabet="나이키샤넬ㅅㅑㄴㅔㄹ*@#0123 abrypnstu普拉达da匡w", max_size=24))
def test_sightings_lie_within_the_text_and_are_worth_at_most_one(text: str) -> None:
    for found in (*names.odd(text), *names.near(text)):
        assert 0 <= found.start < found.end <= len(text)
        assert 0 < found.weight <= 1


@given(st.sampled_from([name for name in HANGUL if len(name) >= 3]), st.data())
def test_any_syllable_starred_is_read_back(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(name) - 1))
    text = f"새 {name[:at]}*{name[at + 1 :]} 팝니다"
    assert name in [found.owner for found in hangul.read(text)]


@given(st.sampled_from(["adidas", "pandora", "stussy"]), st.data())
def test_up_to_half_of_a_latin_names_letters_may_be_starred(name: str, data: st.DataObject) -> None:
    stars = data.draw(st.sets(st.integers(1, len(name) - 1), min_size=1, max_size=len(name) // 2))
    hidden = "".join("*" if at in stars else char for at, char in enumerate(name))
    assert [found.owner.casefold() for found in latin.read(f"new {hidden} sale")] == [name]


def test_a_line_that_is_a_common_word_is_read_only_where_signs_stand_for_letters() -> None:
    reader = LatinReader.build([], lines=[("Jordan", "Nike"), ("Force 10", "Fred")])
    assert [found.owner for found in reader.read("j0rd@n 4 military")] == ["Nike"]
    assert not list(reader.read("jordan river trip"))
    assert not list(reader.read("f0rce"))

"""What each character becomes: look-alikes, forms, accents, spaces, jamo, traditional characters; kept in the cache."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from mapae.text.tables import COMPAT_OF, KIND, LEET, SYMBOL_LEET, Tables, kind_of, tables

pytestmark = pytest.mark.slow

# what a character becomes, and whether that undoes a disguise
PLAIN = {
    "a": "AaＡａÀáǍǻå",
    "l": "LlＬŁł",
    "i": "İıÏⅰ",
    "ss": "ßẞ",
    "ae": "ÆæǢǽ",
    "oe": "Œœ",
    "th": "Þþ",
    "d": "ĐđÐð",
    "h": "Ħħ",
    "t": "Ŧŧ",
    "o": "ØøǾõ",
    "μ": "µμ",
    "xii": "Ⅻⅻ",
    "tel": "℡",
    "1": "1１",
    "1⁄2": "½",
    "(주)": "㈜",
    "가": "가㉮",
    "ㄱ": "ㄱ\u1100\u11a8㉠ﾡ",
    "ㅎ": "ㅎ\u1112\u11c2ﾾ",
    "ㅏ": "ㅏ\u1161ￂ",
    "ㅣ": "ㅣ\u1175ￜ",
    "ㅀ": "ㅀ\u111a\u11b6ﾰ",
    " ": " \t\n\r\v\f\x85\xa0\u2003\u2028\u2029\u3000\u115f\u1160\u3164\uffa0\u2800´゛",
    "": "\x00\u0301\u0334\u3099ﾞ\ue000\ufe0f",
    "ナ": "ナﾅ",
    "か": "かが",
    "ハ": "ハバパﾊ㋩",
    "龙": "龙龍",
    "发": "发發髮",
    "干": "干乾幹",
    "人": "人⼈",
    "コト": "ヿ",
    "한": "한",
    "힣": "힣",
    "㐀": "㐀",
    "ㆎ": "ㆎ",
    "=": "=＝≠",
    "€": "€",
    "и": "Иий",
}
POSING = {
    "kg": "㎏",
    "a": "ªаαΑάɑᴀⓐⒶ𝐀𝒂🄰🅐🅰",
    "e": "еЕёЁεΕέᴇ𝔢ⓔ🇪",
    "b": "ВβᏏ",
    "c": "сСϲ",
    "d": "ԁᎠ",
    "h": "НһΗ",
    "i": "ℹіІΙɪᵢ",
    "k": "КκΚᴋ🅺",
    "m": "МΜᴍ",
    "n": "Νɲɴ",
    "o": "ºоОοΟօ",
    "p": "рРρΡ",
    "r": "гᖇʀ",
    "s": "ѕЅꓢ",
    "t": "ТΤτ",
    "u": "υս",
    "v": "νѵ",
    "x": "хХχ",
    "y": "уУΥ",
    "z": "ΖꓜⓏ🅉🆉🇿",
    "1": "①¹₁𝟏۱१",
    "0": "۰०๐𝟘",
    "马": "⻢",
    "长": "⻑",
    "": "\u200b\u200d\u00ad\u2060\ufeff\u20dd",
}


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("new") / "cache"


@pytest.fixture(scope="module")
def built(cache) -> Tables:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAPAE_CACHE", str(cache))
        return tables.__wrapped__()


@pytest.mark.parametrize("becomes", PLAIN)
def test_a_form_of_a_character_is_that_character_and_no_disguise(built, becomes):
    for char in PLAIN[becomes]:
        assert (built.fold(char), built.changed[ord(char)]) == (becomes, 0), (char, hex(ord(char)))


@pytest.mark.parametrize("becomes", POSING)
def test_what_poses_as_a_letter_or_hides_between_letters_is_told_as_changed(built, becomes):
    for char in POSING[becomes]:
        assert (built.fold(char), built.changed[ord(char)]) == (becomes, 1), (char, hex(ord(char)))


def test_letters_of_every_script_that_pose_as_latin_ones_are_found(built):
    scripts = {
        "CYRILLIC",
        "GREEK",
        "ARMENIAN",
        "CHEROKEE",
        "LISU",
        "COPTIC",
        "DESERET",
        "CANADIAN",
        "OSAGE",
        "GEORGIAN",
    }
    posing = {
        unicodedata.name(chr(code)).split()[0]
        for code in np.flatnonzero(built.changed[:0x10500]).tolist()
        if unicodedata.name(chr(code), "")
    }
    assert scripts - posing <= {"OSAGE"}
    assert built.fold("я") == "я" and built.fold("ω") == "ω" and built.fold("ひ") == "ひ"


def test_a_letter_that_looks_like_l_is_i_where_it_is_a_capital(built):
    assert [built.fold(char) for char in "ІӀⅼ|"] == ["i", "i", "l", "|"]
    assert built.fold("ⲓ") == "l" and built.fold("Ⲓ") == "i"


def test_what_was_folded_once_stays_as_it_is_and_every_normal_form_folds_alike(built):
    several = {"ͺ", "ϲ", "Ϲ"}  # their look is another than that of their compatibility form
    for code in np.flatnonzero(built.index != -1).tolist():
        char = chr(code)
        folded = built.fold(char)
        assert "".join(map(built.fold, folded)) == folded, char
        for form in ("NFC", "NFD") if char in several else ("NFC", "NFD", "NFKC", "NFKD"):
            normal = unicodedata.normalize(form, char)
            if not any(
                "\u1161" <= part <= "\u11ff" for part in normal
            ):  # jamo are put together by the text's fold
                assert re.sub(" +", " ", "".join(map(built.fold, normal))) == folded, (char, form)


def test_marks_controls_and_private_characters_are_taken_out_and_only_unseen_ones_are_a_disguise(built):
    for code in range(0x3000, 0x323B0):
        category = unicodedata.category(chr(code))
        if category in ("Mn", "Me", "Cf", "Cc", "Co"):
            assert built.fold(chr(code)) == "" and built.changed[code] == (category in ("Cf", "Me"))
        elif category in ("Zs", "Lo") and not unicodedata.decomposition(chr(code)):
            assert built.fold(chr(code)) != ""
    assert built.fold("\U000e0041") == "" and built.changed[0xE0041]
    assert built.index[0xD800] == built.index[0x10FFFF] == -1


def test_a_character_kept_by_the_quick_table_is_the_one_that_fold_gives_with_its_kind(built):
    codes = [*range(0x3000), *range(0xAC00, 0xAC80), *range(0xF900, 0x10500), 0x1F1E6]
    for code in (code for code in codes if unicodedata.category(chr(code)) not in ("Cs", "Cn")):
        entry, folded = int(built.quick[code]), built.fold(chr(code))
        assert (entry >= 0) is (len(folded) == 1)
        assert entry >> 24 & 1 == built.changed[code]
        if entry >= 0:
            assert (chr(entry & 0x1FFFFF), entry >> 21 & 7) == (folded, kind_of(folded))


@pytest.mark.parametrize(
    ("kind", "chars"),
    [
        ("space", " "),
        ("latin", "azяωéñ"),
        ("digit", "09"),
        ("hangul", "가힣"),
        ("jamo", "\u3131\u318e"),
        ("han", "\u3400\u9fff\u3005\U00020000\U000323af\uf900\ufaff"),
        ("kana", "\u3041\u30ff"),
        ("other", "!~-/:@`{\u3040\u3130\u318f\u33ff€"),
    ],
)
def test_a_folded_character_has_a_kind(kind, chars):
    assert {kind_of(char) for char in chars} == {KIND[kind]}


def test_every_leet_sign_has_its_letter_by_its_byte_and_every_other_byte_itself(built):
    wanted = {char.encode("cp1252")[0]: ord(letter) for char, letter in LEET.items()}
    assert built.leet.tolist() == [wanted.get(byte, byte) for byte in range(256)]
    assert set(SYMBOL_LEET) <= set(LEET)


def test_all_conjoining_jamo_in_use_are_known():
    modern = {*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3)}
    assert modern <= set(COMPAT_OF) and 0x1160 not in COMPAT_OF


def parts(found: Tables) -> list[list[int]]:
    return [
        found.index.tolist(),
        found.size.tolist(),
        found.changed.tolist(),
        found.pool.tolist(),
        found.leet.tolist(),
    ]


def test_the_tables_are_kept_read_again_and_built_anew_where_the_file_is_broken(built, cache, monkeypatch):
    monkeypatch.setenv("MAPAE_CACHE", str(cache))
    (kept,) = cache.iterdir()
    assert unicodedata.unidata_version in kept.name and parts(tables.__wrapped__()) == parts(built)
    with np.load(kept) as found:
        changed = {name: found[name] for name in found.files}
    changed["leet"][ord("q")] = ord("z")
    np.savez(kept, **changed)
    assert tables.__wrapped__().leet[ord("q")] == ord("z")
    kept.write_bytes(b"no table")
    assert parts(tables.__wrapped__()) == parts(built)
    assert kept.stat().st_size > 10_000


def test_where_nothing_can_be_kept_the_tables_are_built_all_the_same(built, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("MAPAE_CACHE", str(tmp_path / "file"))
    assert parts(tables.__wrapped__()) == parts(built)

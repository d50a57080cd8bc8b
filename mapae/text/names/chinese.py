"""Chinese characters read aloud: Pinyin, Korean readings, Hangul of the Mandarin sound, Hong Kong spellings."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

import icu
import opencc
import yaml

__all__ = [
    "cantonese",
    "hangul_of_pinyin",
    "hokkien",
    "is_korean_reading",
    "is_pinyin",
    "korean_readings",
    "pinyin",
    "simplify",
    "southern_surnames",
    "split_pinyin",
]

_DATA = Path(__file__).parent / "data"
# A syllable of Pinyin without tone: an initial and one of the finals that go with it.
_FINALS = (
    "iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|van|"
    "ai|ei|ao|ou|an|en|in|un|vn|ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v"
)
_SYLLABLE = re.compile(
    rf"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:{_FINALS})|(?:ang|eng|ai|ei|ao|ou|an|en|er|a|o|e))"
)
_RUN = re.compile(rf"(?:{_SYLLABLE.pattern})+")


@lru_cache(maxsize=65_536)
def simplify(text: str) -> str:
    """Traditional (and Hong Kong, Taiwan, Japanese) characters as simplified ones."""
    return str(_to_simplified().convert(text))


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


@cache
def _latin() -> icu.Transliterator:
    return icu.Transliterator.createInstance("Han-Latin; Latin-ASCII; Lower")


@lru_cache(maxsize=65_536)
def pinyin(text: str) -> tuple[str, ...]:
    """Syllables of the commonest Mandarin reading, without tones (ICU Han-Latin; ü as u)."""
    return tuple(str(_latin().transliterate(" ".join(text))).split())


def is_pinyin(text: str) -> bool:
    """Whether a run of Latin letters could be Pinyin from end to end."""
    return bool(_RUN.fullmatch(text))


def split_pinyin(text: str) -> tuple[str, ...]:
    """A run of Latin letters as Pinyin syllables; empty where it is no Pinyin."""
    found = tuple(_SYLLABLE.findall(text))
    return found if "".join(found) == text else ()


@cache
def _collator() -> tuple[icu.Collator, dict[bytes, str]]:
    """ICU's Korean order files every Hanja right behind the Hangul of its reading: equal at primary strength."""
    collator = icu.Collator.createInstance(icu.Locale("ko"))
    collator.setStrength(icu.Collator.PRIMARY)
    return collator, {collator.getSortKey(chr(code)): chr(code) for code in range(0xAC00, 0xD7A4)}


@cache
def _readings() -> dict[str, list[str]]:
    """Further readings, and readings of characters that ICU's order leaves out."""
    loaded: dict[str, list[str]] = yaml.load((_DATA / "hanja.yaml").read_text("utf-8"), yaml.BaseLoader)
    return loaded


@lru_cache(maxsize=65_536)
def _reading(char: str) -> tuple[str, ...]:
    collator, keys = _collator()
    more = _readings()
    forms = dict.fromkeys([char, str(_to_traditional().convert(char))])
    found: dict[str, None] = {}
    for form in forms:
        read = keys.get(collator.getSortKey(form))
        found |= dict.fromkeys([*([read] if read else []), *more.get(form, [])])
    return tuple(found)


def korean_readings(text: str) -> frozenset[str]:
    """Every Sino-Korean reading of a text of Chinese characters, with the initial-sound rule (두음법칙) and without.

    Empty where a character has no known reading; at most 64 combinations.
    """
    options = [_reading(char) for char in text]
    if not text or not all(options):
        return frozenset()
    found: set[str] = set()
    for count, chosen in enumerate(product(*options)):
        if count == 64:
            break
        word = "".join(chosen)
        found |= {word, _initial_sound(word[0]) + word[1:]}
        if len(word) > 2:
            found.add(_initial_sound(word[0]) + _initial_sound(word[1]) + word[2:])
    return frozenset(found)


def _initial_sound(syllable: str) -> str:
    """Hangul orthography Art. 10–12: ㄹ, ㄴ at the head of a word (리 → 이, 로 → 노, 녀 → 여)."""
    code = ord(syllable) - 0xAC00
    onset, vowel, coda = code // 588, code % 588 // 28, code % 28
    palatal = vowel in (2, 3, 6, 7, 12, 17, 20)
    if onset == 5:
        onset = 11 if palatal else 2
    elif onset == 2 and palatal:
        onset = 11
    return chr(0xAC00 + onset * 588 + vowel * 28 + coda)


_INITIAL = dict(
    b="ㅂ", p="ㅍ", m="ㅁ", f="ㅍ", d="ㄷ", t="ㅌ", n="ㄴ", l="ㄹ", g="ㄱ", k="ㅋ", h="ㅎ", j="ㅈ", q="ㅊ", x="ㅅ",
    zh="ㅈ", ch="ㅊ", sh="ㅅ", r="ㄹ", z="ㅉ", c="ㅊ", s="ㅆ",
)  # fmt: skip
# final → Hangul after a consonant; ∅ stands for the onset (National Institute of Korean Language, loanword rules)
_FINAL = dict(
    a="∅ㅏ", o="∅ㅗ", e="∅ㅓ", ai="∅ㅏ이", ei="∅ㅔ이", ao="∅ㅏ오", ou="∅ㅓ우", an="∅ㅏㄴ", en="∅ㅓㄴ", ang="∅ㅏㅇ",
    eng="∅ㅓㅇ", ong="∅ㅜㅇ", i="∅ㅣ", ia="∅ㅑ", ie="∅ㅖ", iao="∅ㅑ오", iu="∅ㅠ", ian="∅ㅖㄴ", iang="∅ㅑㅇ", ing="∅ㅣㅇ",
    iong="∅ㅠㅇ", u="∅ㅜ", ua="∅ㅘ", uo="∅ㅝ", uai="∅ㅘ이", ui="∅ㅜ이", uan="∅ㅘㄴ", un="∅ㅜㄴ", uang="∅ㅘㅇ", ue="∅ㅞ",
    v="∅ㅟ", ve="∅ㅞ", van="∅ㅟ안", vn="∅ㅟㄴ", er="얼", **{"in": "∅ㅣㄴ"},
)  # fmt: skip
_WHOLE = dict(
    yi="이", ya="야", ye="예", yao="야오", you="유", yan="옌", yin="인", yang="양", ying="잉", yong="융", yu="위", yue="웨",
    yuan="위안", yun="윈", wu="우", wa="와", wo="워", wai="와이", wei="웨이", wan="완", wen="원", wang="왕", weng="웡",
    er="얼", a="아", o="오", e="어", ai="아이", ei="에이", ao="아오", ou="어우", an="안", en="언", ang="앙", eng="엉",
)  # fmt: skip
_FLAT = {"ㅑ": "ㅏ", "ㅖ": "ㅔ", "ㅠ": "ㅜ", "ㅕ": "ㅓ"}


@lru_cache(maxsize=4096)
def hangul_of_pinyin(syllable: str) -> str:
    """A syllable of Pinyin in Hangul by the loanword rules (xiao → 샤오, zhou → 저우); empty where it is none."""
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    initial = syllable[:2] if syllable[:2] in _INITIAL else syllable[:1]
    final = syllable[len(initial) :]
    if initial not in _INITIAL or final not in _FINAL:
        return ""
    if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        shape = "∅ㅡ"
    elif initial in ("j", "q", "x") and final in ("u", "uan", "un", "ue"):
        shape = {"u": "∅ㅟ", "uan": "∅ㅟ안", "un": "∅ㅟㄴ", "ue": "∅ㅞ"}[final]
    else:
        shape = _FINAL[final]
    onset = _INITIAL[initial]
    if onset in ("ㅈ", "ㅊ", "ㅉ"):
        shape = shape[0] + _FLAT.get(shape[1], shape[1]) + shape[2:]
    return _compose(onset, shape)


def _compose(onset: str, shape: str) -> str:
    vowel = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ".index(shape[1])
    coda = {"ㄴ": 4, "ㅇ": 21}.get(shape[2:3], 0)
    rest = shape[3:] if coda else shape[2:]
    number = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ".index(onset)
    return chr(0xAC00 + number * 588 + vowel * 28 + coda) + rest


@cache
def _by_character(table: str) -> dict[str, frozenset[str]]:
    """Character → spellings, from a table by spelling."""
    loaded: dict[str, str] = yaml.load((_DATA / f"{table}.yaml").read_text("utf-8"), yaml.BaseLoader)
    found: dict[str, set[str]] = {}
    for spelling, chars in loaded.items():
        for char in chars:
            found.setdefault(char, set()).add(spelling)
    return {char: frozenset(spellings) for char, spellings in found.items()}


def cantonese(text: str) -> tuple[frozenset[str], ...]:
    """Hong Kong spellings of each character (simplified); an empty set where none is known."""
    return tuple(_by_character("cantonese").get(char, frozenset()) for char in simplify(text))


def hokkien(text: str) -> tuple[frozenset[str], ...]:
    """Spellings of each character of a given name by Hokkien and Teochew sound; an empty set where none is known."""
    return tuple(_by_character("hokkien_given").get(char, frozenset()) for char in simplify(text))


@cache
def _southern() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = yaml.load((_DATA / "hokkien.yaml").read_text("utf-8"), yaml.BaseLoader)
    return loaded


def southern_surnames(char: str) -> frozenset[str]:
    """How families from Fujian and Chaozhou write a surname abroad (陈 → tan)."""
    return frozenset(_southern().get(simplify(char), ()))


def is_korean_reading(text: str, hangul: str) -> bool:
    """Whether Hangul reads a text of Chinese characters syllable by syllable, however long."""
    if len(text) != len(hangul) or not text:
        return False
    return all(
        any(syllable in (reading, _initial_sound(reading)) for reading in _reading(char))
        for char, syllable in zip(text, hangul, strict=True)
    )

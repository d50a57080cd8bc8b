"""Two names of firms or brands: the same one across scripts, forms, short names and spellings, or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import permutations
from pathlib import Path

import yaml

from mapae.text.names import chinese
from mapae.text.names.korean import latin_to_hangul
from mapae.text.names.phonetic import likeness, sounds, spelled_out
from mapae.text.names.words import Parts, fold_name, take_apart

__all__ = ["Verdict", "compare_brands", "compare_firms"]

_DATA = Path(__file__).parent / "data"
_HAN = re.compile(r"^[\u3400-\u9fff]+$")
_HANGUL = re.compile(r"^[가-힣0-9]+$")
_LATIN = re.compile(r"^[a-z0-9]+$")
# Least likeness of sound for one name in two scripts; shorter words need more (a vowel decides between them).
_LIKE = {2: 0.93, 3: 0.86, 4: 0.8}
_LIKE_LONG = 0.76
_SUPPORT = 0.16  # how much less is enough where city and trade agree too


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two names are one firm's or brand's; the score; the reasons in plain words."""

    same: bool
    score: float
    reasons: tuple[str, ...]


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold_name(text))


@cache
def _groups() -> dict[str, int]:
    rows: list[list[object]] = yaml.load((_DATA / "aliases.yaml").read_text("utf-8"), yaml.BaseLoader)
    return {_key(str(name)): number for number, row in enumerate(rows) for name in row}


@lru_cache(maxsize=65_536)
def _group(text: str) -> int | None:
    """The group of known names that a text belongs to: as it stands, or without form, nation left in."""
    groups = _groups()
    if _key(text) in groups:
        return groups[_key(text)]
    parts = take_apart(text)
    if parts.nations or parts.places:
        return None
    return groups.get("".join(parts.core)) if not parts.trade else None


def compare_brands(a: str, b: str) -> Verdict:
    """Two brand names. A line, a sub-brand or another brand with a common word is not the same."""
    known = _known(a, b)
    if known:
        return known
    left, right = _key(a), _key(b)
    like, why = _same_word(left, right)
    return Verdict(like >= 1.0, min(like, 1.0) * 0.95, (why,))


def compare_firms(a: str, b: str) -> Verdict:
    """Two firm names: form words aside, core, trade, place and nation must agree; what one leaves out may be missing once."""
    known = _known(a, b)
    if known:
        return known
    if _key(a) == _key(b):
        return Verdict(True, 0.99, ("the same letters",))
    left, right = take_apart(a), take_apart(b)
    clash = _clash(left, right)
    if clash:
        return Verdict(False, 0.05, (clash,))
    support = _SUPPORT * (bool(left.trade & right.trade) + bool(left.places & right.places)) / 2
    like, why = _same_core(left.core, right.core, support)
    gaps = (left.trade ^ right.trade) | (left.places ^ right.places)
    if like >= 1.0 and left.trade ^ right.trade:
        return Verdict(False, 0.3, (why, "one name says another trade"))
    score = min(like, 1.0) * (0.97 - 0.1 * len(gaps))
    return Verdict(like >= 1.0, score, (why, *_agreements(left, right)))


def _known(a: str, b: str) -> Verdict | None:
    left, right = _group(a), _group(b)
    if left is None or right is None:
        return None
    if left == right:
        return Verdict(True, 0.99, ("two names of one firm or brand in common use",))
    return Verdict(False, 0.01, ("two known names of different firms or brands",))


def _clash(left: Parts, right: Parts) -> str:
    if left.nations != right.nations:
        return "a parent and its national company, or companies of two countries"
    if left.places and right.places and not left.places & right.places:
        return "the firms sit in different places"
    if (
        left.trade
        and right.trade
        and left.trade != right.trade
        and not (left.trade >= right.trade or right.trade >= left.trade)
    ):
        return "the words of trade differ"
    return ""


def _agreements(left: Parts, right: Parts) -> tuple[str, ...]:
    found = []
    if left.trade & right.trade:
        found.append(f"the same trade: {', '.join(sorted(left.trade & right.trade))}")
    if left.places & right.places:
        found.append(f"the same place: {', '.join(sorted(left.places & right.places))}")
    return tuple(found)


def _same_core(left: tuple[str, ...], right: tuple[str, ...], support: float) -> tuple[float, str]:
    """1 or more where the cores are one name, else how near they come."""
    if not left or not right:
        return (1.0, "the same words of trade and place") if left == right else (0.0, "one name has no core")
    if sorted(left) == sorted(right):
        return 1.0, "the same core"
    best = _same_word("".join(left), "".join(right), support)
    if len(left) == len(right) and 1 < len(left) <= 3:
        for order in permutations(right):
            scores = [_same_word(x, y, support) for x, y in zip(left, order, strict=True)]
            if min(score for score, _ in scores) >= 1.0:
                return 1.0, "each word of the core agrees"
    return best


@lru_cache(maxsize=65_536)
def _same_word(a: str, b: str, support: float = 0.0) -> tuple[float, str]:
    """≥ 1 where two words without spaces are one name; else the nearness, below 1, and why."""
    if a == b:
        return 1.0, "the same letters"
    scripts = {_script(a), _script(b)}
    if scripts == {"han"}:
        return 0.2, "other characters"
    if scripts == {"latin"}:
        return 0.4, "other letters"
    if "mixed" in scripts:
        return _sounds(a, b, support)
    if "han" in scripts:
        return _han_against(a, b, support) if _script(a) == "han" else _han_against(b, a, support)
    if scripts == {"hangul"}:
        return _loan_spellings(a, b)
    return _hangul_latin(a, b, support) if _script(a) == "hangul" else _hangul_latin(b, a, support)


def _script(word: str) -> str:
    if _HAN.match(word):
        return "han"
    if _LATIN.match(word):
        return "latin"
    return "hangul" if _HANGUL.match(word) else "mixed"


_LOAN = str.maketrans(
    {
        "ㅔ": "ㅐ",
        "ㅞ": "ㅚ",
        "ㅙ": "ㅚ",
        "ㄸ": "ㅌ",
        "ㄲ": "ㅋ",
        "ㅃ": "ㅍ",
        "ㅆ": "ㅅ",
        "ㅉ": "ㅈ",
        "ㅟ": "ㅣ",
        "ㅢ": "ㅣ",
    }
)


def _jamo(word: str) -> str:
    out = []
    for char in word:
        code = ord(char) - 0xAC00
        if 0 <= code < 11172:
            out.append("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"[code // 588])
            out.append("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"[code % 588 // 28])
            out.append(chr(0x11A7 + code % 28) if code % 28 else "")
        else:
            out.append(char)
    return "".join(out)


def _loan_spellings(a: str, b: str) -> tuple[float, str]:
    """Two Hangul spellings of a foreign name: tense for aspirated, ㅐ for ㅔ, ㅟ for ㅣ; ㅕ after ㅈㅉㅊ is ㅓ."""
    if len(a) == len(b) >= 3 and _settled(a) == _settled(b):
        return 1.0, "two Hangul spellings of one foreign name"
    return 0.3, "Hangul differs"


def _settled(word: str) -> str:
    jamo = _jamo(word).translate(_LOAN)
    return re.sub(
        r"(?<=[ㅈㅊㅅ])[ㅑㅕㅛㅠ]", lambda m: {"ㅑ": "ㅏ", "ㅕ": "ㅓ", "ㅛ": "ㅗ", "ㅠ": "ㅜ"}[m[0]], jamo
    )


def _han_against(han: str, other: str, support: float) -> tuple[float, str]:
    if _script(other) == "hangul":
        if other in chinese.korean_readings(han):
            return 1.0, f"{han} is read {other} in Korean"
        if other == "".join(chinese.hangul_of_pinyin(syllable) for syllable in chinese.pinyin(han)):
            return 1.0, f"{other} is the Mandarin sound of {han}"
        return 0.2, "neither reading of the characters agrees"
    run = "".join(chinese.pinyin(han))
    if run == other:
        return 1.0, f"{other} is the Pinyin of {han}"
    for reading in chinese.korean_readings(han):
        if reading in latin_to_hangul(other, len(reading)):
            return 1.0, f"{other} writes the Korean reading of {han}"
    if chinese.is_pinyin(other) and not support:
        return 0.4, "another Pinyin"
    if chinese.is_pinyin(other) and len(chinese.split_pinyin(other)) == len(han):
        return 0.4, "another Pinyin"
    like = likeness(run, other)
    need = _need(min(len(run), len(other))) - 2 * support
    return (1.0 if like >= need else like * 0.9), f"{han} ({run}) sounds like {other} ({like:.2f})"


def _hangul_latin(hangul: str, latin: str, support: float) -> tuple[float, str]:
    digits = re.sub(r"\D", "", hangul), re.sub(r"\D", "", latin)
    if digits[0] != digits[1] and all(digits):
        return 0.1, "other figures"
    word, letters = re.sub(r"\d", "", hangul), re.sub(r"\d", "", latin)
    if word and letters and len(word) <= 6 and word in latin_to_hangul(letters, len(word)):
        return 1.0, f"{latin} writes {hangul} in Latin letters"
    return _sounds(hangul, latin, support)


def _sounds(a: str, b: str, support: float) -> tuple[float, str]:
    word, other = (a, b) if re.search("[가-힣]", a) else (b, a)
    like = max(likeness(word, form) for form in (other, *spelled_out(other)))
    need = _need(sum(char.isupper() for char in sounds(word))) - support
    return (1.0 if like >= need else like * 0.9), f"{a} sounds like {b} ({like:.2f})"


def _need(size: int) -> float:
    return _LIKE.get(max(2, size), _LIKE_LONG)

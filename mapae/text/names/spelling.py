"""Two words without spaces: one name in the same or in two scripts, by letters, readings or sound."""

from __future__ import annotations

import re
from functools import lru_cache

from mapae.text.names import chinese
from mapae.text.names.japanese import KANA, kana_letters, same_japanese
from mapae.text.names.korean import latin_to_hangul
from mapae.text.names.loanwords import settled, spells_loanwords
from mapae.text.names.phonetic import letter_name, likeness, sounds, spelled_out
from mapae.text.names.romanise import revised
from mapae.text.names.wade import is_wade_giles

__all__ = ["same_word"]

_HAN = re.compile(r"^[\u3400-\u9fff々]+$")
_HANGUL = re.compile(r"^[가-힣0-9]+$")
_LATIN = re.compile(r"^[a-z0-9]+$")
_ONLY_KANA = re.compile(rf"^[{KANA}]+$")
# Least likeness of sound for one name in two scripts; shorter words need more (a vowel decides between them).
_LIKE = {2: 0.93, 3: 0.86, 4: 0.8}
_LIKE_LONG = 0.76
_MANDARIN = 0.9  # of Hangul that writes a Chinese name as it is heard, syllable by syllable

Said = tuple[float, str]


@lru_cache(maxsize=65_536)
def same_word(a: str, b: str, support: float = 0.0) -> Said:
    """≥ 1 where two folded words are one name; else the nearness, below 1; and why.

    support: how much less likeness of sound is enough because city and trade agree too.
    """
    if a == b:
        return 1.0, "the same letters"
    first, second = sorted((_script(word), word) for word in (a, b))
    scripts = (first[0], second[0])
    if scripts == ("han", "han"):
        return 0.2, "other characters"
    if scripts == ("latin", "latin"):
        return 0.4, "other letters"
    if scripts == ("hangul", "hangul"):
        return _loan_spellings(a, b)
    if "kana" in scripts:
        return _kana(first, second, support)
    if "mixed" in scripts:
        return _sounds(a, b, support)
    if first[0] == "han":
        return _han_against(first[1], second[1], support)
    return _hangul_latin(first[1], second[1], support)


def _script(word: str) -> str:
    for name, pattern in (("han", _HAN), ("latin", _LATIN), ("hangul", _HANGUL), ("kana", _ONLY_KANA)):
        if pattern.match(word):
            return name
    return "mixed"


def _kana(first: tuple[str, str], second: tuple[str, str], support: float) -> Said:
    (_, kana), (script, other) = (first, second) if first[0] == "kana" else (second, first)
    if same_japanese(kana, other) or (script == "han" and same_japanese(other, kana)):
        return 1.0, f"{other} is {kana} in another script"
    if script in ("latin", "hangul"):
        return _sounds(kana_letters(kana), other, support)
    return 0.2, "another reading"


def _loan_spellings(a: str, b: str) -> Said:
    """Two Hangul spellings of a foreign name: tense for aspirated, ㅐ for ㅔ, ㅟ for ㅣ; ㅕ after ㅈㅉㅊ is ㅓ."""
    if len(a) == len(b) >= 3 and settled(a) == settled(b):
        return 1.0, "two Hangul spellings of one foreign name"
    return 0.3, "Hangul differs"


def _han_against(han: str, other: str, support: float) -> Said:
    if _script(other) == "hangul":
        if chinese.is_korean_reading(han, other):
            return 1.0, f"{han} is read {other} in Korean"
        if other == "".join(chinese.hangul_of_pinyin(syllable) for syllable in chinese.pinyin(han)):
            return 1.0, f"{other} is the Mandarin sound of {han}"
        if same_japanese(han, other):
            return 1.0, f"{other} is the Japanese reading of {han}"
        if (
            1 < len(han) <= len(other) <= 2 * len(han)
            and likeness("".join(chinese.pinyin(han)), other) >= _MANDARIN
        ):
            return 1.0, f"{other} sounds like the Mandarin of {han}"
        return 0.2, "no reading of the characters agrees"
    return _han_latin(han, other, support)


def _han_latin(han: str, other: str, support: float) -> Said:
    syllables = chinese.pinyin(han)
    run = "".join(syllables)
    if run == re.sub("(?<=[ln])v", "u", other):
        return 1.0, f"{other} is the Pinyin of {han}"
    for reading in chinese.korean_readings(han):
        if reading in latin_to_hangul(other, len(reading)):
            return 1.0, f"{other} writes the Korean reading of {han}"
    if same_japanese(han, other):
        return 1.0, f"{other} is the Japanese reading of {han}"
    if len(syllables) > 1 and is_wade_giles(syllables, other):
        return 1.0, f"{other} is the Wade-Giles spelling of {han}"
    if chinese.is_pinyin(other) and (not support or len(chinese.split_pinyin(other)) == len(han)):
        return 0.4, "another Pinyin"
    like = likeness(run, other)
    need = _need(min(len(run), len(other))) - 2 * support
    return (1.0 if like >= need else like * 0.9), f"{han} ({run}) sounds like {other} ({like:.2f})"


def _hangul_latin(hangul: str, latin: str, support: float) -> Said:
    digits = re.sub(r"\D", "", hangul), re.sub(r"\D", "", latin)
    if digits[0] != digits[1] and all(digits):
        return 0.1, "other figures"
    if revised(hangul) == latin:
        return 1.0, f"{latin} is the Revised Romanisation of {hangul}"
    word, letters = re.sub(r"\d", "", hangul), re.sub(r"\d", "", latin)
    if word and letters and len(word) <= 6 and word in latin_to_hangul(letters, len(word)):
        return 1.0, f"{latin} writes {hangul} in Latin letters"
    if 1 <= len(letters) <= 4 and re.fullmatch("(?:앤드?|엔)?".join(map(letter_name, letters)), word):
        return 1.0, f"{hangul} says the letters of {latin}"
    spelled = spells_loanwords(word, letters) if letters else None
    if spelled is not None:
        said = f"{hangul} {'is' if spelled else 'is not'} how the English words of {latin} are written"
        return (1.0 if spelled else 0.6), said
    return _sounds(hangul, latin, support)


def _sounds(a: str, b: str, support: float) -> Said:
    word, other = (a, b) if re.search("[가-힣]", a) else (b, a)
    like = max(likeness(word, form) for form in (other, *spelled_out(other)))
    need = _need(sum(char.isupper() for char in sounds(word))) - support
    return (1.0 if like >= need else like * 0.9), f"{a} sounds like {b} ({like:.2f})"


def _need(size: int) -> float:
    return _LIKE.get(max(2, size), _LIKE_LONG)

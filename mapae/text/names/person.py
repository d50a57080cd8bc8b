"""Two personal names: the same person's name across Hangul, Hanja or Hanzi, and Latin letters, or not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from mapae.text.names import chinese
from mapae.text.names.korean import DOUBLE_SURNAMES, latin_to_hangul, letters, surname_readings

__all__ = ["PersonMatch", "compare_persons"]

_HANGUL = re.compile(r"[가-힣]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """Whether two names can be one, and by which reading."""

    same: bool
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Name:
    script: str  # hangul, han, latin
    text: str
    words: tuple[str, ...]  # Latin: words in the order written, comma order put right


@lru_cache(maxsize=65_536)
def _parse(text: str) -> _Name:
    plain = unicodedata.normalize("NFKC", text).strip()
    if _HANGUL.search(plain):
        return _Name("hangul", "".join(_HANGUL.findall(plain)), ())
    if _HAN.search(plain):
        return _Name("han", chinese.simplify("".join(_HAN.findall(plain))), ())
    if "," in plain:
        last, _, first = plain.partition(",")
        plain = f"{last} {first}"
    words = tuple(word for word in re.split(r"[\s.]+", plain) if letters(word))
    return _Name("latin", plain, words)


def compare_persons(a: str, b: str) -> PersonMatch:
    """Whether two personal names read one name: every syllable must agree; one other syllable is another person."""
    left, right = _parse(a), _parse(b)
    if (left.script, right.script) > (right.script, left.script):
        left, right = right, left
    return _BY_SCRIPT[left.script, right.script](left, right)


def _said(same: bool, reason: str) -> PersonMatch:
    return PersonMatch(same, 0.97 if same else 0.03, reason)


def _hangul_hangul(a: _Name, b: _Name) -> PersonMatch:
    return _said(a.text == b.text, "the same Hangul" if a.text == b.text else "Hangul differs by a syllable")


def _han_han(a: _Name, b: _Name) -> PersonMatch:
    same = a.text == b.text
    return _said(
        same, "the same characters, simplified" if same else "other characters, though they may sound alike"
    )


def _han_hangul(a: _Name, b: _Name) -> PersonMatch:
    if b.text in chinese.korean_readings(a.text):
        return _said(True, f"{a.text} is read {b.text} in Korean")
    mandarin = "".join(chinese.hangul_of_pinyin(syllable) for syllable in chinese.pinyin(a.text))
    if mandarin and mandarin == b.text:
        return _said(True, f"{b.text} is the Mandarin sound of {a.text}")
    return _said(False, "neither the Korean nor the Mandarin reading agrees")


def _hangul_latin(a: _Name, b: _Name) -> PersonMatch:
    if a.text in _hangul_of(b.words, len(a.text)):
        return _said(True, f"{b.text} is a way to write {a.text}")
    if _transcribed(a.text, b.words):
        return _said(True, f"{a.text} is the Hangul of the Mandarin {b.text}")
    return _said(False, f"{b.text} is no spelling of {a.text}")


def _transcribed(hangul: str, words: tuple[str, ...]) -> bool:
    """Whether Hangul is the loanword spelling of Pinyin words."""
    for order in _orders(words):
        syllables = _pinyin_syllables(order)
        if syllables and "".join(chinese.hangul_of_pinyin(syllable) for syllable in syllables) == hangul:
            return True
    return False


def _han_latin(a: _Name, b: _Name) -> PersonMatch:
    for order in _orders(b.words):
        run = "".join(letters(word) for word in order)
        if run == "".join(chinese.pinyin(a.text)):
            return _said(True, f"{b.text} is the Pinyin of {a.text}")
        if _is_cantonese(chinese.cantonese(a.text), run):
            return _said(True, f"{b.text} is the Hong Kong spelling of {a.text}")
        if _wade_giles(run) == "".join(chinese.pinyin(a.text)):
            return _said(True, f"{b.text} is the Wade-Giles spelling of {a.text}")
    readings = _hangul_of(b.words, len(a.text))
    if readings & chinese.korean_readings(a.text):
        return _said(True, f"{b.text} is a way to write the Korean reading of {a.text}")
    return _said(False, f"{b.text} is no reading of {a.text}")


def _latin_latin(a: _Name, b: _Name) -> PersonMatch:
    if sorted(letters(word) for word in a.words) == sorted(letters(word) for word in b.words):
        return _said(True, "the same letters")
    if letters("".join(a.words)) == letters("".join(b.words)):
        return _said(True, "the same letters, otherwise divided")
    for count in (2, 3, 4):
        common = _hangul_of(a.words, count) & _hangul_of(b.words, count)
        if common and not _both_pinyin(a, b):
            return _said(True, f"both are ways to write {min(common)}")
    if any(_wade_giles("".join(map(letters, x))) == "".join(map(letters, y)) for x, y in _both_orders(a, b)):
        return _said(True, "Pinyin and Wade-Giles of one name")
    return _said(False, "no common reading")


def _both_orders(a: _Name, b: _Name) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    pairs = [(x, y) for x in _orders(a.words) for y in _orders(b.words)]
    return pairs + [(y, x) for x, y in pairs]


def _both_pinyin(a: _Name, b: _Name) -> bool:
    """Both are Pinyin and neither has a Korean surname in front: letters that differ are then another name."""
    return all(
        chinese.is_pinyin(letters("".join(name.words)))
        and not any(surname_readings(word) for word in name.words)
        for name in (a, b)
    )


def _orders(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The words as written, and with the last or the first word moved to the other end."""
    if len(words) < 2:
        return (words,)
    return tuple(dict.fromkeys([words, (words[-1], *words[:-1]), (*words[1:], words[0])]))


@lru_cache(maxsize=65_536)
def _hangul_of(words: tuple[str, ...], syllables: int) -> frozenset[str]:
    """Every Hangul name of that many syllables that Latin words may stand for, surname first or last."""
    found: set[str] = set()
    for first, *rest in _orders(words):
        for surname in surname_readings(first):
            given = syllables - len(surname)
            if given >= 1 and rest:
                found.update(surname + name for name in latin_to_hangul(" ".join(rest), given))
        if len(rest) > 1 and surname_readings(first + rest[0]) & DOUBLE_SURNAMES:
            for surname in surname_readings(first + rest[0]) & DOUBLE_SURNAMES:
                found.update(surname + name for name in latin_to_hangul(" ".join(rest[1:]), syllables - 2))
    return frozenset(found)


def _pinyin_syllables(words: tuple[str, ...]) -> tuple[str, ...]:
    return chinese.split_pinyin("".join(letters(word) for word in words))


def _is_cantonese(options: tuple[frozenset[str], ...], run: str) -> bool:
    if not options:
        return not run
    return any(
        run.startswith(option) and _is_cantonese(options[1:], run[len(option) :]) for option in options[0]
    )


_WADE = (
    ("hs", "x"), ("tz", "z"), ("ts", "z"), ("ch", "zh"), ("k", "g"), ("p", "b"), ("t", "d"),
)  # fmt: skip


def _wade_giles(run: str) -> str:
    """Wade-Giles without its apostrophes, put into Pinyin roughly (first reading only)."""
    for old, new in _WADE:
        run = run.replace(old, new)
    return run


_BY_SCRIPT = {
    ("hangul", "hangul"): _hangul_hangul,
    ("han", "han"): _han_han,
    ("han", "hangul"): _han_hangul,
    ("hangul", "latin"): _hangul_latin,
    ("han", "latin"): _han_latin,
    ("latin", "latin"): _latin_latin,
}

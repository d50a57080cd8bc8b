"""Two personal names: the same person's name across Hangul, Hanja or Hanzi, and Latin letters, or not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import permutations

from mapae.text.names import chinese
from mapae.text.names.firm import compare_firms
from mapae.text.names.japanese import KANA, same_japanese
from mapae.text.names.korean import (
    contrasts,
    double_surnames,
    is_surname,
    latin_to_hangul,
    letters,
    surname_readings,
)
from mapae.text.names.romanise import revised
from mapae.text.names.wade import is_wade_giles
from mapae.text.names.words import fold_name, form_words, undecorated

__all__ = ["PersonMatch", "compare_persons"]

_HANGUL = re.compile(r"[가-힣]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々]+")
_KANA = re.compile(rf"[{KANA}]+")
_LONGEST_HANGUL = 4  # syllables of a Korean person's name; longer ones are names of shops or transcriptions


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """Whether two names can be one, and by which reading."""

    same: bool
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Name:
    script: str  # han, hangul, kana, latin
    text: str
    words: tuple[str, ...]  # Latin: words in the order written, comma order put right


@lru_cache(maxsize=65_536)
def _parse(text: str) -> _Name:
    plain = _untitled(unicodedata.normalize("NFKC", text).strip())
    han, kana = _HAN.search(plain), _KANA.search(plain)
    if _HANGUL.search(plain):
        return _Name("hangul", "".join(_HANGUL.findall(plain)), ())
    if kana and not han:
        return _Name("kana", "".join(_KANA.findall(plain)), ())
    if han:
        runs = re.findall(rf"[\u3400-\u9fff\uf900-\ufaff々{KANA}]+", plain)
        return _Name("han", chinese.simplify("".join(runs)), ())
    if "," in plain:
        last, _, first = plain.partition(",")
        plain = f"{last} {first}"
    words = tuple(word for word in re.split(r"[\s.]+", plain) if letters(word))
    return _Name("latin", plain, words)


def _untitled(text: str) -> str:
    """Without a title before or behind the name; behind it, one written apart, a Chinese or Japanese one, or 님, 씨."""
    found = re.match(
        rf"^(?:(?:{_titles()})[\s.]+)?(.+?)(?:\s+(?:{_titles()})|(?:先生|女士|小姐|様|さん|(?<=[가-힣]{{3}})[님씨]))?$",
        text,
        re.IGNORECASE,
    )
    return found[1] if found else text


@cache
def _titles() -> str:
    return "|".join(sorted(map(re.escape, form_words("titles")), key=len, reverse=True))


def compare_persons(a: str, b: str) -> PersonMatch:
    """Whether two personal names read one name: every syllable must agree; one other syllable is another person.

    A name that is no person's (a shop, a nickname) is compared as a firm's.
    """
    left, right = _parse(a), _parse(b)
    if (left.script, right.script) > (right.script, left.script):
        left, right = right, left
    if _is_shop(a, left, right) or _is_shop(b, left, right):
        verdict = compare_firms(a, b)
        return PersonMatch(verdict.same, round(verdict.score, 3), verdict.reasons[0])
    return _BY_SCRIPT[left.script, right.script](left, right)


def _is_shop(text: str, left: _Name, right: _Name) -> bool:
    """A decorated name, one with figures, or Hangul that no Korean and no transcribed name looks like."""
    if undecorated(text) != re.sub(r"\s+", " ", fold_name(text)).strip() or re.search(r"\d", text):
        return True
    hangul = [name.text for name in (left, right) if name.script == "hangul"]
    persons = (len(word) <= _LONGEST_HANGUL and is_surname(word) for word in hangul)
    return bool(hangul) and not any(persons) and not _transcribable(left, right)


def _transcribable(left: _Name, right: _Name) -> bool:
    """Hangul beside Han, Kana or Pinyin may be a Chinese or Japanese name by its sound."""
    if {left.script, right.script} & {"han", "kana"}:
        return True
    latin = [name for name in (left, right) if name.script == "latin"]
    return bool(latin) and all(_pinyin_syllables(name.words) for name in latin)


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
    if same_japanese(a.text, b.text):
        return _said(True, f"{b.text} is the Japanese reading of {a.text}")
    return _said(False, "neither the Korean nor the Mandarin reading agrees")


def _hangul_latin(a: _Name, b: _Name) -> PersonMatch:
    if a.text in _hangul_of(b.words, len(a.text)) and not _two_systems(a.text, b.words):
        return _said(True, f"{b.text} is a way to write {a.text}")
    if revised(a.text) == letters("".join(b.words)):
        return _said(True, f"{b.text} is the Revised Romanisation of {a.text}")
    if _transcribed(a.text, b.words):
        return _said(True, f"{a.text} is the Hangul of the Mandarin {b.text}")
    return _said(False, f"{b.text} is no spelling of {a.text}")


def _two_systems(hangul: str, words: tuple[str, ...]) -> bool:
    """Whether `yong` would stand for 영, as without its breve in McCune-Reischauer, beside `eo`, which only the Revised
    Romanisation writes (Seo Jun-yong is no 서준영)."""
    run = letters("".join(words))
    return "yong" in run and "eo" in run and "영" in hangul and "용" not in hangul


def _transcribed(hangul: str, words: tuple[str, ...]) -> bool:
    """Whether Hangul is the loanword spelling of Pinyin words."""
    for order in _orders(words):
        syllables = _pinyin_syllables(order)
        if syllables and "".join(chinese.hangul_of_pinyin(syllable) for syllable in syllables) == hangul:
            return True
    return False


def _han_latin(a: _Name, b: _Name) -> PersonMatch:
    syllables = chinese.pinyin(a.text)
    for order in _orders(b.words):
        words = tuple(letters(word) for word in order)
        run = "".join(words)
        if run == "".join(syllables):
            return _said(True, f"{b.text} is the Pinyin of {a.text}")
        if _is_spelled(chinese.cantonese(a.text), run):
            return _said(True, f"{b.text} is the Hong Kong spelling of {a.text}")
        if is_wade_giles(syllables, run):
            return _said(True, f"{b.text} is the Wade-Giles spelling of {a.text}")
        if _southern(a.text, syllables, words):
            return _said(True, f"{b.text} is {a.text} with its surname as families abroad write it")
        if same_japanese(a.text, run):
            return _said(True, f"{b.text} is the Japanese reading of {a.text}")
    readings = _hangul_of(b.words, len(a.text))
    if any(chinese.is_korean_reading(a.text, reading) for reading in readings):
        return _said(True, f"{b.text} is a way to write the Korean reading of {a.text}")
    return _said(False, f"{b.text} is no reading of {a.text}")


def _southern(text: str, syllables: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """A surname of Fujian or Chaozhou (Tan, Lim, Goh) with the given name in Pinyin, Hong Kong or Hokkien spelling."""
    if len(words) < 2 or words[0] not in chinese.southern_surnames(text[0]):
        return False
    given = "".join(words[1:])
    if given == "".join(syllables[1:]):
        return True
    return any(_is_spelled(read(text[1:]), given) for read in (chinese.cantonese, chinese.hokkien))


def _kana_any(a: _Name, b: _Name) -> PersonMatch:
    """Kana against Kana, Latin letters, Hangul or Han (the pair comes sorted by script)."""
    if a.script == b.script:
        same = a.text == b.text or same_japanese(a.text, b.text)
    elif a.script in ("han", "hangul"):
        same = same_japanese(b.text, a.text) if a.script == "hangul" else same_japanese(a.text, b.text)
    else:
        same = any(same_japanese(a.text, "".join(map(letters, order))) for order in _orders(b.words))
    return _said(same, f"{b.text} and {a.text} are one Japanese name" if same else "another Japanese reading")


def _latin_latin(a: _Name, b: _Name) -> PersonMatch:
    x, y = (letters("".join(name.words)) for name in (a, b))
    if sorted(letters(word) for word in a.words) == sorted(letters(word) for word in b.words):
        return _said(True, "the same letters")
    if x == y:
        return _said(True, "the same letters, otherwise divided")
    if _told_apart(a, b):
        return _said(False, "spellings by which people tell two syllables apart")
    for count in (2, 3, 4):
        common = _hangul_of(a.words, count) & _hangul_of(b.words, count)
        if common and not _both_pinyin(a, b):
            usual = min(common, key=lambda name: (revised(name[0]) + revised(name[1:]) not in (x, y), name))
            return _said(True, f"both are ways to write {usual}")
    if any(
        is_wade_giles(_pinyin_syllables(one), "".join(map(letters, other)))
        for one, other in _both_orders(a, b)
        if _pinyin_syllables(one)
    ):
        return _said(True, "Pinyin and Wade-Giles of one name")
    return _said(False, "no common reading")


def _told_apart(a: _Name, b: _Name) -> bool:
    """Whether nothing but one syllable differs, spelled in two ways that stand for two syllables (yong, young)."""
    x, y = (letters("".join(name.words)) for name in (a, b))
    return any(
        x[: at.start()] + other + x[at.end() :] == y
        for pair in contrasts()
        for one, other in permutations(pair)
        for at in re.finditer(one, x)
    )


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
        return (words,) if words else ()
    return tuple(dict.fromkeys([words, (words[-1], *words[:-1]), (*words[1:], words[0])]))


@lru_cache(maxsize=65_536)
def _hangul_of(words: tuple[str, ...], syllables: int) -> frozenset[str]:
    """Every Hangul name of that many syllables that Latin words may stand for, surname first or last."""
    found: set[str] = set()
    for first, *rest in _orders(words):
        if not rest:
            found.update(latin_to_hangul(first, syllables))
        for surname in surname_readings(first):
            given = syllables - len(surname)
            if given >= 1 and rest:
                found.update(surname + name for name in latin_to_hangul(" ".join(rest), given))
        if rest:
            for surname in surname_readings(first + rest[0]) & double_surnames():
                found.update(surname + name for name in latin_to_hangul(" ".join(rest[1:]), syllables - 2))
    return frozenset(found)


def _pinyin_syllables(words: tuple[str, ...]) -> tuple[str, ...]:
    """Syllables of Pinyin words, each split by itself; empty where one is no Pinyin."""
    parts = [chinese.split_pinyin(letters(part)) for word in words for part in word.split("-")]
    return tuple(syllable for part in parts for syllable in part) if all(parts) else ()


def _is_spelled(options: tuple[frozenset[str], ...], run: str) -> bool:
    """Whether a run is made of one spelling for each character."""
    if not options:
        return not run
    return any(
        run.startswith(option) and _is_spelled(options[1:], run[len(option) :]) for option in options[0]
    )


_BY_SCRIPT = {
    ("hangul", "hangul"): _hangul_hangul,
    ("han", "han"): _han_han,
    ("han", "hangul"): _han_hangul,
    ("hangul", "latin"): _hangul_latin,
    ("han", "latin"): _han_latin,
    ("latin", "latin"): _latin_latin,
    ("kana", "kana"): _kana_any,
    ("han", "kana"): _kana_any,
    ("hangul", "kana"): _kana_any,
    ("kana", "latin"): _kana_any,
}

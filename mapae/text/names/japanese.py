"""Japanese names: Kana and Chinese characters against Latin letters and Hangul, by sound."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import icu
import yaml

from mapae.text.names.chinese import simplify

__all__ = ["KANA", "kana_letters", "same_japanese"]

_DATA = Path(__file__).parent / "data"
KANA = "\u3041-\u309f\u30a1-\u30ff"
_HAN = re.compile("[\u3400-\u9fff々]")
_LONG = re.compile(r"(?<=o)[uoh](?![aeiouy])|(?<=o)[uo]|(?<=u)u")  # ii and aa are mostly two syllables
# Hangul onsets as Hepburn consonants in coarse classes; voiced and voiceless fall together (loanword rules of 1986)
_ONSET = "KKNTTRMPPSS.CCCKTPH"
_VOWEL = [
    "a",
    "e",
    "ya",
    "e",
    "o",
    "e",
    "yo",
    "e",
    "o",
    "wa",
    "e",
    "e",
    "yo",
    "u",
    "o",
    "e",
    "i",
    "yu",
    "u",
    "i",
    "i",
]
_CODA = {4: "N", 16: "N", 21: "N"}
_CLASS = (
    ("tsu", "Su"), ("ch", "C"), ("sh", "S"), ("ts", "S"), ("j", "C"), ("z", "C"), ("s", "S"), ("k", "K"), ("g", "K"),
    ("t", "T"), ("d", "T"), ("b", "P"), ("p", "P"), ("f", "H"), ("h", "H"), ("n", "N"), ("m", "M"), ("r", "R"),
)  # fmt: skip


@lru_cache(maxsize=4096)
def kana_letters(text: str) -> str:
    """Kana in Hepburn letters, long vowels short (ICU Katakana-Latin, Hiragana-Latin)."""
    latin = _kana().transliterate(text.replace("ー", ""))
    return re.sub("[^a-z]", "", str(latin))


@cache
def _kana() -> icu.Transliterator:
    return icu.Transliterator.createInstance("Hiragana-Katakana; Katakana-Latin; Latin-ASCII; Lower")


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for table in ("japanese", "japanese_words"):
        loaded: dict[str, list[str]] = yaml.load(
            (_DATA / f"{table}.yaml").read_text("utf-8"), yaml.BaseLoader
        )
        for word, spellings in loaded.items():
            plain = simplify(word)
            found[plain] = tuple(dict.fromkeys([*found.get(plain, ()), *map(_sound, spellings)]))
    return found


def _sound(letters: str) -> str:
    """Letters in classes that Hangul and the systems of romanisation share."""
    text = letters.replace("'", "")
    text = re.sub(r"([^aiueo])\1+", r"\1", _LONG.sub("", text))
    for spelling, sound in _CLASS:
        text = text.replace(spelling, sound)
    return re.sub(r"(?<=[CS])y", "", text.replace("MP", "NP"))


@lru_cache(maxsize=4096)
def _hangul_sound(text: str) -> str:
    found = []
    for char in text:
        if char in "쓰츠쯔":
            found.append("Su")
            continue
        code = ord(char) - 0xAC00
        onset, vowel = _ONSET[code // 588], _VOWEL[code % 588 // 28]
        vowel = vowel[-1] if onset in "CS" else vowel
        found.append((onset if onset != "." else "") + vowel + _CODA.get(code % 28, ""))
    return re.sub(r"([uo])\1+", r"\1", "".join(found))


def same_japanese(name: str, other: str) -> bool:
    """Whether a name in Chinese characters or Kana can be read as `other`: Latin letters, Hangul or Kana, without spaces."""
    if re.fullmatch("[가-힣]+", other):
        target = _hangul_sound(other)
    elif re.fullmatch("[a-z]+", other):
        target = _sound(other)
    elif re.fullmatch(f"[{KANA}]+", other):
        target = _sound(kana_letters(other))
    else:
        return False
    plain = re.sub("(.)々", r"\1\1", simplify(name))
    if len(target) < 3:
        return False
    return _read(plain, target) or (not _HAN.search(plain) and _sound(kana_letters(plain)) == target)


def _read(name: str, target: str) -> bool:
    """Whether the characters, up to three at a time, have readings that make up the target."""
    if not name:
        return not target
    if not _HAN.match(name):
        sound = _sound(kana_letters(name[0]))
        return bool(sound) and target.startswith(sound) and _read(name[1:], target[len(sound) :])
    for size in (3, 2, 1):
        for reading in _readings().get(name[:size], ()) if len(name) >= size else ():
            for form in {reading, reading.rstrip("u") if reading.endswith("Su") else reading}:
                rest = target[len(form) :]
                if target.startswith(form) and (_read(name[size:], rest) or _merged(form, name[size:], rest)):
                    return True
    return False


def _merged(form: str, name: str, rest: str) -> bool:
    """A vowel that ends one character and begins the next is one long vowel in the target (Oo-ta, Ota)."""
    return bool(name) and form[-1:] in ("o", "u") and _read(name, form[-1] + rest)

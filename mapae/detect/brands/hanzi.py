"""Reads Chinese names by sound: homophones, Pinyin or its initial for a character, one character starred."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mapae.detect.brands.sighting import Sighting
from mapae.text.names.chinese import pinyin

__all__ = ["ODD_HANZI", "HanziReader"]

_RUN = re.compile(r"[\u4e00-\u9fffa-z*#○●]*[\u4e00-\u9fff][\u4e00-\u9fffa-z*#○●]*")
_SIGNS = "*#○●"
# text that could be such a name (searched in whole columns)
ODD_HANZI = r"[一-龥](?:[a-z]{2,5}|[A-Z*#○●])[一-龥]|[一-龥][a-z]{1,5}(?:[ ,，]|$)"
_LETTERS = re.compile("[a-z]+")
_ODD = re.compile(r"[一-龥][a-z*#○●]")
_PINYIN, _SIGN = "Pinyin for a character", "a sign for a character"
_LOOSE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))  # sounds southern readers run together


@dataclass(frozen=True)
class HanziReader:
    """Names by the sound of their first character."""

    by_sound: dict[str, tuple[tuple[str, tuple[str, ...], str], ...]]

    @classmethod
    def build(cls, names: Iterable[tuple[str, str]]) -> HanziReader:
        """names: (name in Chinese characters only, owner); names of one character are left out."""
        found = defaultdict(list)
        for name, owner in names:
            if len(name) >= 2 and all("\u4e00" <= char <= "\u9fff" for char in name):
                sounds = tuple(_loose(sound) for sound in pinyin(name))
                if len(sounds) == len(name):
                    found[sounds[0]].append((name, sounds, owner))
        return cls({key: tuple(value) for key, value in found.items()})

    def read(self, text: str, odd: bool = False) -> Iterator[Sighting]:
        """Sightings in a folded, simplified text; odd: only in runs with Latin letters or signs among the characters."""
        for match in _RUN.finditer(text):
            run = match[0]
            if odd and not _ODD.search(run):
                continue
            sounds = [_sound(char) for char in run]
            at = 0
            while at < len(run):
                best = self._at(run, sounds, at)
                if best is None:
                    at += 1
                    continue
                yield Sighting(
                    best[1], match.start() + at, match.start() + best[2], best[0], best[3], best[4]
                )
                at = best[2]

    def odd(self, text: str) -> Iterator[Sighting]:
        """Only those with Pinyin or a sign in a character's place: sure enough to be read for in any title."""
        yield from (found for found in self.read(text, odd=True) if found.how in (_PINYIN, _SIGN))

    def _at(self, run: str, sounds: list[str], at: int) -> tuple[str, str, int, str, float] | None:
        found: tuple[str, str, int, str, float] | None = None
        for name, heard, owner in self.by_sound.get(sounds[at], ()):
            fitted = _fit(run, sounds, at, name, heard)
            if fitted and (found is None or (fitted[2], len(name)) > (found[4], len(found[0]))):
                found = (name, owner, fitted[0], fitted[1], fitted[2])
        return found


@dataclass(slots=True)
class _Fit:
    """Where the run goes on, and how many characters stood as they are, by sound, as Pinyin, as a sign, as another."""

    at: int
    exact: int = 0
    same: int = 0
    spelled: int = 0
    sign: int = 0
    other: int = 0


def _fit(
    run: str, sounds: list[str], at: int, name: str, heard: tuple[str, ...]
) -> tuple[int, str, float] | None:
    """(end, how, worth) where the run reads as the name and is not the name itself."""
    fit = _Fit(at)
    for char, sound in zip(name, heard, strict=True):
        if fit.at >= len(run) or not _step(run, sounds, fit, char, sound):
            return None
    return _worth(fit, len(name))


def _step(run: str, sounds: list[str], fit: _Fit, char: str, sound: str) -> bool:
    """Take what stands for one character; False where nothing fits."""
    seen, at = run[fit.at], fit.at
    fit.at += 1
    if seen == char:
        fit.exact += 1
    elif sounds[at] == sound:
        fit.same += 1
    elif "a" <= seen <= "z":
        return _latin(run, fit, sound)
    elif seen in _SIGNS:
        fit.sign += 1
    else:
        fit.other += 1
        return bool(fit.exact) and fit.other == 1
    return True


def _latin(run: str, fit: _Fit, sound: str) -> bool:
    """Pinyin of the character, its first letter, or a letter that stands for it as a sign would."""
    letters = _LETTERS.match(run, fit.at - 1)
    word = letters[0] if letters else ""
    if _loose(word) == sound or (len(word) == 1 and sound.startswith(word)):
        fit.spelled, fit.at = fit.spelled + 1, fit.at - 1 + len(word)
        return True
    fit.sign += 1
    return len(word) == 1


def _worth(fit: _Fit, size: int) -> tuple[int, str, float] | None:
    if fit.exact in (0, size) or fit.sign > 1:
        return None
    if fit.other:
        fits = fit.exact == size - 1 and size >= 3
        return (fit.at, "one character changed", 0.5 if size > 3 else 0.35) if fits else None
    if fit.spelled:
        return fit.at, _PINYIN, 0.8
    if fit.sign:
        return (fit.at, _SIGN, 0.8) if fit.exact >= 2 else None
    if size == 2:
        return fit.at, "a character of the same sound", 0.4
    return fit.at, "characters of the same sound", 0.8 if fit.exact * 2 >= size else 0.5


def _sound(char: str) -> str:
    if not "\u4e00" <= char <= "\u9fff":
        return char
    return _loose(next(iter(pinyin(char)), char))


def _loose(sound: str) -> str:
    for old, new in _LOOSE:
        sound = sound.replace(old, new)
    return sound

"""Reads Chinese names by sound: homophones, Pinyin or its initial for a character, one character starred."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mapae.measures.counterfeits.sighting import Sighting
from mapae.text.names.chinese import pinyin

__all__ = ["ODD_HANZI", "HanziReader"]

_RUN = re.compile(r"[\u4e00-\u9fffa-z*#○●]*[\u4e00-\u9fff][\u4e00-\u9fffa-z*#○●]*")
_SIGNS = "*#○●"
# text that could be such a name (searched in whole columns)
ODD_HANZI = r"[一-龥](?:[a-z]{2,5}|[*#○●])[一-龥]|[一-龥][a-z]{1,5}(?:[ ,，]|$)"
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

    def read(self, text: str) -> Iterator[Sighting]:
        """Sightings in a folded, simplified text."""
        for match in _RUN.finditer(text):
            run = match[0]
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
        if _ODD.search(text):
            yield from (found for found in self.read(text) if found.how in (_PINYIN, _SIGN))

    def _at(self, run: str, sounds: list[str], at: int) -> tuple[str, str, int, str, float] | None:
        found: tuple[str, str, int, str, float] | None = None
        for name, heard, owner in self.by_sound.get(sounds[at], ()):
            fitted = _fit(run, sounds, at, name, heard)
            if fitted and (found is None or (fitted[2], len(name)) > (found[4], len(found[0]))):
                found = (name, owner, fitted[0], fitted[1], fitted[2])
        return found


def _fit(
    run: str, sounds: list[str], at: int, name: str, heard: tuple[str, ...]
) -> tuple[int, str, float] | None:
    """(end, how, worth) where the run reads as the name and is not the name itself."""
    exact = same = spelled = sign = other = 0
    for char, sound in zip(name, heard, strict=True):
        if at >= len(run):
            return None
        if run[at] == char:
            exact, at = exact + 1, at + 1
        elif sounds[at] == sound:
            same, at = same + 1, at + 1
        elif "a" <= run[at] <= "z":
            letters = re.match("[a-z]+", run[at:])
            word = letters[0] if letters else ""
            if _loose(word) != sound and not (len(word) == 1 and sound.startswith(word)):
                return None
            spelled, at = spelled + 1, at + len(word)
        elif run[at] in _SIGNS:
            sign, at = sign + 1, at + 1
        elif exact and not other and "\u4e00" <= run[at] <= "\u9fff":
            other, at = other + 1, at + 1
        else:
            return None
    size = len(name)
    if exact == size or exact == 0 or sign > 1:
        return None
    if other:
        return (at, "one character changed", 0.5) if exact == size - 1 and size >= 3 else None
    if spelled:
        return at, _PINYIN, 0.8
    if sign:
        return (at, _SIGN, 0.8) if size >= 3 else None
    if size == 2:
        return at, "a character of the same sound", 0.3
    return (at, "characters of the same sound", 0.8 if exact * 2 >= size else 0.5)


def _sound(char: str) -> str:
    if not "\u4e00" <= char <= "\u9fff":
        return char
    return _loose(next(iter(pinyin(char)), char))


def _loose(sound: str) -> str:
    for old, new in _LOOSE:
        sound = sound.replace(old, new)
    return sound

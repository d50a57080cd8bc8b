"""Reads a Hangul name that has a sign, a digit or a lone jamo where a syllable should be."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz.distance import OSA

from mapae.detect.brands.sighting import Sighting
from mapae.text.disguise import HARD
from mapae.text.squeeze import CODAS, ONSETS, VOWELS

__all__ = ["ODD_HANGUL", "TAKEN_APART", "HangulReader"]

TAKEN_APART = "a syllable taken apart"

_SIGNS = "*#@%○●◯◎□■★☆♡♥♠♣^~?"
# text that could be such a name (searched in whole columns)
ODD_HANGUL = (
    rf"[가-힣][{_SIGNS}·.ㄱ-ㅎㅏ-ㅣ0-9A-Za-z]{{1,3}}[가-힣]|[가-힣][*#@○●★♡ㄱ-ㅣ0-9]"
    r"|[ㄱ-ㅎ][가-힣ㅏ-ㅣ]|[ㄱ-ㅎ][rlI1!][가-힣]|[가-힣][0-9]?[a-z]"
)
_TOKEN = re.compile(rf"[가-힣ㄱ-ㅎㅏ-ㅣ0-9a-z{re.escape(_SIGNS)}]+")
_ODD = re.compile(rf"[ㄱ-ㅎㅏ-ㅣ0-9a-z{re.escape(_SIGNS)}]")
# Hangul with something odd beside it
_BESIDE = re.compile(
    rf"[가-힣][ㄱ-ㅎㅏ-ㅣ0-9a-z{re.escape(_SIGNS)}]|[ㄱ-ㅎㅏ-ㅣ0-9a-z{re.escape(_SIGNS)}][가-힣]|[ㄱ-ㅎ]{{2}}"
)
# digits said aloud in Korean and in English
_ALOUD = {
    "0": ("제로", "공", "영"), "1": ("원", "일"), "2": ("투", "이"), "3": ("쓰리", "삼"), "4": ("포", "사"),
    "5": ("파이브", "오"), "6": ("식스", "육"), "7": ("세븐", "칠"), "8": ("에잇", "팔"), "9": ("나인", "구"),
}  # fmt: skip
_POSED_VOWEL = {"r": "ㅏ", "1": "ㅣ", "l": "ㅣ", "i": "ㅣ", "!": "ㅣ"}


@dataclass(slots=True)
class _Fit:
    """How a name fits: where the text goes on, and how many syllables stood as they are, as jamo, as a sign, nearly so."""

    end: int
    exact: int = 0
    jamo: int = 0
    sign: int = 0
    digit: int = 0
    near: int = 0
    slipped: int = 0
    last: str = ""


@dataclass(frozen=True)
class HangulReader:
    """Names by their first syllable, and by the onset of it (for names whose first syllable is hidden)."""

    by_first: dict[str, tuple[tuple[str, str], ...]]
    by_onset: dict[str, tuple[tuple[str, str], ...]]
    by_second: dict[str, tuple[tuple[str, str], ...]]
    other_words: frozenset[str] = frozenset()

    @classmethod
    def build(
        cls, names: Iterable[tuple[str, str]], other_words: frozenset[str] = frozenset()
    ) -> HangulReader:
        """names: (Hangul name without spaces, owner); other_words: words that are no misspelt names."""
        first, onset, second = (defaultdict(list) for _ in range(3))
        for name, owner in names:
            if len(name) >= 2 and all("가" <= char <= "힣" for char in name):
                first[name[0]].append((name, owner))
                onset[ONSETS[(ord(name[0]) - 0xAC00) // 588]].append((name, owner))
                second[name[1]].append((name, owner))
        one, two, three = (
            {key: tuple(value) for key, value in table.items()} for table in (first, onset, second)
        )
        return cls(one, two, three, other_words)

    def read(self, text: str) -> Iterator[Sighting]:
        """Sightings in a folded text (positions in that text), names over two tokens too (스타 벅ㅅ)."""
        if not _BESIDE.search(text):
            return
        tokens = list(_TOKEN.finditer(text))
        taken = -1
        for number, match in enumerate(tokens):
            if match.start() < taken:
                continue
            follow = tokens[number + 1] if number + 1 < len(tokens) else None
            joined = match[0] + (follow[0] if follow and follow.start() == match.end() + 1 else "")
            for start, end, found in self._token(match[0], joined):
                taken = match.start() + end + (1 if end > len(match[0]) else 0)
                yield replace(found, start=match.start() + start, end=taken)

    def near(self, text: str) -> Iterator[Sighting]:
        """Names whose letters differ in one place (in two from five syllables on): for texts that speak of copies."""
        for match in re.finditer("[가-힣]{2,}", text):
            word = match[0]
            if word in self.other_words:
                continue
            close = (item for size in range(2, 8) if size <= len(word) for item in self._close(word[:size]))
            found = min(itertools.chain(close, self._begun(word)), default=None)
            if found:
                _, name, owner, size = found
                yield Sighting(owner, match.start(), match.start() + size, name, "misspelt", 0.5)

    def _begun(self, word: str) -> Iterator[tuple[int, str, str, int]]:
        """A whole word that is only the first part of a longer name (스톤아일, 발렌시아)."""
        for name, owner in self.by_first.get(word[0], ()) if len(word) >= 3 else ():
            if len(name) > len(word) >= min(4, len(name) - 1) and name.startswith(word):
                yield 1 - len(word), name, owner, len(word)

    def _close(self, word: str) -> Iterator[tuple[int, str, str, int]]:
        if len(word) == 2:
            yield from self._hardened(word)
            return
        spelled = _jamo(word)
        for name, letters, owner in self._spelled.get(
            (len(word), ONSETS[(ord(word[0]) - 0xAC00) // 588]), ()
        ):
            allowed = 2 if len(name) >= 5 else 1
            apart = OSA.distance(spelled, letters, score_cutoff=allowed)
            if 0 < apart <= allowed:
                yield apart - len(name), name, owner, len(word)

    def _hardened(self, word: str) -> Iterator[tuple[int, str, str, int]]:
        """A name of two syllables with one consonant hardened or softened (보쒸, 꾸찌)."""
        for name, owner in (*self.by_first.get(word[0], ()), *self.by_second.get(word[1], ())):
            if len(name) == 2 and name != word and _one_hardened(word, name):
                yield 1, name, owner, 2

    @cached_property
    def _spelled(self) -> dict[tuple[int, str], list[tuple[str, str, str]]]:
        """Names with their letters, by length and first consonant."""
        table: dict[tuple[int, str], list[tuple[str, str, str]]] = defaultdict(list)
        for onset, names in self.by_onset.items():
            for name, owner in names:
                if len(name) >= 3:
                    table[len(name), onset].append((name, _jamo(name), owner))
        return table

    def _token(self, token: str, joined: str) -> Iterator[tuple[int, int, Sighting]]:
        """Sightings that begin in the token; the next token may finish them."""
        if not _BESIDE.search(joined):
            return
        alone, at = bool(_BESIDE.search(token)), 0
        while at < len(token):
            best = (self._at(token, at) if alone else None) or (
                self._at(joined, at) if joined != token else None
            )
            if best is None or (
                best[2].digit and best[2].end > len(token)
            ):  # 에어5 S급: a model, then a grade
                at = _next_start(token, at)
                continue
            name, owner, fit, weight, how = best
            yield at, fit.end, Sighting(owner, at, fit.end, name, how, weight)
            at = fit.end

    def _at(self, token: str, at: int) -> tuple[str, str, _Fit, float, str] | None:
        char = token[at]
        if "가" <= char <= "힣":
            names = self.by_first.get(char, ())
        elif char in ONSETS:
            names = tuple(item for key in (char, *HARD.get(char, "")) for item in self.by_onset.get(key, ()))
        else:
            hidden = char in _SIGNS and at + 1 < len(token)
            names = self.by_second.get(token[at + 1], ()) if hidden else ()
            for said in _ALOUD.get(char, ()):
                names += tuple(item for item in self.by_first.get(said[0], ()) if item[0].startswith(said))
        found = None
        for name, owner in names:
            fit = _fit(token, at, name)
            if fit is None:
                continue
            weight, how = _worth(fit, len(name))
            if weight > 0 and (found is None or (weight, len(name)) > (found[3], len(found[0]))):
                found = (name, owner, fit, weight, how)
        return found


def _next_start(token: str, at: int) -> int:
    """Names begin at a token's head, or where the script changes inside it."""
    at += 1
    while at < len(token) and ("가" <= token[at] <= "힣") == ("가" <= token[at - 1] <= "힣"):
        at += 1
    return at


def _worth(fit: _Fit, size: int) -> tuple[float, str]:
    units = fit.exact + fit.jamo + fit.sign + fit.digit + fit.near
    odd = fit.jamo + fit.sign + fit.digit + fit.near + fit.slipped
    if odd == 0 or fit.sign + fit.digit + fit.near > 1 or fit.exact + fit.jamo + fit.near < 2:
        return 0.0, ""
    if (
        units < size
    ):  # clipped: behind a lone jamo (톰ㅂ), or behind a sign where most of it stands (스톤아일*)
        if fit.last == "sign" and fit.exact >= 3 and fit.exact * 2 >= size:
            return 0.8, "clipped, a sign for the rest"
        if not fit.jamo or fit.last != "jamo" or fit.exact == 0:
            return 0.0, ""
        return (0.8 if units >= 3 else 0.5), "clipped, its next syllable only begun"
    if fit.slipped and odd == fit.slipped == 1:
        return 0.9, "a letter or sign slipped in"
    if fit.jamo and fit.exact:
        return (0.8 if fit.sign + fit.digit + fit.near else 1.0), TAKEN_APART
    if fit.jamo:
        return (0.6, "syllables taken apart") if fit.jamo >= 3 else (0.0, "")
    if fit.sign:
        return (1.0 if size >= 3 else 0.7), "a sign for a syllable"
    if fit.digit:
        if size == 2 or (size == 3 and fit.last == "figure"):
            return 0.0, ""  # a short word and a number: a model (미니6)
        inside = fit.last == "exact"
        return (0.9 if inside or size >= 4 else 0.5), "a digit or letter for a syllable"
    return (0.5 if size >= 4 else 0.0), "a syllable bent"


def _fit(text: str, at: int, name: str) -> _Fit | None:
    fit, k = _Fit(at), 0
    while k < len(name) and fit.end < len(text):
        said = _said(text[fit.end], name, k)
        if _slipped_in(text, fit, name[k]):
            fit.slipped, fit.end = fit.slipped + 1, fit.end + 1
        elif said:
            fit.digit, fit.exact, fit.last = fit.digit + 1, fit.exact + said - 1, "exact"
            fit.end, k = fit.end + 1, k + said
        elif _step(text, fit, name[k]):
            k += 1
        elif fit.last in ("jamo", "sign"):
            break
        else:
            return None
    return fit if fit.end > at else None


def _slipped_in(text: str, fit: _Fit, syllable: str) -> bool:
    """A letter, sign or doubled coda that stands between two whole syllables of the name (샤o넬, 필ㄹ립스)."""
    at = fit.end
    return (
        fit.last == "exact"
        and not fit.jamo
        and text[at + 1 : at + 2] == syllable
        and bool(_ODD.match(text[at]))
    )


def _said(char: str, name: str, k: int) -> int:
    """How many syllables of the name a digit says aloud (3엠: 쓰리엠)."""
    return next((len(said) for said in _ALOUD.get(char, ()) if name.startswith(said, k)), 0)


def _step(text: str, fit: _Fit, syllable: str) -> bool:
    """Take what stands for one syllable; False where nothing fits."""
    at, char = fit.end, text[fit.end]
    onset, vowel, coda = _parts(syllable)
    if char == syllable:
        fit.exact, fit.last = fit.exact + 1, "exact"
        fit.end += 1
    elif char in ONSETS and (char == onset or onset in HARD.get(char, "")):
        fit.jamo, fit.last = fit.jamo + 1, "jamo"
        fit.end = _vowel_and_coda(text, at + 1, vowel, coda)
    elif char in VOWELS and onset == "ㅇ" and char == vowel:
        fit.jamo, fit.last = fit.jamo + 1, "jamo"
        fit.end = at + 1
    elif "가" <= char <= "힣":
        return _near(text, fit, syllable)
    elif char in _SIGNS:
        fit.sign, fit.last = fit.sign + 1, "sign"
        fit.end = at + 1
    elif char.isdigit() or "a" <= char <= "z":
        run = 2 if at + 1 < len(text) and text[at + 1].isascii() and text[at + 1].isalnum() else 1
        fit.digit, fit.last = fit.digit + 1, "figure" if text[at : at + run].isdigit() else "letter"
        fit.end = at + run
    else:
        return False
    return True


def _near(text: str, fit: _Fit, syllable: str) -> bool:
    """A syllable with the same onset and vowel: its coda apart (로ㄴ for 론), missing or another."""
    at, char = fit.end, text[fit.end]
    onset, vowel, coda = _parts(syllable)
    if _parts(char)[:2] != (onset, vowel):
        return False
    follows = text[at + 1] if at + 1 < len(text) else ""
    if coda != "\0" and _parts(char)[2] == "\0" and follows == coda:
        fit.jamo, fit.last, fit.end = fit.jamo + 1, "jamo", at + 2
        return True
    if fit.near or not fit.exact:
        return False
    fit.near, fit.last, fit.end = fit.near + 1, "near", at + 1
    return True


def _vowel_and_coda(text: str, at: int, vowel: str, coda: str) -> int:
    if at < len(text) and _POSED_VOWEL.get(text[at], text[at]) == vowel:
        at += 1
        if coda != "\0" and at < len(text) and text[at] == coda:
            at += 1
    return at


def _one_hardened(word: str, name: str) -> bool:
    apart = [(_parts(one), _parts(other)) for one, other in zip(word, name, strict=True) if one != other]
    return all(one[1:] == other[1:] and other[0] in HARD.get(one[0], "") for one, other in apart)


def _jamo(word: str) -> str:
    return "".join(part for char in word for part in _parts(char) if part != "\0")


def _parts(syllable: str) -> tuple[str, str, str]:
    code = ord(syllable) - 0xAC00
    return ONSETS[code // 588], VOWELS[code % 588 // 28], CODAS[code % 28]

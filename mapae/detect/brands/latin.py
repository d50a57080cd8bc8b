"""Reads Latin names with signs for letters, starred, split or misspelt; near ones only where other signs speak."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from mapae.detect.brands.sighting import Sighting

__all__ = ["ODD_LATIN", "LatinReader"]

# text that could be a name with posed letters (searched in whole columns)
ODD_LATIN = (
    r"[A-Za-z][@$!*+#|][A-Za-z]|[A-Za-z]{2}[0-9]{1,2}[A-Za-z]|[A-Za-z][0-9][A-Za-z]{2}|[A-Za-z]{2}[@$*#]"
)
_TOKEN = re.compile(r"[a-z0-9@$!*+#|&'.]+")
_POSED = str.maketrans("@$!|0134578+9", "asiioieastbtg")
_PRICE = re.compile(r"\$?\d{2}")
_STAR = re.compile(r"[*#]")
_WILD = re.compile(r"[^a-z]")
_SHORTEST = 4
_SHORTEST_COMMON = 6  # of a common word that is read where it is misspelt
_SHORTEST_WORD = 5  # of a common word or line that is read where signs stand for letters
_WORD_WORTH = 0.6
_STARS = 3  # so many letters of a name may be starred out, not more than half of it
_SHORTEST_SOUND = 7  # of the sound of a name that is spelled in another way altogether
# letters of one sound, and the vowels as one
_SOUNDS = (
    (re.compile("ph"), "f"), (re.compile("c(?=[eiy])"), "s"), (re.compile("ck|ch|[cqg]"), "k"), (re.compile("x"), "ks"),
    (re.compile("z"), "s"), (re.compile("w"), "v"), (re.compile("[aeiouyh]+"), "a"), (re.compile(r"(.)\1+"), r"\1"),
)  # fmt: skip


@dataclass(frozen=True)
class LatinReader:
    """names: letters of a name run together → owner; pairs: the two words of a name, one only begun → owner;
    common: names that are also common words, read only where they are misspelt; words: names and product lines that are
    common words, read only where signs or digits stand for letters.
    """

    names: dict[str, str]
    pairs: dict[tuple[str, str], str]
    other_words: frozenset[str] = frozenset()
    common: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    @classmethod
    def build(
        cls,
        names: Iterable[tuple[str, str]],
        other_words: frozenset[str] = frozenset(),
        common: Iterable[tuple[str, str]] = (),
        lines: Iterable[tuple[str, str]] = (),
    ) -> LatinReader:
        """names, common, lines: (name, owner); names of under four letters are left out, common words of under six, lines of
        under five.
        """
        names, common, lines = list(names), list(common), list(lines)
        found: dict[str, str] = {}
        pairs: dict[tuple[str, str], str] = {}
        for name, owner in names:
            plain = _WILD.sub("", name.casefold())
            if name.isascii() and len(plain) >= _SHORTEST:
                found.setdefault(plain, owner)
                pairs |= dict.fromkeys(_begun(name.casefold().split(), other_words), owner)
        misspelt = _letters_of(common, _SHORTEST_COMMON) | _letters_of(names, _SHORTEST)
        return cls(found, pairs, other_words, misspelt, _letters_of([*common, *lines], _SHORTEST_WORD))

    @cached_property
    def _posed(self) -> dict[str, str]:
        """Names in the classes of letters that pose as each other → name."""
        return {_classes(name): name for name in self.words | self.names}

    @cached_property
    def _by_shape(self) -> dict[tuple[int, str], list[str]]:
        """Names and common words by their length and first letter."""
        table: dict[tuple[int, str], list[str]] = {}
        for name in self.words | self.names:
            table.setdefault((len(name), name[0]), []).append(name)
        return table

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        table: dict[int, list[str]] = {}
        for name in self.common:
            table.setdefault(len(name), []).append(name)
        return table

    @cached_property
    def _by_sound(self) -> dict[str, str]:
        """Sounds of long names → name."""
        sounds = {_sound(name): name for name in self.names}
        return {sound: name for sound, name in sounds.items() if len(sound) >= _SHORTEST_SOUND}

    def read(self, text: str) -> Iterator[Sighting]:
        """Names of one to three words with signs or digits for letters, or one letter starred (folded text)."""
        for start, end, joined in _windows(text):
            if joined.isalpha() or len(joined) < _SHORTEST:
                continue
            name, how = self._hidden(joined)
            if name:
                sure = name in self.names and (len(name) >= 5 or joined[0] == name[0])
                owner = self.names.get(name) or self.words[name]
                yield Sighting(owner, start, end, name, how, 1.0 if sure else _WORD_WORTH)

    def _hidden(self, joined: str) -> tuple[str, str]:
        if _STAR.search(joined):
            return self._starred(re.sub(r"[^a-z*]", "", _STAR.sub("*", joined))), "letters starred out"
        posed = joined.translate(_POSED)
        letters = sum(char.isalpha() for char in joined)
        name = self._posed.get(_classes(re.sub("[^a-z]", "", posed)), "")
        changed = len(joined) - letters
        if not name or letters < 2 or changed * 2 >= len(name) or name == re.sub("[^a-z]", "", joined):
            return "", ""
        return name, "signs or digits for letters"

    def _starred(self, joined: str) -> str:
        """The one name that reads so where letters are starred out (H*rm*s); none where several do."""
        stars = joined.count("*")
        if not joined[0].isalpha() or stars > _STARS or stars * 2 > len(joined):
            return ""
        pool = self._by_shape.get((len(joined), joined[0]), ())
        fits = [name for name in pool if all(a in ("*", b) for a, b in zip(joined, name, strict=True))]
        return fits[0] if len(fits) == 1 or (fits and stars == 1) else ""

    def near(self, text: str) -> Iterator[Sighting]:
        """Names within one edit in five letters (two in nine) or of the same sound, posed letters read as such."""
        for start, end, joined in _windows(text):
            plain = re.sub("[^a-z]", "", joined.translate(_POSED))
            if len(plain) < 5 or _PRICE.match(joined) or plain in self.common:
                continue
            if {plain, plain.rstrip("s")} & self.other_words:
                continue
            allowed = 2 if len(plain) >= 9 else 1
            pool = [
                name
                for size in range(len(plain) - 1, len(plain) + 2)
                for name in self._by_length.get(size, ())
            ]
            best = process.extractOne(plain, pool, scorer=OSA.distance, score_cutoff=allowed)
            name = best[0] if best and best[0][0] == plain[0] else self._by_sound.get(_sound(plain))
            if name:
                yield Sighting(self.common[name], start, end, name, "misspelt", 0.4)

    def begun(self, text: str) -> Iterator[Sighting]:
        """Names of two words, one of them only begun (R. Mille, Bottega V.)."""
        words = [(match.start(), match.end(), match[0]) for match in re.finditer("[a-z]+", text)]
        for (start, middle, first), (after, end, second) in itertools.pairwise(words):
            if after - middle > 2:
                continue
            owner = self.pairs.get((first, second), "")
            if owner:
                yield Sighting(owner, start, end, owner, "one of its words only begun", 0.6)


def _letters_of(names: Iterable[tuple[str, str]], shortest: int) -> dict[str, str]:
    whole = (
        (name.casefold(), owner)
        for name, owner in names
        if name.isascii() and not any(map(str.isdigit, name))
    )
    plain = ((_WILD.sub("", name), owner) for name, owner in whole)
    return {name: owner for name, owner in plain if len(name) >= shortest}


def _begun(words: list[str], other_words: frozenset[str]) -> list[tuple[str, str]]:
    if len(words) != 2 or not all(word.isalpha() for word in words):
        return []
    first, second = words
    found = [(first[0], second)] if min(map(len, words)) >= 4 and second not in other_words else []
    return [*found, (first, second[0])] if len(first) >= 3 and len(second) >= 4 else found


def _sound(word: str) -> str:
    for letters, sound in _SOUNDS:
        word = letters.sub(sound, word)
    return word


def _classes(text: str) -> str:
    return text.replace("l", "i")


def _windows(text: str) -> Iterator[tuple[int, int, str]]:
    """Runs of one, two, three tokens with nothing but blanks or a sign between them: (start, end, characters joined)."""
    tokens = [(match.start(), match.end(), match[0].strip("!.'&+")) for match in _TOKEN.finditer(text)]
    for at, (start, end, word) in enumerate(tokens):
        joined = word
        yield start, end, joined
        for first, last, more in tokens[at + 1 : at + 3]:
            if first - end > 2:
                break
            joined, end = joined + more, last
            yield start, end, joined

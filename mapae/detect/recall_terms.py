"""What of a recall is looked for: its brands, models, words and kinds of goods, as folded keys without spaces or signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from mapae.text.fold import fold_words
from mapae.text.names.phonetic import sounds

__all__ = ["Nouns", "apart", "key_of", "latin_words", "plain_fold", "skeletons"]

_LATIN = re.compile(r"[0-9a-z+]+")
_KEEP = re.compile(r"[^0-9a-z+\uac00-\ud7a3\u3400-\u9fff]+")
_CLASSES = str.maketrans({"J": "S", "Q": "N", "R": "L"})


def plain_fold(text: str) -> str:
    """Folded text; ASCII only needs small letters, which is much the faster way."""
    return text.lower() if text.isascii() else fold_words(text)


@lru_cache(maxsize=65_536)
def key_of(text: str) -> str:
    """Folded, with letters and digits only: what the kernel hashes."""
    return _KEEP.sub("", plain_fold(text))


def latin_words(text: str) -> list[str]:
    """Folded Latin words of a text, in order."""
    return _LATIN.findall(plain_fold(text))


@lru_cache(maxsize=65_536)
def skeletons(name: str) -> tuple[str, ...]:
    """Consonants of a name as it sounds in Hangul or Latin, with and without `r` and `h`: what two spellings share."""
    heard = sounds(unicodedata.normalize("NFC", name))
    forms = {
        heard,
        re.sub(r"[RH]", "", heard),
        heard.replace("H", ""),
        re.sub(r"R(?![aeiou@-])", "", heard).replace("H", ""),
    }
    found = set()
    for form in forms:
        bare = re.sub(r"[^A-Z]", "", re.sub(r"([A-Z])\1+", r"\1", form)).translate(_CLASSES)
        bare = bare.replace("TS", "S")
        if len(bare) >= 2:
            found.add(bare)
    return tuple(sorted(found))


@dataclass(frozen=True)
class Nouns:
    """Kinds of goods: word key → kind number; kin of each kind; names of kinds."""

    names: tuple[str, ...]
    words: dict[str, int]
    kin: dict[int, frozenset[int]]
    spaced: dict[str, int] = field(default_factory=dict)

    @classmethod
    def build(cls, rows: Iterable[Iterable[str]], kin: Iterable[Iterable[str]]) -> Nouns:
        """Kinds from rows of words (the first word names the kind) and groups of kin."""
        names: list[str] = []
        words: dict[str, int] = {}
        for number, row in enumerate(rows):
            row = list(row)
            names.append(row[0])
            for word in row:
                for form in _plurals(word):
                    words.setdefault(key_of(form), number)
        at = {name: number for number, name in enumerate(names)}
        near: dict[int, set[int]] = {}
        for group in kin:
            members = {at[name] for name in group}
            for member in members:
                near.setdefault(member, set()).update(members - {member})
        return cls(tuple(names), words, {number: frozenset(others) for number, others in near.items()})

    @cached_property
    def _heads(self) -> frozenset[str]:
        """Beginnings of all words: what is none of them begins no word."""
        return frozenset(word[:size] for word in self.words for size in range(1, len(word) + 1))

    def of(self, text: str) -> list[int]:
        """Kinds that a text names, in order; a longer word wins over one inside it."""
        return [kind for kind, _, _ in self.find(plain_fold(text))]

    def find(self, folded: str) -> list[tuple[int, int, int]]:
        """(kind, start, end) of words of goods in folded text, longest first at every place, none inside another."""
        found: list[tuple[int, int, int]] = []
        pieces = [
            (m.group(), m.start(), m.end())
            for m in re.finditer(r"[0-9a-z+]+|[\uac00-\ud7a3\u3400-\u9fff]", folded)
        ]
        at = 0
        while at < len(pieces):
            hit = None
            joined = ""
            for to in range(at, min(len(pieces), at + 12)):
                if to > at and apart(folded, pieces[to - 1][2], pieces[to][1]):
                    break
                joined += pieces[to][0]
                if joined not in self._heads:
                    break
                if (kind := self.words.get(joined)) is not None and not (
                    len(joined) == 1 and not joined.isascii()
                ):
                    hit = (kind, pieces[at][1], pieces[to][2], to)
            if hit:
                found.append(hit[:3])
                at = hit[3] + 1
            else:
                at += 1
        return found


def apart(text: str, end: int, start: int) -> bool:
    """Whether two words do not belong together: more than two signs between them, or two with a stop among them."""
    return start - end > 2 or (start - end == 2 and any(char in ".,:;" for char in text[end:start]))


def _plurals(word: str) -> list[str]:
    if not word.isascii():
        return [word]
    if word.endswith(("s", "x", "ch", "sh")):
        return [word, f"{word}es"]
    if word.endswith(("f", "fe")):
        return [word, f"{word}s", f"{word.removesuffix('e').removesuffix('f')}ves"]
    return [word, f"{word}s", f"{word[:-1]}ies"] if word.endswith("y") else [word, f"{word}s"]

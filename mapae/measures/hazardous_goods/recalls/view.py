"""A listing as the check reads it: folded cells cut into pieces, kinds of goods, codes, and searches with their places."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from mapae.contract import Row
from mapae.detect.recall_codes import Code, codes_in, fold_code
from mapae.detect.recall_terms import Nouns, apart, key_of, skeletons
from mapae.text.names.phonetic import likeness

__all__ = ["FIELDS", "Place", "View"]

FIELDS = ("title", "description", "brand", "model", "category")
_PIECE = re.compile(r"[0-9a-z+]+|[\uac00-\ud7a3]+|[\u3400-\u9fff]")
_LEAD = 900  # characters of a description in which words, kinds of goods and names are looked for; codes everywhere
_JOIN = 8  # words that are put together
_ALIKE = 0.8  # sounds that two spellings of one name share at least


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: field, and start and end in the folded cell."""

    field: str
    start: int
    end: int


@dataclass(frozen=True)
class View:
    """One listing."""

    row: Row
    nouns: Nouns

    @cached_property
    def texts(self) -> dict[str, str]:
        """The original cells."""
        return {name: self.row.text(name) for name in FIELDS}

    @cached_property
    def folded(self) -> dict[str, str]:
        """The folded cells, as the batch holds them."""
        batch = self.row.batch
        channel, fields = batch.text.channels[0], batch.kind.text
        first = self.row.index * len(fields)
        found = {}
        for name in FIELDS:
            cell = first + fields.index(name)
            raw = channel.data[channel.offsets[cell] : channel.offsets[cell + 1] - 1]
            found[name] = raw.tobytes().decode("utf-8", "replace")
        return found

    @cached_property
    def pieces(self) -> dict[str, list[tuple[str, int, int]]]:
        """Latin words, Hangul words and single Han of each folded cell, with their places."""
        return {
            name: [(m.group(), m.start(), m.end()) for m in _PIECE.finditer(text)]
            for name, text in self.folded.items()
        }

    @cached_property
    def goods(self) -> dict[str, list[tuple[int, int, int]]]:
        """Words of goods found so far, by cell: (kind, start, end)."""
        return {}

    def named(self, name: str) -> list[tuple[int, int, int]]:
        """Words of goods in a cell, in order: (kind, start, end)."""
        if name not in self.goods:
            self.goods[name] = self.nouns.find(self._lead(name))
        return self.goods[name]

    def _lead(self, name: str) -> str:
        text = self.folded[name]
        return text[:_LEAD] if name == "description" else text

    def kinds(self, name: str) -> set[int]:
        """Kinds of goods that a cell names."""
        return {kind for kind, _, _ in self.named(name)}

    @cached_property
    def hangul(self) -> list[tuple[str, Place]]:
        """Hangul words of title, brand and model, and neighbours put together in twos and threes."""
        found = []
        for name in ("title", "brand", "model", "description"):
            words = [piece for piece in self.pieces[name] if "\uac00" <= piece[0][0] <= "\ud7a3"][
                : 40 if name == "description" else 80
            ]
            for at in range(len(words)):
                joined = ""
                for to in range(at, min(len(words), at + 3)):
                    if to > at and words[to][1] - words[to - 1][2] > 1:
                        break
                    joined += words[to][0]
                    found.append((joined, Place(name, words[at][1], words[to][2])))
        return found

    @cached_property
    def boned(self) -> dict[str, list[tuple[str, Place]]]:
        """Hangul words by the consonants they sound of."""
        found: dict[str, list[tuple[str, Place]]] = {}
        for word, place in self.hangul:
            for skeleton in _bones(word):
                found.setdefault(skeleton, []).append((word, place))
        return found

    @cached_property
    def _codes(self) -> dict[str, list[Code]]:
        return {}

    def codes(self, name: str) -> list[Code]:
        """Codes of a cell as they stand in the original."""
        if name not in self._codes:
            self._codes[name] = list(codes_in(self.texts[name]))
        return self._codes[name]

    @cached_property
    def _grams(self) -> dict[tuple[str, bool], dict[str, list[tuple[int, int]]]]:
        return {}

    def grams(self, name: str, *, coded: bool = False) -> dict[str, list[tuple[int, int]]]:
        """Latin words of a cell alone and put together, with their places; coded: only with a digit in the first two."""
        key = (name, coded)
        if key not in self._grams:
            self._grams[key] = _joined(self.folded[name], self.pieces[name], 0 if coded else _LEAD)
        return self._grams[key]

    @cached_property
    def coded(self) -> dict[str, list[Place]]:
        """Of title, model and description those in capitals that hold a digit: what may be a code."""
        found: dict[str, list[Place]] = {}
        for name in ("title", "model", "description"):
            for key, spans in self.grams(name, coded=name == "description").items():
                if not key.isalpha():
                    found.setdefault(key.upper(), []).extend(Place(name, *span) for span in spans)
        return found

    @cached_property
    def _close(self) -> dict[str, tuple[str, list[int]]]:
        return {}

    def find(self, key: str, *, fields: tuple[str, ...] = FIELDS[:4]) -> Iterator[Place]:
        """Places of a key: whole Latin words put together, or Hangul and Han anywhere."""
        if key.isascii():
            for name in fields:
                yield from (Place(name, *span) for span in self.grams(name).get(key, ()))
            return
        for name in fields:
            if name not in self._close:
                self._close[name] = _without_spaces(self._lead(name))
            joined, at = self._close[name]
            start = joined.find(key)
            while start >= 0:
                yield Place(name, at[start], at[start + len(key) - 1] + 1)
                start = joined.find(key, start + 1)

    def heard(self, name: str, *, least: float = _ALIKE) -> tuple[float, Place] | None:
        """The Hangul words that sound most like a Latin name, where they are alike enough."""
        best: tuple[float, Place] | None = None
        plain = key_of(name)
        if len(plain) < 3 or not plain.isascii():
            return None
        if any(c.isdigit() for c in plain):
            return self._numbered(plain, least)
        for skeleton in skeletons(plain):
            for word, place in self.boned.get(skeleton, ()):
                if not 0.25 * len(plain) <= len(word) <= 1.3 * len(plain):
                    continue
                alike = likeness(word, plain)
                if len(word) > 3:
                    alike = max(alike, likeness(word[:-1], plain) - 0.05)
                if alike >= least and (best is None or alike > best[0]):
                    best = (alike, place)
        return best

    def _numbered(self, plain: str, least: float) -> tuple[float, Place] | None:
        """A name that ends in a number (`Note7`): Hangul that ends in its sound, and the number right behind."""
        parts = re.fullmatch(r"([a-z]{3,})(\d+)", plain)
        if not parts:
            return None
        for name in FIELDS[:4]:
            pieces = self.pieces[name]
            for (word, start, end), (number, begin, stop) in itertools.pairwise(pieces):
                if number == parts[2] and begin - end <= 1 and "\uac00" <= word[0] <= "\ud7a3":
                    alike = max(likeness(word[at:], parts[1]) for at in range(len(word)))
                    if alike >= least:
                        return alike, Place(name, start, stop)
        return None

    @cached_property
    def models(self) -> tuple[str, ...]:
        """Folded codes of title and model cell."""
        return tuple(dict.fromkeys(code.folded for name in ("title", "model") for code in self.codes(name)))

    def original(self, place: Place) -> tuple[int, int, str]:
        """Start, end and text of a place in the original cell."""
        text = self.folded[place.field]
        low = len(text[: place.start].encode())
        high = low + len(text[place.start : place.end].encode())
        first, last = self.row.folded(place.field).original(low, high)
        return first, last, self.texts[place.field][first:last]

    def around(self, place: Place, before: int, after: int) -> tuple[str, str]:
        """Folded text before and behind a place."""
        text = self.folded[place.field]
        return text[max(0, place.start - before) : place.start], text[place.end : place.end + after]


@lru_cache(maxsize=65_536)
def _bones(word: str) -> frozenset[str]:
    """Skeletons of a word, and of the word without its last syllable (a particle)."""
    return frozenset((*skeletons(word), *(skeletons(word[:-1]) if len(word) > 3 else ())))


def _joined(text: str, pieces: list[tuple[str, int, int]], lead: int) -> dict[str, list[tuple[int, int]]]:
    """Spans of words alone and up to eight put together; from `lead` on only those with a digit in the first two."""
    found: dict[str, list[tuple[int, int]]] = {}
    numbered = [_numbered(piece[0]) for piece in pieces] + [False]
    for at, (first, start, _) in enumerate(pieces):
        if not first.isascii() or (start >= lead and not (numbered[at] or numbered[at + 1])):
            continue
        joined, end = "", start
        for piece, begin, stop in pieces[at : at + _JOIN]:
            if not piece.isascii() or (begin - end > 1 and apart(text, end, begin)):
                break
            joined, end = joined + piece, stop
            found.setdefault(joined, []).append((start, end))
    return found


def _numbered(word: str) -> bool:
    return not word.isalpha()


def _without_spaces(text: str) -> tuple[str, list[int]]:
    at = [i for i, char in enumerate(text) if char != " "]
    return "".join(text[i] for i in at), at


def same_code(listed: str, model: str) -> bool:
    """A listing's code is the model, or the model with a suffix of colour or market."""
    suffixed = len(model) >= 5 and listed.startswith(model) and len(listed) - len(model) <= 4
    return listed == model or (suffixed and not model.isdigit())


def code_of(text: str) -> str:
    """The folded code of a text."""
    return fold_code(text)

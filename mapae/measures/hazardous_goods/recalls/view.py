"""A listing as the check reads it: folded cells cut into pieces, kinds of goods, codes, and searches with their places."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from mapae.contract import Row
from mapae.detect.recall_codes import Code, codes_in
from mapae.detect.recall_terms import Nouns, key_of, skeletons
from mapae.measures.hazardous_goods.recalls.joined import Joined, Piece
from mapae.text.names.phonetic import likeness

__all__ = ["FIELDS", "Place", "View"]

FIELDS = ("title", "description", "brand", "model", "category")
_PIECE = re.compile(r"[0-9a-z+]+|[\uac00-\ud7a3]+|[\u3400-\u9fff]")
_OTHER = re.compile(r"[^0-9a-z+]+")
_LEAD = 900  # characters of a description in which words, kinds of goods and names are looked for; codes everywhere
_CODED = (
    ("title", _LEAD),
    ("model", _LEAD),
    ("description", 0),
)  # where models stand; from where on only with digits
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
    def _pieces(self) -> dict[str, list[Piece]]:
        return {}

    def pieces(self, name: str) -> list[Piece]:
        """Latin words, Hangul words and single Han of a folded cell, with their places."""
        if name not in self._pieces:
            self._pieces[name] = [(m[0], *m.span()) for m in _PIECE.finditer(self.folded[name])]
        return self._pieces[name]

    @cached_property
    def foreign(self) -> bool:
        """Whether the title is written in Hangul or Han, so that plain English words are said otherwise."""
        return any(not word.isascii() for word, _, _ in self.pieces("title"))

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
            words = [piece for piece in self.pieces(name) if "\uac00" <= piece[0][0] <= "\ud7a3"][
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
    def coded(self) -> list[Code]:
        """Codes of title, model and description."""
        return [code for name, _ in _CODED for code in self.codes(name)]

    @cached_property
    def _bare(self) -> dict[str, str]:
        """Each cell's Latin letters and digits alone: a key that is not in there is not in the cell."""
        return {name: _OTHER.sub("", text) for name, text in self.folded.items()}

    @cached_property
    def _latin(self) -> dict[str, Joined]:
        return {}

    def latin(self, name: str) -> Joined:
        """Latin words of a cell, ready for search."""
        if name not in self._latin:
            self._latin[name] = Joined.of(self.folded[name], self.pieces(name))
        return self._latin[name]

    def _find_latin(self, name: str, key: str, lead: int) -> Iterator[Place]:
        if key in self._bare[name]:
            yield from (Place(name, *span) for span in self.latin(name).find(key, lead))

    def find_code(self, model: str) -> Iterator[Place]:
        """Places of a code (capitals and digits) in title, model and description."""
        for name, lead in _CODED:
            yield from self._find_latin(name, model.lower(), lead)

    def suffixed(self, models: Iterable[str]) -> list[tuple[str, str, Place]]:
        """Codes that are a model and up to four letters or digits: (code, model, place), as they follow in the cells."""
        found: dict[str, list[tuple[int, int, int, str, Place]]] = {}
        for model in models:
            for at, (name, lead) in enumerate(_CODED):
                if model.lower() not in self._bare[name]:
                    continue
                for joined, start, end in self.latin(name).suffixed(model.lower(), lead):
                    if not joined.isalpha():
                        found.setdefault(joined.upper(), []).append(
                            (at, start, len(joined) - len(model), model, Place(name, start, end))
                        )
        order = sorted(found, key=lambda code: (min(found[code])[:2], len(code)))
        return [
            (code, model, place)
            for code in order
            for _, _, _, model, place in sorted(found[code], key=lambda item: (-item[2], item[:2]))
        ]

    def find(self, key: str, *, fields: tuple[str, ...] = FIELDS[:4]) -> Iterator[Place]:
        """Places of a key: whole Latin words put together, or Hangul and Han anywhere."""
        if key.isascii():
            for name in fields:
                yield from self._find_latin(name, key, _LEAD)
            return
        for name in fields:
            text = self._lead(name)
            joined = text.replace(" ", "")
            start = joined.find(key)
            at = [i for i, char in enumerate(text) if char != " "] if start >= 0 else []
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
        if not parts or not self.hangul:
            return None
        for name in FIELDS[:4]:
            pieces = self.pieces(name)
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

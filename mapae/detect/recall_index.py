"""The index of recalls: arrays that map words, codes, sounds and kinds of goods to recalls, and the search for candidates."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.detect.kernels.recall_scan import scan
from mapae.detect.kernels.recall_sound import alike
from mapae.detect.recall_codes import fold_code
from mapae.detect.recall_terms import Nouns, key_of, latin_words, skeletons
from mapae.detect.recall_voice import VOICE, cost_tables, voice
from mapae.text.fold import Folded

__all__ = ["HIGH", "NORMAL", "Candidates", "Entry", "Mode", "RecallIndex", "hash_key"]

_SEED, _PRIME, _MASK = 14695981039346656037, 1099511628211, (1 << 64) - 1
_HEAD_BITS = 8  # bits of the filter a beginning of a term
_ALIKE, _SURE, _SHORT = 0.84, 0.92, 5  # likeness asked of a name, and of a short one (sounds)
_WORD_SHARE = 40  # a word in more than one of so many recalls says nothing


@dataclass(frozen=True, slots=True)
class Mode:
    """How wide the search is: df cap of words, least score, most candidates a row, the gate.

    lead: bytes of a description that are read in full; behind them only codes are.
    """

    cap: int
    least: float
    most: int
    high: bool
    lead: int = 900


NORMAL = Mode(cap=64, least=1.2, most=6, high=False)
HIGH = Mode(cap=1_000_000, least=0.15, most=20, high=True, lead=1 << 40)


@dataclass(frozen=True, slots=True)
class Entry:
    """What of one recall is looked for: names as they are written, codes, words, those of its names, kinds of goods.

    limited: its models limit it; coded: it has models and takes not all of them, so that one without needs words.
    telling: for each product named its proper words (none: brand and kind of goods say it all).
    """

    brands: tuple[str, ...]
    models: tuple[str, ...]
    words: tuple[str, ...]
    names: tuple[str, ...]
    kinds: tuple[int, ...]
    limited: bool
    telling: tuple[tuple[str, ...], ...] = ()
    coded: bool = False


@dataclass(frozen=True, slots=True)
class Candidates:
    """Equal-long arrays, by row and then best first: row, recall number, flags (kernels.recall_scan), score."""

    row: npt.NDArray[np.int64]
    recall: npt.NDArray[np.int64]
    flags: npt.NDArray[np.uint8]
    score: npt.NDArray[np.float32]


def hash_key(text: str) -> int:
    """FNV-1a, 64 bits, of the UTF-8 of a folded key (Fowler, Noll, Vo)."""
    value = _SEED
    for byte in text.encode():
        value = ((value ^ byte) * _PRIME) & _MASK
    return value


@dataclass(frozen=True)
class RecallIndex:
    """arrays: named in `_grouped`. bones: skeleton → numbers of voices; voices: brands as sounds; voiced: their terms.

    All large parts are numpy, so that they can be mapped.
    """

    arrays: tuple[npt.NDArray[Any], ...]
    bones: dict[str, npt.NDArray[np.int64]]
    voices: npt.NDArray[np.uint8]
    voiced: npt.NDArray[np.int64]

    @classmethod
    def build(cls, entries: Sequence[Entry], nouns: Nouns) -> RecallIndex:
        """Index these recalls; a recall's number is its place."""
        roles: dict[str, dict[str, list[int]]] = {
            role: defaultdict(list) for role in ("brand", "sound", "model", "word")
        }
        for number, entry in enumerate(entries):
            for role, keys in _keys(entry).items():
                for key in keys:
                    roles[role][key].append(number)
        common = max(64, len(entries) // _WORD_SHARE)
        roles["word"] = _rare(roles["word"], entries, common)
        terms = sorted(
            {
                *roles["brand"],
                *roles["model"],
                *roles["word"],
                *nouns.words,
                *(f"\0{key}" for key in roles["sound"]),
            }
        )
        at = {term: number for number, term in enumerate(terms)}
        posts = [
            _postings([roles[role].get(term.removeprefix("\0") if role == "sound" and term[:1] == "\0" else
                                       "\0" if role == "sound" else term, ()) for term in terms])
            for role in ("brand", "sound", "model", "word")
        ]  # fmt: skip
        free = posts[3][0][:-1] + np.asarray(
            [sum(not entries[n].brands for n in roles["word"].get(term, ())) for term in terms], np.int64
        )
        weight = np.asarray(
            [_weight(len(roles["word"].get(term, ())), len(entries)) for term in terms], np.float32
        )
        least = 1.5 * math.log(len(entries) + 2)
        whole = np.asarray(
            [
                max(
                    least if e.brands else 1.5 * least,
                    sum(weight[at[w]] for w in e.names if w in roles["word"]),
                )
                for e in entries
            ],
            np.float32,
        )
        kinds = [sorted({k for kind in e.kinds for k in (kind, *nouns.kin.get(kind, ()))}) for e in entries]
        arrays = (
            *_table(terms), *posts[0], *posts[1], *posts[2],
            np.asarray([_strong(term) for term in terms], np.uint8), *posts[3], free, weight,
            np.asarray([nouns.words.get(term, -1) for term in terms], np.int16), *_postings(kinds),
            np.asarray([_marks(entry, roles["word"]) for entry in entries], np.uint8), whole,
        )  # fmt: skip
        heard = sorted(roles["sound"])
        bones: dict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(heard):
            for skeleton in skeletons(key):
                bones[skeleton].append(number)
        voices = np.stack([voice(key) for key in heard]) if heard else np.zeros((1, VOICE), np.uint8)
        voiced = np.asarray([at[f"\0{key}"] for key in heard], np.int64)
        return cls(arrays, {key: np.asarray(ids, np.int64) for key, ids in bones.items()}, voices, voiced)

    def hear(self, words: Sequence[str]) -> list[list[int]]:
        """For each Hangul word the terms of brands that sound like it; of short names more likeness is asked."""
        first: list[npt.NDArray[np.int64]] = []
        second: list[npt.NDArray[np.int64]] = []
        for number, word in enumerate(words):
            for skeleton in skeletons(word) if len(word) >= 2 else ():
                ids = self.bones.get(skeleton)
                if ids is not None:
                    first.append(np.full(len(ids), number, np.int64))
                    second.append(ids)
        found: list[list[int]] = [[] for _ in words]
        if not first:
            return found
        left, right = np.concatenate(first), np.concatenate(second)
        spoken = np.stack([voice(word) for word in words])
        short = np.count_nonzero(self.voices[right], axis=1) <= _SHORT
        near = np.flatnonzero(
            alike(spoken, self.voices, left, right, *cost_tables()) >= np.where(short, _SURE, _ALIKE)
        )
        for number, term in zip(left[near].tolist(), self.voiced[right[near]].tolist(), strict=True):
            if term not in found[number]:
                found[number].append(term)
        return found

    def candidates(
        self, folded: Folded, n_fields: int, mode: Mode, extra: dict[int, list[int]] | None = None
    ) -> Candidates:
        """Candidates of every row of a folded batch of listings (fields title, description, brand, model, category, …).

        extra: terms of `sounds` heard in a row.
        """
        channel = folded.channels[0]
        rows = (len(channel.offsets) - 1) // n_fields
        more = _spread(extra or {}, rows)
        room = 4 * rows + 1024 if not mode.high else mode.most * rows + 1
        while True:
            out = (
                np.empty(room, np.int64),
                np.empty(room, np.int64),
                np.empty(room, np.uint8),
                np.empty(room, np.float32),
            )
            done = scan(
                channel.data,
                channel.offsets,
                n_fields,
                more,
                self._grouped,
                mode.lead,
                mode.cap,
                mode.least,
                mode.most,
                mode.high,
                out,
            )
            if done >= 0:
                return Candidates(out[0][:done], out[1][:done], out[2][:done], out[3][:done])
            room *= 4

    @property
    def _grouped(self) -> tuple[Any, ...]:
        """The arrays as the kernel takes them: lookup, postings, sounds, kind of each term, kinds and marks of recalls."""
        (heads, keys, slots, brand_at, brand_to, sound_at, sound_to, model_at, model_to, strong, word_at, word_to,
         free, weight, kind, kinds_at, kinds, coded, whole) = self.arrays  # fmt: skip
        return (
            (heads, keys, slots),
            (brand_at, brand_to, model_at, model_to, strong),
            (word_at, free, word_to, weight),
            (sound_at, sound_to),
            kind,
            (kinds_at, kinds, coded, whole),
        )


def _rare(words: dict[str, list[int]], entries: Sequence[Entry], common: int) -> dict[str, list[int]]:
    """Words of at most `common` recalls, the recalls without brand first."""
    return {
        key: sorted(posts, key=lambda number: (bool(entries[number].brands), number))
        for key, posts in words.items()
        if len(posts) <= common
    }


def _keys(entry: Entry) -> dict[str, list[str]]:
    brands = list(dict.fromkeys(key for name in entry.brands if len(key := key_of(name)) >= 2))
    sounded = [key for key in brands if len(key) >= 3 and key.isascii() and key.isalpha()]
    models = [
        key
        for key in dict.fromkeys(map(key_of, entry.models))
        if len(key) >= 4 or (len(key) >= 2 and not key.isalpha())
    ]
    words = [word for word in dict.fromkeys(entry.words) if word not in brands and word not in models]
    return {"brand": brands, "sound": sounded, "model": models, "word": words}


def _marks(entry: Entry, words: dict[str, list[int]]) -> int:
    """1 limited to codes, 2 without brand, 4 each product has a rare word of its own, 16 a model is asked for."""
    lined = entry.telling and all(
        any(0 < len(words.get(w, ())) <= NORMAL.cap for w in line) for line in entry.telling
    )
    return entry.limited + 2 * (not entry.brands) + 4 * bool(lined) + 16 * entry.coded


def _strong(key: str) -> int:
    """A code that hardly stands for anything else: five or more with letters and digits, or six digits and more."""
    folded = fold_code(key)
    digits = sum(char.isdigit() for char in folded)
    return int(
        (len(folded) >= 5 and 0 < digits < len(folded))
        or digits == len(folded) >= 6
        or (len(folded) >= 4 and digits >= 3 and digits < len(folded))
    )


def _weight(count: int, recalls: int) -> float:
    return math.log((recalls + 1) / count) if count else 0.0


def _postings(rows: Iterable[Iterable[int]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    lists = [list(row) for row in rows]
    ends = np.concatenate([[0], np.cumsum([len(row) for row in lists])]).astype(np.int64)
    return ends, np.asarray([item for row in lists for item in row], np.int32)


def _spread(heard: dict[int, list[int]], rows: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Postings of all rows from those that have any."""
    counts = np.zeros(rows + 1, np.int64)
    at = sorted(heard)
    counts[np.asarray(at, np.int64) + 1] = [len(heard[row]) for row in at]
    return np.cumsum(counts), np.asarray([term for row in at for term in sorted(heard[row])], np.int32)


def _table(terms: Sequence[str]) -> tuple[npt.NDArray[Any], ...]:
    """Filter over the hashes of all beginnings of terms, and an open-addressed table hash → term."""
    size = 1 << max(10, (4 * len(terms)).bit_length())
    keys, slots = np.zeros(size, np.uint64), np.zeros(size, np.int32)
    begun: set[int] = set()
    for number, term in enumerate(terms):
        if term.startswith("\0"):
            continue
        value = _SEED
        for char in term:
            for byte in char.encode():
                value = ((value ^ byte) * _PRIME) & _MASK
            begun.add(value)
        at = (value >> 20) & (size - 1)
        while keys[at]:
            at = (at + 1) & (size - 1)
        keys[at], slots[at] = value, number
    return _filter(begun), keys, slots


def _filter(begun: set[int]) -> npt.NDArray[np.uint8]:
    bits = 1 << max(12, (_HEAD_BITS * len(begun)).bit_length())
    heads = np.zeros(bits // 8, np.uint8)
    places = np.fromiter(begun, np.uint64, len(begun)) & np.uint64(bits - 1)
    marks = np.left_shift(np.uint8(1), (places & np.uint64(7)).astype(np.uint8))
    np.bitwise_or.at(heads, (places >> np.uint64(3)).astype(np.int64), marks)
    return heads


def words_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Latin words of at least three letters, in order, each once."""
    return tuple(dict.fromkeys(word for text in texts for word in latin_words(text) if len(word) >= 3))

"""Builds the arrays of the index of recalls: terms by hash, what each leads to, and what each recall asks for."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.detect.kernels.recall_words import BASE
from mapae.detect.recall_codes import fold_code
from mapae.detect.recall_entry import NORMAL, Entry
from mapae.detect.recall_terms import Nouns, key_of

__all__ = ["Arrays", "hash_key", "index_arrays"]

Arrays = tuple[npt.NDArray[Any], ...]
_MASK = (1 << 64) - 1
_HEAD_BITS = 8  # bits of the filter a beginning of a term
_WORD_SHARE = 40  # a word in more than one of so many recalls says nothing


def index_arrays(entries: Sequence[Entry], nouns: Nouns) -> tuple[Arrays, dict[str, int], list[str]]:
    """(arrays as RecallIndex names them, number of each term, brands that may be heard; their terms begin with a 0)."""
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
    return arrays, at, sorted(roles["sound"])


def hash_key(text: str) -> int:
    """The UTF-8 of a folded key as the digits of a number to the base BASE, modulo 2⁶⁴ (kernels.recall_words)."""
    value = 0
    for byte in text.encode():
        value = (value * BASE + byte) & _MASK
    return value


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


def _table(terms: Sequence[str]) -> tuple[npt.NDArray[Any], ...]:
    """Filter over the hashes of all beginnings of terms, and an open-addressed table hash → term."""
    size = 1 << max(10, (4 * len(terms)).bit_length())
    keys, slots = np.zeros(size, np.uint64), np.zeros(size, np.int32)
    begun: set[int] = set()
    for number, term in enumerate(terms):
        if term.startswith("\0"):
            continue
        value = 0
        for char in term:
            for byte in char.encode():
                value = (value * BASE + byte) & _MASK
            begun.add(value)
        at = ((((value ^ value >> 32) * BASE) & _MASK) >> 20) & (size - 1)
        while keys[at]:
            at = (at + 1) & (size - 1)
        keys[at], slots[at] = value, number
    return _filter(begun), keys, slots


def _filter(begun: set[int]) -> npt.NDArray[np.uint8]:
    bits = 1 << max(12, (_HEAD_BITS * len(begun)).bit_length())
    heads = np.zeros(bits // 8, np.uint8)
    values = np.fromiter(begun, np.uint64, len(begun))
    places = (values ^ (values >> np.uint64(32))) & np.uint64(bits - 1)
    marks = np.left_shift(np.uint8(1), (places & np.uint64(7)).astype(np.uint8))
    np.bitwise_or.at(heads, (places >> np.uint64(3)).astype(np.int64), marks)
    return heads

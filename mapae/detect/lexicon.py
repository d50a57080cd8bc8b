"""Many terms found at once in both channels of a batch, each check handed its own hits."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mapae.detect.engines import Scanner, make_scanner
from mapae.detect.hits import Hits
from mapae.detect.kernels.hits import COLUMNS, merge_hits, take_hits
from mapae.detect.kernels.literals import scan_literals
from mapae.detect.literals import Literals, file_literals
from mapae.text.fold import Channel, Folded, fold_cells

__all__ = ["ENGINES", "SQUEEZED_LATIN", "SQUEEZED_OTHER", "Lexicon", "Term", "needs"]

Boundary = Literal["auto", "word", "left", "none"]
ENGINES = ("compiled", "hyperscan", "ahocorasick")
# shortest term looked for in the squeezed channel, in characters
SQUEEZED_LATIN, SQUEEZED_OTHER = 4, 2
_ROOM = 32  # bytes of text for which room for one hit is kept at first


class Term(NamedTuple):
    """Words to look for. ref, tag: whatever the check wants back with a hit.

    boundary: word (both sides), left, none, or auto (word for Latin letters and digits; for Hangul and Han left is asked
    of one-character terms only). channels: fold, squeeze, both.
    """

    text: str
    ref: str = ""
    tag: str = ""
    boundary: Boundary = "auto"
    channels: Literal["fold", "squeeze", "both"] = "fold"


@dataclass(frozen=True)
class _Patterns:
    """The distinct patterns of one channel; rows[at[p]:at[p + 1]] asked for p, as (check, entry, need left, need right)."""

    literals: Literals
    at: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int32]
    scanner: Scanner | None


@dataclass(frozen=True)
class Lexicon:
    """All terms of all checks. Build once; scanning keeps no state.

    engine: compiled, hyperscan, ahocorasick; empty for $MAPAE_SCANNER or compiled. All give the same hits.
    """

    terms: tuple[tuple[Term, ...], ...]
    engine: str = ""

    @classmethod
    def build(cls, terms: Sequence[tuple[Term, ...]], engine: str = "") -> Lexicon:
        """A lexicon of one tuple of terms a check."""
        return cls(tuple(terms), engine or os.environ.get("MAPAE_SCANNER", "") or ENGINES[0])

    @cached_property
    def _channels(self) -> tuple[_Patterns, _Patterns]:
        return (_patterns(self.terms, 0, self.engine), _patterns(self.terms, 1, self.engine))

    def scan(self, folded: Folded, n_fields: int) -> list[Hits]:
        """Hits of each check, sorted as Hits says."""
        fold, squeeze = (
            _found(patterns, folded.channels[number], number, n_fields)
            for number, patterns in enumerate(self._channels)
        )
        table, borders = merge_hits(fold, squeeze, len(self.terms), n_fields)
        return [
            Hits(*(table[column, low:high] for column in range(COLUMNS - 1)))
            for low, high in itertools.pairwise(borders)
        ]


def needs(term: Term, text: str) -> tuple[int, int]:
    """Whether a hit must begin and end at a word's border."""
    if term.boundary == "auto":
        left = int(text[0].isascii() or len(text) == 1)
        right = int(text[-1].isascii() or len(text) == 1)
        return left, right
    return int(term.boundary in ("word", "left")), int(term.boundary == "word")


def _patterns(terms: tuple[tuple[Term, ...], ...], channel: int, engine: str) -> _Patterns:
    asked: dict[bytes, list[tuple[int, int, int, int]]] = {}
    before: dict[bytes, bytes] = {}
    for check, entry, term, key, plain in _searched(terms, channel):
        asked.setdefault(key, []).append((check, entry, *needs(term, key.decode())))
        before[key] = plain
    keys = sorted(asked)
    free = [channel == 0 and any(not owner[2] for owner in asked[key]) for key in keys]
    counts = [len(asked[key]) for key in keys]
    rows = np.asarray([owner for key in keys for owner in asked[key]], np.int32).reshape(-1, 4)
    return _Patterns(
        file_literals(keys, [before[key] for key in keys], free),
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        rows,
        None if engine == "compiled" else make_scanner(keys, engine),
    )


def _searched(
    terms: tuple[tuple[Term, ...], ...], channel: int
) -> Iterator[tuple[int, int, Term, bytes, bytes]]:
    """(check, entry, term, what is looked for, the same before leet classes) of the terms looked for in the channel."""
    wanted = (("fold", "both"), ("squeeze", "both"))[channel]
    places = [
        (check, entry, term)
        for check, entries in enumerate(terms)
        for entry, term in enumerate(entries)
        if term.channels in wanted
    ]
    folded = fold_cells([pa.array([term.text for *_, term in places], pa.large_string())]).channels[channel]
    whole = folded.data.tobytes()
    plain = np.where(folded.plain > 0, folded.plain, folded.data).tobytes()
    for place, (first, last) in zip(places, itertools.pairwise(folded.offsets.tolist()), strict=True):
        text = whole[first : last - 1]
        if channel == 0:
            text = text.strip(b" ")
        elif len(text.decode()) < (SQUEEZED_LATIN if text.isascii() else SQUEEZED_OTHER):
            continue
        if text:
            yield *place, text, text if channel == 0 else plain[first : last - 1]


def _found(
    patterns: _Patterns, channel: Channel, number: int, n_fields: int
) -> tuple[npt.NDArray[np.int32], int]:
    """Hits of one channel, a column a hit, by cell, start, longest first, owner; and how many columns are filled."""
    room = 1024 + len(channel.data) // _ROOM
    while True:
        out = np.empty((COLUMNS, room), np.int32)
        count = _scan(patterns, channel, number, n_fields, out)
        if count <= room:
            return out, count
        room = count


def _scan(patterns: _Patterns, channel: Channel, number: int, n_fields: int, out: Any) -> int:
    """Fill `out`; how many hits there are, which may be more than fit."""
    literals, owners = patterns.literals, (patterns.at, patterns.rows)
    view = (channel.data, channel.offsets, channel.marks, channel.plain)
    if patterns.scanner is None:
        return int(scan_literals(view, literals.arrays, owners, number, n_fields, out))
    which, ends = patterns.scanner.scan(channel.data)
    starts = ends - (literals.word_at[which + 1] - literals.word_at[which])
    order = np.lexsort((-ends, starts))
    return int(
        take_hits(
            view,
            literals.words,
            literals.word_at,
            owners,
            which[order],
            starts[order],
            number,
            n_fields,
            out,
        )
    )

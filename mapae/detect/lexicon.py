"""Many terms found at once in both channels of a batch, each check handed its own hits."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from mapae.detect.engines import Scanner, make_scanner
from mapae.detect.hits import Hits
from mapae.detect.kernels.hits import empty, weigh
from mapae.text.fold import Channel, Folded, fold_text

__all__ = ["Lexicon", "Term"]

Boundary = Literal["auto", "word", "left", "none"]
# shortest term looked for in the squeezed channel, in characters
SQUEEZED_LATIN, SQUEEZED_OTHER = 4, 2


@dataclass(frozen=True, slots=True)
class Term:
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
    """The distinct patterns of one channel and who asked for them."""

    scanner: Scanner
    lengths: npt.NDArray[np.int64]
    words: npt.NDArray[np.uint8]
    word_at: npt.NDArray[np.int64]
    # postings: pattern p was asked for by owners[at[p]:at[p+1]] = (check, entry, need left, need right)
    at: npt.NDArray[np.int64]
    owners: npt.NDArray[np.int32]


@dataclass(frozen=True)
class Lexicon:
    """All terms of all checks. Build once; scanning keeps no state."""

    terms: tuple[tuple[Term, ...], ...]

    @classmethod
    def build(cls, terms: Sequence[tuple[Term, ...]]) -> Lexicon:
        """A lexicon of one tuple of terms a check."""
        return cls(tuple(terms))

    @cached_property
    def _channels(self) -> tuple[_Patterns, _Patterns]:
        return (_patterns(self.terms, 0), _patterns(self.terms, 1))

    def scan(self, folded: Folded, n_fields: int) -> list[Hits]:
        """Hits of each check, sorted as Hits says."""
        parts = [
            _scan(patterns, folded.channels[number], number, n_fields)
            for number, patterns in enumerate(self._channels)
        ]
        table = np.concatenate(parts, axis=1)
        # rows: check, row, field, channel, start, end, entry, left, right, changed, gaps
        order = np.lexsort((table[6], -table[5], table[4], table[3], table[2], table[1], table[0]))
        table = table[:, order]
        borders = np.searchsorted(table[0], np.arange(len(self.terms) + 1))
        return [
            Hits(*(np.ascontiguousarray(table[column, low:high]) for column in range(1, 11)))
            for low, high in itertools.pairwise(borders)
        ]


def _patterns(terms: tuple[tuple[Term, ...], ...], channel: int) -> _Patterns:
    asked: dict[bytes, list[tuple[int, int, int, int]]] = {}
    before: dict[bytes, bytes] = {}
    for check, entries in enumerate(terms):
        for entry, term in enumerate(entries):
            if term.channels != "both" and term.channels != ("fold", "squeeze")[channel]:
                continue
            folded = fold_text(term.text, channel)
            text = folded.text.strip()
            if not text or (
                channel == 1 and len(text) < (SQUEEZED_LATIN if text.isascii() else SQUEEZED_OTHER)
            ):
                continue
            key = text.encode()
            asked.setdefault(key, []).append((check, entry, *_needs(term, text)))
            before[key] = (
                b"".join((piece.plain or piece.text).encode() for piece in folded.pieces) if channel else key
            )
    keys = sorted(asked)
    lengths = np.asarray([len(key) for key in keys], np.int64)
    plain = [before[key] if len(before[key]) == len(key) else key for key in keys]
    counts = [len(asked[key]) for key in keys]
    owners = np.asarray([owner for key in keys for owner in asked[key]], np.int32).reshape(-1, 4)
    word_at = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return _Patterns(
        make_scanner(keys),
        lengths,
        np.frombuffer(b"".join(plain) or b"\0", np.uint8),
        word_at,
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        owners,
    )


def _needs(term: Term, text: str) -> tuple[int, int]:
    """Whether a hit must begin and end at a word's border."""
    if term.boundary == "auto":
        left = int(text[0].isascii() or len(text) == 1)
        right = int(text[-1].isascii() or len(text) == 1)
        return left, right
    return int(term.boundary in ("word", "left")), int(term.boundary == "word")


def _scan(patterns: _Patterns, channel: Channel, number: int, n_fields: int) -> npt.NDArray[np.int32]:
    """Hits of one channel, a column a hit, expanded to every check that asked."""
    which, ends = patterns.scanner.scan(channel.data)
    order = np.lexsort((which, ends))
    which, ends = which[order], ends[order]
    starts = ends - patterns.lengths[which] if len(which) else ends
    features = empty(len(which))
    weigh(
        channel.data,
        channel.marks,
        channel.plain,
        starts,
        ends,
        which,
        patterns.words,
        patterns.word_at,
        number == 1,
        features,
    )
    cells = np.searchsorted(channel.offsets, starts, side="right") - 1
    base = channel.offsets[cells] if len(cells) else starts
    # expand pattern hits to owners
    counts = patterns.at[which + 1] - patterns.at[which] if len(which) else np.zeros(0, np.int64)
    index = np.repeat(np.arange(len(which)), counts)
    offset = np.arange(len(index)) - np.repeat(np.cumsum(counts) - counts, counts)
    owner = patterns.owners[patterns.at[which[index]] + offset] if len(index) else np.zeros((0, 4), np.int32)
    left, right, changed, gaps, kept = (features[i, index] for i in range(5))
    good = (kept == 1) & (left >= owner[:, 2]) & (right >= owner[:, 3])
    if number == 1:
        good &= left == 1
    index, owner = index[good], owner[good]
    cell = cells[index]
    columns = [owner[:, 0], cell // n_fields, cell % n_fields, np.full(len(index), number), starts[index] - base[index],
               ends[index] - base[index], owner[:, 1], left[good], right[good], changed[good], gaps[good]]  # fmt: skip
    return np.stack([np.asarray(column, np.int32) for column in columns])

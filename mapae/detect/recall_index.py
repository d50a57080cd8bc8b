"""The index of recalls: arrays that map words, codes, sounds and kinds of goods to recalls, and the search for candidates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mapae.detect.kernels.recall_goods import first_goods, place_back
from mapae.detect.kernels.recall_scan import scan
from mapae.detect.kernels.recall_sound import alike
from mapae.detect.recall_build import Arrays, index_arrays
from mapae.detect.recall_entry import Entry, Mode
from mapae.detect.recall_terms import Nouns, skeletons
from mapae.detect.recall_voice import VOICE, cost_tables, voice
from mapae.text.fold import Folded
from mapae.text.tables import tables

__all__ = ["Candidates", "RecallIndex"]

_ALIKE, _SURE, _SHORT = 0.84, 0.92, 5  # likeness asked of a name, and of a short one (sounds)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Equal-long arrays, by row and then best first: row, recall number, flags (kernels.recall_scan), score."""

    row: npt.NDArray[np.int64]
    recall: npt.NDArray[np.int64]
    flags: npt.NDArray[np.uint8]
    score: npt.NDArray[np.float32]

    def take(self, places: npt.NDArray[np.int64]) -> Candidates:
        """Those at these places."""
        return Candidates(self.row[places], self.recall[places], self.flags[places], self.score[places])

    @property
    def firsts(self) -> npt.NDArray[np.int64]:
        """Place of the best candidate of each row that has one."""
        return np.flatnonzero(np.diff(self.row, prepend=-1))


@dataclass(frozen=True)
class RecallIndex:
    """arrays: named in `_grouped`. bones: skeleton → numbers of voices; voices: brands as sounds; voiced: their terms.

    All large parts are numpy, so that they can be mapped.
    """

    arrays: Arrays
    bones: dict[str, npt.NDArray[np.int64]]
    voices: npt.NDArray[np.uint8]
    voiced: npt.NDArray[np.int64]

    @classmethod
    def build(cls, entries: Sequence[Entry], nouns: Nouns) -> RecallIndex:
        """Index these recalls; a recall's number is its place."""
        arrays, at, heard = index_arrays(entries, nouns)
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

    def goods(
        self,
        folded: Folded,
        cells: npt.NDArray[np.int64],
        recalls: npt.NDArray[np.int64],
        originals: pa.Array,
    ) -> npt.NDArray[np.int64]:
        """For each pair of cell and recall the first word of the recall's goods, a column: kind, start, end.

        originals: the cells as they were, in code points of which start and end are. Kind -1 where there is no such word.
        """
        channel, (lookup, *_, kind, recalled) = folded.channels[0], self._grouped
        found: npt.NDArray[np.int64] = first_goods(
            channel.data, channel.offsets, cells, recalls, lookup, kind, *recalled[:2]
        )
        at = np.flatnonzero(found[0] >= 0)
        _, ends, source = pc.fill_null(originals.take(pa.array(at)), "").cast(pa.large_string()).buffers()
        found[1:, at] = place_back(
            np.frombuffer(source or b"", np.uint8), np.frombuffer(ends, np.int64), channel.data, channel.offsets,
            cells[at], found[1, at], found[2, at], *tables().arrays[:4],
        )  # fmt: skip
        return found

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


def _spread(heard: dict[int, list[int]], rows: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Postings of all rows from those that have any."""
    counts = np.zeros(rows + 1, np.int64)
    at = sorted(heard)
    counts[np.asarray(at, np.int64) + 1] = [len(heard[row]) for row in at]
    return np.cumsum(counts), np.asarray([term for row in at for term in sorted(heard[row])], np.int32)

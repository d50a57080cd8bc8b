"""What was taken down in one matter, in memory, by its signs: a new listing is compared in full with few of them."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from math import sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mapae.detect.relisting import Goods, alike_bits, picture_bits

__all__ = ["Row", "Shelf", "row_of"]

_BY_WORDS = 24  # candidates by what their titles have in common
_BY_SIGNS = 200  # candidates by one number, model or picture, the likest titles first
_Array = npt.NDArray[np.int64]


class Row(NamedTuple):
    """Signs of an item. opened: of its case, seconds of the epoch, None where it is no longer down; units: letter runs of
    the title, each once (4 bytes each); keys: its codes, article number and reference (8 bytes each); picture: 32 bytes
    or none."""

    item: int
    opened: int | None
    units: bytes = b""
    keys: bytes = b""
    picture: bytes = b""


def row_of(item: int, opened: int, goods: Goods) -> Row:
    """The signs of goods."""
    units = np.fromiter(goods.units, "<i4").tobytes()
    keys = [*_codes(goods), *_references(goods)]
    return Row(item, opened, units, np.asarray(keys, "<i8").tobytes(), _picture(goods))


class Shelf:
    """Grows by rows; what is put in again replaces what was there."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at: dict[int, int] = {}
        self._items = self._opened = np.empty(0, np.int64)
        self._lengths = np.empty(0)
        self._down = np.empty(0, bool)
        self._units, self._keys = _Postings(), _Postings()
        self._pictures, self._pictured = np.empty((4, 0), np.uint64), np.empty(0, np.int64)

    def add(self, rows: Iterable[Row]) -> None:
        """Put rows in; one that is no longer down only takes its item out."""
        with self._lock:
            rows = list(rows)
            for old in (self._at.pop(row.item, None) for row in rows):
                if old is not None:
                    self._down[old] = False
            self._append([row for row in rows if row.opened is not None])

    @property
    def worn(self) -> bool:
        """Whether most of it is no longer down, so that it is better filled anew."""
        return len(self._items) > 2 * len(self._at) + 1000

    def pictured(self, since: int) -> bool:
        """Whether anything of cases opened since then has a picture to compare with."""
        with self._lock:
            return bool(self._live(since)[self._pictured].any())

    def noticed(self, goods: Goods, since: int) -> bool:
        """Whether anything was found under the same notice."""
        with self._lock:
            return bool(self._live(since)[self._keys.of(_references(goods))].any())

    def candidates(self, new: Goods, since: int) -> list[int]:
        """Items of cases opened since then (seconds of the epoch) that a new listing may be: by number, model, picture, and
        the likest titles."""
        with self._lock:
            if not len(self._items):
                return []
            live = self._live(since)
            found = self._units.of(list(new.units))
            shared = np.bincount(found, minlength=len(self._items)) / self._lengths
            marked = np.unique(np.concatenate([self._keys.of(_codes(new)), self._alike(new)]))
            by_signs = self._likest(marked[live[marked]], shared, _BY_SIGNS)
            by_words = self._likest(np.flatnonzero(live & (shared > 0)), shared, _BY_WORDS)
            chosen = dict.fromkeys(np.concatenate([by_signs, by_words]).tolist())
            return [int(self._items[at]) for at in chosen]

    def _append(self, rows: Sequence[Row]) -> None:
        first = len(self._items)
        places = np.arange(first, first + len(rows))
        self._at |= {row.item: first + at for at, row in enumerate(rows)}
        counts = np.asarray([len(row.units) // 4 for row in rows], np.int64)
        keys = np.asarray([len(row.keys) // 8 for row in rows], np.int64)
        self._items = np.append(self._items, np.asarray([row.item for row in rows], np.int64))
        self._opened = np.append(self._opened, np.asarray([row.opened for row in rows], np.int64))
        self._lengths = np.append(self._lengths, np.asarray([max(1.0, sqrt(count)) for count in counts]))
        self._down = np.append(self._down, np.ones(len(rows), bool))
        self._units.add(np.frombuffer(b"".join(row.units for row in rows), "<i4"), places.repeat(counts))
        self._keys.add(np.frombuffer(b"".join(row.keys for row in rows), "<i8"), places.repeat(keys))
        shown = np.frombuffer(b"".join(row.picture for row in rows), np.uint64).reshape(-1, 4).T
        self._pictures = np.concatenate([self._pictures, shown], axis=1)
        self._pictured = np.append(self._pictured, places[[bool(row.picture) for row in rows]])

    def _live(self, since: int) -> npt.NDArray[np.bool_]:
        return self._down & (self._opened >= since)

    def _alike(self, new: Goods) -> _Array:
        """Places whose picture is alike."""
        if not (picture := _picture(new)):
            return np.empty(0, np.int64)
        bits = self._pictures ^ np.frombuffer(picture, np.uint64)[:, None]
        apart = np.bitwise_count(bits).sum(0, dtype=np.uint16)
        return self._pictured[apart <= alike_bits()]

    def _likest(self, places: _Array, shared: npt.NDArray[np.float64], most: int) -> _Array:
        """At most so many places, the likest titles first, then by item."""
        if len(places) > most:
            least = np.partition(shared[places], -most)[-most]
            places = places[shared[places] >= least]
        return places[np.lexsort((self._items[places], -shared[places]))][:most]


class _Postings:
    """value → places, in sorted parts of which each is more than twice as long as the next, so that adding is cheap."""

    def __init__(self) -> None:
        self._parts: list[tuple[npt.NDArray[np.integer], npt.NDArray[np.int32]]] = []

    def add(self, values: npt.NDArray[np.integer], places: _Array) -> None:
        if not len(values):
            return
        self._parts.append(_sorted(values, places.astype(np.int32)))
        while len(self._parts) > 1 and len(self._parts[-2][0]) <= 2 * len(self._parts[-1][0]):
            (one, at_one), (two, at_two) = self._parts[-2:]
            both = _sorted(np.concatenate([one, two]), np.concatenate([at_one, at_two]))
            self._parts[-2:] = [both]

    def of(self, wanted: Sequence[int]) -> _Array:
        """Places of any of these values, once for each value."""
        found = [np.empty(0, np.int64)]
        for values, places in self._parts:
            asked = np.asarray(wanted, values.dtype)
            starts, ends = np.searchsorted(values, asked), np.searchsorted(values, asked, "right")
            found += [places[start:end] for start, end in zip(starts, ends, strict=True)]
        return np.concatenate(found)


def _sorted(
    values: npt.NDArray[np.integer], places: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.int32]]:
    order = np.argsort(values, kind="stable")
    return values[order], places[order]


def _codes(goods: Goods) -> list[int]:
    return [_key(code) for code in sorted({*goods.codes, *filter(None, (goods.gtin,))})]


def _references(goods: Goods) -> list[int]:
    return [_key(f"notice {goods.reference}")] if goods.reference else []


def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little", signed=True)


def _picture(goods: Goods) -> bytes:
    bits = picture_bits(goods.image_hash)
    return b"" if bits is None else np.packbits(bits).tobytes()

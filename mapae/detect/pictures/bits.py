"""PDQ hashes as words of bits: from text and back, those of blank pictures, and those of a picture turned or mirrored."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mapae.detect.pdq import TURNS

__all__ = ["TURNS", "Words", "blank", "hex_of", "turned", "words_of"]

Words = npt.NDArray[np.uint64]  # (n, 4): the 256 bits of each hash, the highest word first
HEX, WORD = 64, "^[0-9a-fA-F]{64}$"
_FEWEST = 8  # a hash with fewer bits set, or unset, is of a plain ground
_ODD_COLUMNS = np.uint64(0x5555555555555555)  # waves that change their sign when columns are mirrored
_ODD_ROWS = np.uint64(0x0000FFFF0000FFFF)


def words_of(column: pa.Array) -> tuple[npt.NDArray[np.int64], Words]:
    """(rows that hold 64 hex digits, their hashes). Other cells are left out."""
    text = pc.utf8_trim_whitespace(pa.array(column).cast(pa.large_string()))
    good = pc.fill_null(pc.match_substring_regex(text, WORD), False)
    kept = text.filter(good)
    rows = np.flatnonzero(np.asarray(good)).astype(np.int64)
    if not len(kept):
        return rows, np.empty((0, 4), np.uint64)
    _, offsets, data = kept.buffers()
    start = np.frombuffer(offsets, np.int64)[kept.offset]
    digits = np.frombuffer(data, np.uint8, HEX * len(kept), start)
    value = np.where(digits < 58, digits - 48, (digits | 32) - 87).astype(np.uint8)
    whole = (value[0::2] << 4 | value[1::2]).reshape(-1, 4, 8)
    return rows, np.ascontiguousarray(whole).view(">u8").reshape(-1, 4).astype(np.uint64)


def hex_of(words: Words) -> list[str]:
    """Each hash as 64 hex digits."""
    text = np.ascontiguousarray(words).astype(">u8").tobytes().hex()
    return [text[at : at + HEX] for at in range(0, len(text), HEX)]


def blank(words: Words) -> npt.NDArray[np.bool_]:
    """Hashes that tell nothing: nearly all bits alike."""
    ones = np.bitwise_count(words).sum(1)
    found: npt.NDArray[np.bool_] = (ones < _FEWEST) | (ones > 256 - _FEWEST)
    return found


def turned(words: Words, turn: str) -> Words:
    """The hashes of the same pictures turned (a name of TURNS), without the pictures.

    A wave's sign changes or stays when a picture is mirrored, and rows and columns change places when it is turned; the
    median against which bits are taken is near 0, so that few bits differ from the hash of the turned picture itself.
    """
    swapped, columns, rows = TURNS[turn]
    found = _swapped(words) if swapped else words.copy()
    if columns:
        found ^= _ODD_COLUMNS
    if rows:
        found ^= _ODD_ROWS
    return found


def _swapped(words: Words) -> Words:
    """Bit 16 i + j (from the lowest) in the place of bit 16 j + i."""
    octets = np.ascontiguousarray(words).astype(">u8").view(np.uint8).reshape(-1, 32)
    square = np.unpackbits(octets, axis=1).reshape(-1, 16, 16)
    back = np.packbits(np.ascontiguousarray(square.transpose(0, 2, 1)).reshape(-1, 256), axis=1)
    return back.view(">u8").reshape(-1, 4).astype(np.uint64)

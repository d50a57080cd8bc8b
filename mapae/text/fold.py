"""The one normaliser: two channels of a text, with the way back to the original.

Channel 0, fold: compatibility forms, case, look-alikes of Latin letters, accents, zero-width and other unseen characters,
traditional characters, runs of spaces. Channel 1, squeeze: fold, less everything that is no letter or digit, with leet
classes, split jamo put together, and digits among Hangul said aloud. Sources: Unicode TR15, TR39; KS X 1001 jamo.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mapae.text.kernels.fold import fold_buffers
from mapae.text.squeeze import Piece, squeeze_pieces
from mapae.text.tables import KIND, tables

__all__ = [
    "BOUNDARY",
    "CHANGED",
    "KIND_SHIFT",
    "SPACED",
    "Channel",
    "Folded",
    "FoldedText",
    "fold_cells",
    "fold_text",
    "fold_words",
]

BOUNDARY, CHANGED, SPACED, KIND_SHIFT = 1, 2, 4, 4
_L, _V, _T = (0x1100, 0x1112), (0x1161, 0x1175), (0x11A8, 0x11C2)


@dataclass(frozen=True)
class FoldedText:
    """One text folded. text: the channel's text; pieces: what each character of it stands for in the original."""

    text: str
    pieces: tuple[Piece, ...]

    @cached_property
    def data(self) -> bytes:
        """The text as UTF-8, byte for byte as the kernel gives it."""
        return self.text.encode()

    @cached_property
    def places(self) -> list[int]:
        """The first byte of each piece in `data`, and the end."""
        places = [0]
        for char in self.text:
            places.append(places[-1] + len(char.encode()))
        return places

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Code points of the original that bytes start:end of `data` stand for."""
        if end <= start or not self.pieces:
            return 0, 0
        first = bisect_right(self.places, start) - 1
        last = bisect_right(self.places, end - 1) - 1
        return self.pieces[first].start, self.pieces[last].end


@dataclass(frozen=True)
class Channel:
    """A batch of cells in one channel.

    data: UTF-8 bytes, one 0 byte behind every cell; offsets: first byte of each cell, and the end; marks: at the first
    byte of a character (0 at others) BOUNDARY (a word begins here or something was taken out before), CHANGED (it stood
    otherwise in the original), SPACED (what was taken out held a space), and its kind << KIND_SHIFT; plain: at the first
    byte of a character that byte before leet classes (0 where it was made of others, and at other bytes).
    """

    data: npt.NDArray[np.uint8]
    offsets: npt.NDArray[np.int64]
    marks: npt.NDArray[np.uint8]
    plain: npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Folded:
    """Both channels of the same cells: fold and squeeze."""

    channels: tuple[Channel, Channel]


def fold_cells(arrays: list[pa.Array]) -> Folded:
    """Fold string columns of equal length; cell number = row × number of columns + column. A null is an empty cell."""
    rows = len(arrays[0]) if arrays else 0
    starts = np.zeros((rows, len(arrays)), np.int64)
    ends = np.zeros((rows, len(arrays)), np.int64)
    contents: list[npt.NDArray[np.uint8]] = [np.zeros(0, np.uint8)]
    base = 0
    for field, array in enumerate(arrays):
        content, first, last = _bytes(array)
        starts[:, field], ends[:, field] = first + base, last + base
        contents.append(content)
        base += len(content)
    data = contents[1] if len(contents) == 2 else np.concatenate(contents)
    out = fold_buffers(data, starts.reshape(-1), ends.reshape(-1), tables().arrays)
    return Folded((Channel(out[0], out[1], out[2], out[0]), Channel(out[3], out[4], out[5], out[6])))


def _bytes(array: Any) -> tuple[npt.NDArray[np.uint8], Any, Any]:
    """(the column's UTF-8 bytes, first byte of each cell, the one behind its last); a null is an empty cell."""
    column = array if isinstance(array, pa.Array) else pa.array(array, pa.large_string())
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        column = column.cast(pa.large_string())
    kind = np.int64 if pa.types.is_large_string(column.type) else np.int32
    _, offsets, content = column.buffers()
    if not len(column) or offsets is None or content is None or not content.size:
        nothing = np.zeros(len(column), np.int64)
        return np.zeros(0, np.uint8), nothing, nothing
    at = np.frombuffer(offsets, kind, len(column) + 1, column.offset * np.dtype(kind).itemsize)
    data = np.frombuffer(content, np.uint8)[at[0] : at[-1]]
    first, last = at[:-1] - at[0], at[1:] - at[0]
    if column.null_count:
        last = np.where(np.asarray(column.is_valid()), last, first)
    return data, first, last


@lru_cache(maxsize=16_384)
def fold_text(text: str, channel: int = 0) -> FoldedText:
    """One text in a channel: the plain reference of the kernel, with the map back."""
    folded = _fold(text)
    pieces = folded if channel == 0 else squeeze_pieces(folded)
    return FoldedText("".join(piece.text for piece in pieces), tuple(pieces))


@lru_cache(maxsize=65_536)
def fold_words(text: str, channel: int = 0) -> str:
    """The folded text alone."""
    return fold_text(text, channel).text


def _fold(text: str) -> list[Piece]:
    """One piece a folded character: composed, mapped, spaces run together, marked."""
    table = tables()
    pieces: list[Piece] = []
    removed = False
    for code, start, end in _composed(text):
        char = chr(code)
        folded = table.fold(char)
        changed = bool(table.changed[code])
        if not folded:
            removed = removed or changed
            continue
        for part in folded:
            if part == " " and pieces and pieces[-1].text == " ":
                continue
            kind = int(table.kind[ord(part)])
            begins = _begins(pieces[-1].kind if pieces else KIND["space"], kind)
            pieces.append(
                Piece(
                    part, start, end, kind, begins, changed or (removed and kind < KIND["space"]), part, False
                )
            )
            removed = False
    return pieces


def _begins(before: int, kind: int) -> bool:
    """A word begins: after what is no letter or digit, or where the script changes (letters and digits go together)."""
    if kind in (KIND["other"], KIND["space"]):
        return True
    if before in (KIND["other"], KIND["space"]):
        return True
    return _group(before) != _group(kind)


def _group(kind: int) -> int:
    return {KIND["digit"]: KIND["latin"], KIND["jamo"]: KIND["hangul"]}.get(kind, kind)


def _composed(text: str) -> list[tuple[int, int, int]]:
    """Code points with conjoining jamo put together, a coda also with a syllable before it: (code point, start, end)."""
    codes = [ord(char) for char in text]
    found: list[tuple[int, int, int]] = []
    at = 0
    while at < len(codes):
        code = codes[at]
        if _L[0] <= code <= _L[1] and at + 1 < len(codes) and _V[0] <= codes[at + 1] <= _V[1]:
            found.append((0xAC00 + ((code - 0x1100) * 21 + codes[at + 1] - 0x1161) * 28, at, at + 2))
            at += 2
        elif (
            found
            and _T[0] <= code <= _T[1]
            and 0xAC00 <= found[-1][0] <= 0xD7A3
            and not (found[-1][0] - 0xAC00) % 28
        ):
            found[-1] = (found[-1][0] + code - 0x11A7, found[-1][1], at + 1)
            at += 1
        else:
            found.append((code, at, at + 1))
            at += 1
    return found

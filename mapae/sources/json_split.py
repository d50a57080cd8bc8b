"""Cuts a JSON array, or objects one behind another over many lines, into its elements without reading it whole.

Brackets outside strings are found with NumPy; an element ends where the depth falls back to the level it began on. As a
buffer always begins between two elements, no state is carried from one to the next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt
import orjson

from mapae.sources.rejects import RejectLog

__all__ = ["Parts", "elements", "start_of_list"]

BLOCK = 8 << 20
_LONGEST = 64 << 20  # bytes of one element
_LISTS, _FIRST = 50, 1 << 16  # lists looked at, bytes of a first element
_KEY = re.compile(rb'"((?:[^"\\]|\\.){1,80})"\s*:')
_TOKEN = re.compile(rb'"((?:[^"\\]|\\.)*)"(\s*:)?|[{}\[\]]')
_LIST = re.compile(rb":\s*(\[)\s*\{")

Ints = npt.NDArray[np.int64]
Parts = Iterator[tuple[list[bytes], list[int]]]


def start_of_list(head: bytes, score: Callable[[Sequence[str]], float]) -> tuple[int, list[str]]:
    """Place of the `[` in a JSON object that opens the list of records, and the keys before it; -1 for none.

    Of several lists of objects the first whose first element has the most known keys.
    """
    best, place = -1.0, -1
    for match in islice(_LIST.finditer(head), _LISTS):
        rank = score(_first_keys(head, match.start(1)))
        if rank > best:
            best, place = rank, match.start(1)
    return place, _keys_around(head if place < 0 else head[:place])


def _keys_around(text: bytes) -> list[str]:
    """Keys of the objects that are still open where the text ends."""
    open_keys: list[list[str]] = []
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in b"{[":
            open_keys.append([])
        elif token in b"}]":
            del open_keys[-1:]
        elif match[2] and open_keys:
            open_keys[-1].append(match[1].decode("utf-8", "replace"))
    return [key for keys in open_keys for key in keys]


def _first_keys(head: bytes, place: int) -> list[str]:
    """Keys of the first object of the list that begins there, those of objects inside it included; lists inside left out."""
    text = head[place + 1 : place + _FIRST].decode("utf-8", "replace").lstrip()
    try:
        first, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return [key.decode("utf-8", "replace") for key in _KEY.findall(head[place : place + _FIRST])]
    keys = list(first) if isinstance(first, dict) else []
    return keys + [name for key in keys if isinstance(first[key], dict) for name in first[key]]


def elements(pieces: Iterator[bytes], log: RejectLog, skip: int) -> Parts:
    """Elements with the line each begins on. skip: bytes before the `[` of the array; -1 for objects without one.

    What stands between elements and is neither comma nor space is a reject, and so is an element that is cut off.
    Where a quote that is missing hides the rest, lines that are whole objects are still taken.
    """
    buffer, line, last, wanted = bytearray(), 1, False, BLOCK
    while not last and len(buffer) <= skip:
        last = _filled(buffer, pieces, len(buffer) + BLOCK)
    line += buffer.count(b"\n", 0, skip + 1)
    del buffer[: skip + 1]
    while not last or buffer:
        last = last or _filled(buffer, pieces, wanted)
        spans, used, closed = _spans(bytes(buffer))
        if spans:
            yield _cut(bytes(buffer), spans, line, log)
            line += buffer.count(b"\n", 0, used)
            del buffer[:used]
        if closed >= 0:
            _between(bytes(buffer[: max(closed - used, 0)] if spans else buffer[:closed]), line, log)
            return
        if not spans and (last or len(buffer) >= _LONGEST):
            break
        wanted = BLOCK if spans else len(buffer) + BLOCK
    yield _rest(bytes(buffer), line, log)


def _filled(buffer: bytearray, pieces: Iterator[bytes], wanted: int) -> bool:
    """Add pieces until the buffer has `wanted` bytes; True where there are no more."""
    while len(buffer) < wanted:
        piece = next(pieces, None)
        if piece is None:
            return True
        buffer += piece
    return False


def _spans(buffer: bytes) -> tuple[list[tuple[int, int]], int, int]:
    """Start and end of each whole element, bytes used, and the place of the array's own end (-1: not met)."""
    data = np.frombuffer(buffer, np.uint8)
    folded = data & 0xDF
    places = np.flatnonzero((folded == 0x5B) | (folded == 0x5D))
    quotes = _quotes(buffer, data)
    places = places[np.searchsorted(quotes, places) & 1 == 0]
    depth = np.cumsum(np.where(folded[places] == 0x5B, 1, -1))
    end = np.flatnonzero(depth < 0)
    closed = int(places[end[0]]) if len(end) else -1
    if closed >= 0:
        places, depth = places[: end[0]], depth[: end[0]]
    ends = places[(depth == 0)]
    opens = places[(depth == 1) & (folded[places] == 0x5B)][: len(ends)]
    used = int(ends[-1]) + 1 if len(ends) else 0
    return list(zip(opens.tolist(), (ends + 1).tolist(), strict=True)), used, closed


def _quotes(buffer: bytes, data: npt.NDArray[np.uint8]) -> Ints:
    """Places of the quotes that no backslash escapes."""
    quotes = np.flatnonzero(data == 34)
    after = np.flatnonzero(data[np.maximum(quotes - 1, 0)] == 92)
    escaped = []
    for index in after.tolist():
        place = run = int(quotes[index])
        while run and buffer[run - 1] == 92:
            run -= 1
        if (place - run) % 2:
            escaped.append(index)
    return np.delete(quotes, escaped)


def _cut(
    buffer: bytes, spans: list[tuple[int, int]], line: int, log: RejectLog
) -> tuple[list[bytes], list[int]]:
    records, lines, before = [], [], 0
    for start, end in spans:
        line += buffer.count(b"\n", before, start)
        _between(buffer[before:start], line, log)
        records.append(buffer[start:end])
        lines.append(line)
        line += buffer.count(b"\n", start, end)
        before = end
    return records, lines


def _between(text: bytes, line: int, log: RejectLog) -> None:
    if between := text.strip(b" \t\r\n,"):
        log.row(line, "between the objects of the array stands something else", between)


def _rest(buffer: bytes, line: int, log: RejectLog) -> tuple[list[bytes], list[int]]:
    """What is left when the text ends, or hides behind a quote that never closes."""
    if not buffer.strip(b" \t\r\n,]}"):
        return [], []
    records, lines = [], []
    for number, text in enumerate(buffer.split(b"\n"), line):
        text = text.strip(b" \t\r,")
        if text.startswith(b"{") and _is_object(text):
            records.append(text)
            lines.append(number)
    what = "the last element is cut off or damaged"
    log.row(
        line, f"{what}; {len(records)} whole lines behind it were read" if records else what, buffer.lstrip()
    )
    return records, lines


def _is_object(text: bytes) -> bool:
    try:
        return isinstance(orjson.loads(text), dict)
    except orjson.JSONDecodeError:
        return False

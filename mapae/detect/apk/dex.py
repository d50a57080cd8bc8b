"""Class names and addresses in DEX code, from its tables alone: no instruction is read.

Layout: Dalvik Executable format, source.android.com, sections header_item, string_id_item, type_id_item, class_def_item.
"""

from __future__ import annotations

import re
import struct
import sys
from array import array
from collections.abc import Iterator, Sequence

__all__ = ["addresses", "class_names"]

_HEADER = 0x70
_LONGEST = 1_000  # bytes of a class name
_ADDRESS = re.compile(rb"https?://((?:[a-zA-Z0-9_-]{1,63}\.)+[a-zA-Z]{2,24})\b")


def class_names(code: bytes) -> Iterator[str]:
    """Names of the classes the code defines, with dots, `$` before inner ones. ValueError where it is no DEX."""
    if len(code) < _HEADER or code[:4] != b"dex\n":
        raise ValueError("it does not begin as DEX code does")
    strings, types = _column(code, 0x38, 1), _column(code, 0x40, 1)
    for place in _column(code, 0x60, 8):
        text = types[place] if place < len(types) else len(strings)
        name = _text(code, strings[text]) if text < len(strings) else ""
        if name.startswith("L") and name.endswith(";"):
            yield name[1:-1].replace("/", ".")


def addresses(code: bytes) -> Iterator[str]:
    """Hosts of web addresses among the code's strings, lowered."""
    return (found[1].decode("ascii").lower() for found in _ADDRESS.finditer(code))


def _column(code: bytes, place: int, width: int) -> Sequence[int]:
    """First words of the rows of the table whose size and offset stand at `place`; cut where the code ends."""
    size, offset = struct.unpack_from("<II", code, place)
    rows = min(int(size), max(0, (len(code) - offset) // (4 * width)))
    words = array("I", code[offset : offset + rows * width * 4])
    if sys.byteorder == "big":
        words.byteswap()
    return words[::width]


def _text(code: bytes, place: int) -> str:
    """A string_data_item: its length as uleb128, then modified UTF-8 up to a zero byte."""
    for _ in range(5):
        if place >= len(code):
            return ""
        place += 1
        if code[place - 1] < 0x80:
            break
    end = code.find(b"\0", place, place + _LONGEST)
    return code[place:end].decode("utf-8", "replace") if end >= 0 else ""

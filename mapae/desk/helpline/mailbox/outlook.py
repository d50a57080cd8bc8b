"""What Outlook wraps into winmail.dat (Transport Neutral Encapsulation Format, [MS-OXTNEF]): its words and files."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from mapae.desk.helpline.mailbox.charsets import said

__all__ = ["Wrapped", "unwrapped"]

_SIGN = b"\x78\x9f\x3e\x22"
_MOST = 200  # attributes that are looked at
# attributes (2.1.3.2): a file begins, its short name, bytes, properties; the message's words, properties, code page
_BEGINS, _TITLE, _DATA, _FILE_PROPS = 0x9002, 0x8010, 0x800F, 0x9005
_BODY, _PROPS, _CODE_PAGE = 0x800C, 0x9003, 0x9007
# properties ([MS-OXPROPS]): long name of a file; words of a message
_LONG_NAME, _PLAIN = 0x3707, 0x1000
# their types ([MS-OXCDATA] 2.11.1): bytes of a value, as they are padded; those of any length
_FIXED = {0x2: 4, 0x3: 4, 0x4: 4, 0xA: 4, 0xB: 4, 0x5: 8, 0x6: 8, 0x7: 8, 0x14: 8, 0x40: 8, 0x48: 16}
_ANY = (0xD, 0x1E, 0x1F, 0x102)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """words: of the message, empty where they stand beside it; files: (name, bytes)."""

    words: str
    files: tuple[tuple[str, bytes], ...]


def unwrapped(content: bytes) -> Wrapped | None:
    """What is in it; None for what is no such file, ends within an attribute, or holds neither words nor files."""
    if not content.startswith(_SIGN):
        return None
    try:
        found = _read(tuple(_attributes(content)))
    except (struct.error, ValueError):
        return None
    return found if found.words or found.files else None


def _read(rows: tuple[tuple[int, bytes], ...]) -> Wrapped:
    page = next((struct.unpack_from("<I", data)[0] for kind, data in rows if kind == _CODE_PAGE), 0)
    charset, words = f"cp{page}" if page else "", ""
    files: list[tuple[str, bytes]] = []
    for kind, data in rows:
        if kind == _BODY:
            words = words or said(data.rstrip(b"\0"), charset)
        elif kind == _PROPS:
            words = words or _property(data, _PLAIN, charset)
        elif kind == _BEGINS:
            files.append(("", b""))
        elif files:
            name, held = files[-1]
            if kind == _TITLE:
                name = name or said(data.rstrip(b"\0"), charset)
            elif kind == _FILE_PROPS:
                name = _property(data, _LONG_NAME, charset) or name
            held = data if kind == _DATA else held
            files[-1] = (name, held)
    return Wrapped(words, tuple((name, held) for name, held in files if held))


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """(number, bytes) of each: level, number, type, length, bytes, checksum (2.1.3.1)."""
    place, seen = 6, 0
    while place + 9 <= len(content) and seen < _MOST:
        _level, number, _type, length = struct.unpack_from("<BHHI", content, place)
        data = content[place + 9 : place + 9 + length]
        if len(data) < length:
            raise ValueError("cut off")
        yield number, data
        place, seen = place + 9 + length + 2, seen + 1


def _property(data: bytes, wanted: int, charset: str) -> str:
    """The text of one property in a list of them; empty where it is not there (2.1.3.4)."""
    (count,), place = struct.unpack_from("<I", data), 4
    for _each in range(min(count, 1000)):
        kind, number = struct.unpack_from("<HH", data, place)
        place += 4
        if number >= 0x8000:
            place = _named(data, place)
        plain, many = kind & 0xFFF, kind & 0x1000 or kind & 0xFFF in _ANY
        values, place = (struct.unpack_from("<I", data, place)[0], place + 4) if many else (1, place)
        for _value in range(min(values, 1000)):
            size, place = _size(data, place, plain)
            if number == wanted and plain in (0x1E, 0x1F):
                found = data[place : place + size]
                text = found.decode("utf-16-le", "replace") if plain == 0x1F else said(found, charset)
                return text.rstrip("\0")
            place += -(-size // 4) * 4
    return ""


def _named(data: bytes, place: int) -> int:
    """The place behind the name of a property that has one: a number, or text."""
    (kind,) = struct.unpack_from("<I", data, place + 16)
    if kind == 0:
        return place + 24
    (size,) = struct.unpack_from("<I", data, place + 20)
    return place + 24 + -(-int(size) // 4) * 4


def _size(data: bytes, place: int, kind: int) -> tuple[int, int]:
    """(bytes of the value, its place)."""
    if kind in _ANY:
        return int(struct.unpack_from("<I", data, place)[0]), place + 4
    if kind not in _FIXED:
        raise ValueError(f"type {kind:#x}")
    return _FIXED[kind], place

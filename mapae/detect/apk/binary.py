"""Android's binary XML as a tree; a plain XML text is taken too, as some builders leave it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from mapae.detect.apk.archive import Broken

__all__ = ["children", "said", "tree", "truth", "whole"]

_ANDROID = "{http://schemas.android.com/apk/res/android}"
_POOL, _ELEMENT, _KNOWN = (
    0x0001,
    0x0102,
    frozenset({0x0001, 0x0180, *range(0x0100, 0x0105)}),
)  # kinds of chunks
_HEAD, _ATTRIBUTES = (
    36,
    20,
)  # bytes of an element's chunk before its attributes; where the chunk says that they begin


def tree(data: bytes) -> Any:
    """The root element (lxml). Broken where the bytes are no XML of either sort."""
    if data.lstrip()[:1] == b"<":
        return _plain(data)
    from androguard.core.axml import AXMLPrinter

    try:
        root = AXMLPrinter(_tidied(data)).get_xml_obj()
    except (MemoryError, RecursionError):
        raise
    except Exception as error:
        raise Broken(f"its binary XML cannot be read ({type(error).__name__}: {str(error)[:120]})") from error
    if root is None:
        raise Broken("its binary XML has no element")
    return root


def _tidied(data: bytes) -> bytes:
    """The chunks that Android reads, in its plainest form: it skips unknown ones, styles, and gaps before attributes,
    and believes no total size (ResXMLTree::setTo of Android's androidfw)."""
    at = int.from_bytes(data[2:4], "little")
    kept: list[bytes] = []
    while at + 8 <= len(data):
        kind, head, size = struct.unpack_from("<HHI", data, at)
        if size < max(8, head):
            break
        if kind in _KNOWN:
            kept.append(_chunk(kind, data[at : at + size]))
        at += size
    whole = b"".join(kept)
    return data[:2] + struct.pack("<HI", 8, 8 + len(whole)) + whole if kept else data


def _chunk(kind: int, chunk: bytes) -> bytes:
    if kind == _POOL and len(chunk) >= 28:
        return chunk[:12] + bytes(4) + chunk[16:24] + bytes(4) + chunk[28:]  # no styles
    if kind == _ELEMENT and len(chunk) >= _HEAD:
        (start,) = struct.unpack_from("<H", chunk, 24)
        if start > _ATTRIBUTES:
            rest = chunk[16 + start :]
            size = struct.pack("<I", _HEAD + len(rest))
            return chunk[:4] + size + chunk[8:24] + struct.pack("<H", _ATTRIBUTES) + chunk[26:_HEAD] + rest
    return chunk


def _plain(data: bytes) -> Any:
    from lxml import etree

    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Broken(f"its XML cannot be read ({error})") from error


def said(element: Any, name: str) -> str | None:
    """An attribute by Android's name, with its namespace or, as in stripped manifests, without."""
    value = element.get(_ANDROID + name)
    if value is None:
        value = element.get(name)
    if value is None:
        value = next((text for key, text in element.items() if key.rpartition("}")[2] == name), None)
    return str(value) if value is not None else None


def children(element: Any, *names: str) -> Iterator[Any]:
    """Child elements of these names, in order."""
    return (item for item in element if isinstance(item.tag, str) and item.tag.rpartition("}")[2] in names)


def whole(text: str) -> int | None:
    """A number as compilers leave it, `29` or `0x0000001d`; None where it is none."""
    try:
        return int(text, 16 if text.lower().startswith("0x") else 10)
    except ValueError:
        return None


def truth(text: str | None) -> bool | None:
    """Yes or no as compilers leave it, in words or as a number; None where it is neither."""
    if text is None:
        return None
    word = text.strip().lower()
    number = whole(word)
    return word == "true" if word in ("true", "false") else None if number is None else number != 0

"""Reads an answer's body within its limit, and unpacks it within the same limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

__all__ = ["TooLarge", "Unreadable", "read_body", "unpacked"]


class TooLarge(Exception):
    """More bytes than allowed."""


class Unreadable(Exception):
    """Packed in a way we do not read, or broken."""


def read_body(pieces: Iterable[bytes], most: int) -> bytes:
    """All pieces together; TooLarge as soon as they are."""
    found, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise TooLarge(f"more than {most:,} bytes were sent")
        found.append(piece)
    return b"".join(found)


def unpacked(body: bytes, encoding: str, most: int) -> bytes:
    """The body unpacked (gzip, deflate or plain), at most `most` bytes: a small body can hold terabytes."""
    name = encoding.strip().lower()
    if name in ("", "identity") or not body:
        return body
    if name in ("gzip", "x-gzip"):
        return _inflated(body, zlib.MAX_WBITS | 16, most)
    if name == "deflate":
        try:
            return _inflated(body, zlib.MAX_WBITS, most)
        except Unreadable:
            return _inflated(body, -zlib.MAX_WBITS, most)
    raise Unreadable(f"packed as {name[:40]!r}")


def _inflated(body: bytes, bits: int, most: int) -> bytes:
    machine = zlib.decompressobj(bits)
    try:
        found = machine.decompress(body, most + 1)
    except zlib.error as error:
        raise Unreadable(str(error)) from error
    if len(found) > most:
        raise TooLarge(f"more than {most:,} bytes when unpacked")
    return found

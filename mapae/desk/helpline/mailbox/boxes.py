"""Raw messages out of .eml files, mbox files and folders of them, one at a time, whatever the size of the box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mapae.errors import InputError

__all__ = ["LARGEST", "Raw", "messages"]

LARGEST = 50_000_000  # bytes of one message; a larger one is not held in memory
_PIECE = 1 << 20
_ARRIVED = re.compile(rb"\d\d:\d\d.*\b(?:19|20)\d\d(?:\s+[+-]\d{4}|\s+[A-Z]{3,4})?\s*$")
_HEADER = re.compile(rb"[!-9;-~]+:")
_KINDS = (".eml", ".mbox", ".mbx", ".msg")  # the last is Outlook's own, listed as such and not passed over
_BLANK = b"\xef\xbb\xbf \t\r\n"  # may stand before the first line of a box


@dataclass(frozen=True, slots=True)
class Raw:
    """A message as it came. place: file and number in it; content: its bytes, None where it is larger than LARGEST."""

    place: str
    content: bytes | None


def messages(path: Path) -> Iterator[Raw]:
    """Every message of a file, or of all .eml, .mbox and .msg files of a folder and those below it, sorted.

    Source: mbox as in RFC 4155, with the quoting `>From ` undone. InputError where there is nothing to read.
    """
    if path.is_dir():
        found = sorted(each for each in path.rglob("*") if each.is_file() and each.suffix.lower() in _KINDS)
        if not found:
            raise InputError(
                "no messages here", where=str(path), mend="name a folder with .eml or .mbox files"
            )
        for each in found:
            yield from _of(each)
    else:
        yield from _of(path)


def _of(path: Path) -> Iterator[Raw]:
    try:
        with path.open("rb") as file:
            boxed = file.read(4096).lstrip(_BLANK).startswith(b"From ")
        yield from _boxed(path) if boxed else _single(path)
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}",
            where=str(path),
            mend="give a file that is there and may be read",
        ) from None


def _single(path: Path) -> Iterator[Raw]:
    if path.stat().st_size > LARGEST:
        yield Raw(str(path), None)
    elif content := path.read_bytes():
        yield Raw(str(path), content)


def _boxed(path: Path) -> Iterator[Raw]:
    """Messages between the lines that begin one; a file in which no line does is one message."""
    with path.open("rb") as file:
        held: list[bytes] = []
        size, number, empty = 0, 0, True
        line = file.readline(_PIECE)
        while line:
            following = file.readline(_PIECE)
            if _begins(line if number else line.lstrip(_BLANK), following, empty):
                if number or any(each.strip(_BLANK) for each in held):
                    yield _made(path, number, held, size)
                held, size, number = [], 0, number + 1
            else:
                size += len(line)
                if size <= LARGEST:
                    held.append(line[1:] if _quoted(line) else line)
                else:
                    held.clear()
            empty = not line.strip(_BLANK)
            line = following
    if number:
        yield _made(path, number, held, size)
    else:
        yield from _single(path)


def _begins(line: bytes, following: bytes, empty: bool) -> bool:
    """Whether a message begins here, and not a sentence of one: `From ` with the moment of its arrival behind an empty
    line, or with a header below it. Programs that quote no sentences write the moment (RFC 4155)."""
    if not line.startswith(b"From "):
        return False
    signs = empty, _ARRIVED.search(line) is not None, _HEADER.match(following) is not None
    return sum(signs) >= 2


def _made(path: Path, number: int, held: list[bytes], size: int) -> Raw:
    place = f"{path}, message {number}" if number else f"{path}, before message 1"
    return Raw(place, None if size > LARGEST else b"".join(held))


def _quoted(line: bytes) -> bool:
    return line.startswith(b">") and line.lstrip(b">").startswith(b"From ")

"""Raw messages out of .eml files, mbox files and folders of them, one at a time, whatever the size of the box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mapae.errors import InputError

__all__ = ["LARGEST", "Raw", "messages"]

LARGEST = 30_000_000  # bytes of one message; a larger one is not held in memory
_PIECE = 1 << 20
_KINDS = (".eml", ".mbox", ".mbx")


@dataclass(frozen=True, slots=True)
class Raw:
    """A message as it came. place: file and number in it; content: its bytes, None where it is larger than LARGEST."""

    place: str
    content: bytes | None


def messages(path: Path) -> Iterator[Raw]:
    """Every message of a file, or of all .eml and .mbox files of a folder and those below it, sorted.

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
            boxed = file.read(5) == b"From "
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
    """Messages between lines that begin with `From ` behind an empty line (or at the beginning)."""
    with path.open("rb") as file:
        held: list[bytes] = []
        size, number, empty = 0, 0, True
        while line := file.readline(_PIECE):
            if empty and line.startswith(b"From "):
                if number:
                    yield _made(path, number, held, size)
                held, size, number = [], 0, number + 1
            else:
                size += len(line)
                if size <= LARGEST:
                    held.append(line[1:] if _quoted(line) else line)
                else:
                    held.clear()
            empty = line in (b"\n", b"\r\n")
        if number:
            yield _made(path, number, held, size)


def _made(path: Path, number: int, held: list[bytes], size: int) -> Raw:
    place = f"{path}, message {number}"
    return Raw(place, None if size > LARGEST else b"".join(held))


def _quoted(line: bytes) -> bool:
    return line.startswith(b">") and line.lstrip(b">").startswith(b"From ")

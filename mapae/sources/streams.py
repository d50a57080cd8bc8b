"""Bytes of a file, unpacked from gzip or Zstandard by its first bytes, in pieces of bounded size."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from mapae.errors import InputError
from mapae.sources.rejects import RejectLog

__all__ = ["CHUNK", "head", "packed", "unpacked"]

CHUNK = 1 << 20
_FEED = 1 << 16
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


def packed(path: Path) -> str:
    """`gzip`, `zstd` or an empty string, by the first bytes."""
    start = _open(path).read(4)
    return "gzip" if start[:2] == _GZIP else "zstd" if start == _ZSTD else ""


def unpacked(path: Path, log: RejectLog | None = None) -> Iterator[bytes]:
    """The content in pieces of at most 1 MiB, whatever it unpacks to.

    Where a packed stream breaks off or is damaged, all that came before is given and the log gets one reject.
    """
    how = packed(path)
    pieces = {"gzip": _gzip, "zstd": _zstd}.get(how, _plain)(path)
    given = 0
    try:
        for piece in pieces:
            given += len(piece)
            yield piece
    except (zlib.error, EOFError, OSError, pa.ArrowException) as error:
        if not how:
            raise InputError(f"the file cannot be read: {error}", where=str(path)) from error
        if not given:
            raise InputError(
                f"the {how} stream is damaged from its start ({error})",
                where=str(path),
                mend="fetch or pack the file again",
            ) from error
        if log is not None:
            what = f"the {how} stream is cut off or damaged after {given:,} unpacked bytes ({error})"
            log.row(0, f"{what}; what came before was read")


def head(path: Path, size: int) -> bytes:
    """The first `size` unpacked bytes, fewer where there are fewer."""
    got = bytearray()
    for piece in unpacked(path):
        got += piece
        if len(got) >= size:
            break
    return bytes(got[:size])


def _open(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(
            f"the file cannot be opened: {error.strerror or error}",
            where=str(path),
            mend="check name and rights",
        ) from error


def _plain(path: Path) -> Iterator[bytes]:
    with _open(path) as file:
        while piece := file.read(CHUNK):
            yield piece


def _gzip(path: Path) -> Iterator[bytes]:
    """Members one after another; zero bytes behind the last are padding."""
    with _open(path) as file:
        engine = zlib.decompressobj(31)
        waiting = file.read(_FEED)
        while waiting:
            before = engine.copy()
            try:
                piece = engine.decompress(waiting, CHUNK)
            except zlib.error:
                yield from _salvaged(before, waiting)
                raise
            if piece:
                yield piece
            if engine.eof:
                waiting = (engine.unused_data or file.read(_FEED)).lstrip(b"\0")
                engine = zlib.decompressobj(31)
                if waiting and waiting[:2] != _GZIP:
                    raise EOFError("bytes after the end that are no gzip")
            else:
                waiting = engine.unconsumed_tail or file.read(_FEED)
                if not waiting:
                    yield engine.flush()
                    raise EOFError("no end mark")


def _salvaged(engine: Any, waiting: bytes) -> Iterator[bytes]:
    """What a damaged piece gives when it is fed byte by byte up to the damage."""
    try:
        for place in range(len(waiting)):
            if piece := engine.decompress(waiting[place : place + 1]):
                yield piece
    except zlib.error:
        return


def _zstd(path: Path) -> Iterator[bytes]:
    with pa.input_stream(str(path), compression="zstd") as stream:
        while piece := stream.read(CHUNK >> 4):
            yield piece

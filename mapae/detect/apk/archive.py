"""The members of an APK as Android reads them: sizes claimed, checksums and encryption marks are not believed."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Protocol

__all__ = ["Archive", "Broken", "Members"]

_LOCAL = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 1
_PIECE = 1 << 20
_MEMBERS = 200_000  # of the directory that are looked at


class Broken(Exception):
    """The package, or a part of it, cannot be read; the message says what is wrong with it."""


class Members(Protocol):
    """What the facts of a package are read from: a package, or a module of a bundle."""

    def note(self, what: str) -> None:
        """Keep an anomaly, once."""

    def named(self, names: Iterable[str]) -> Iterator[str]:
        """Those of the names that are there."""

    def read(self, name: str, limit: int) -> bytes:
        """The member unpacked. Broken where it is not there, cannot be unpacked, or is larger than `limit` bytes."""


@dataclass
class Archive:
    """An opened package. anomalies: what a sound package does not have, each said once.

    `read` takes the bytes behind the local header and unpacks at most `limit` of them, whatever the directory claims:
    installers ignore the encryption bit, unknown methods and checksums, and hostile packages rely on that.
    """

    file: IO[bytes]
    anomalies: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        try:
            with zipfile.ZipFile(self.file) as directory:
                members = directory.infolist()
        except (zipfile.BadZipFile, zipfile.LargeZipFile) as error:
            raise Broken(f"it is no whole ZIP archive: {error}") from error
        except (OSError, ValueError, NotImplementedError, UnicodeDecodeError, struct.error) as error:
            raise Broken(f"its directory cannot be read: {error}") from error
        if len(members) > _MEMBERS:
            self.note(f"{len(members)} members, only the first {_MEMBERS} are looked at")
        self.members: dict[str, zipfile.ZipInfo] = {}
        for member in members[:_MEMBERS]:
            name = member.orig_filename  # not cut at a zero byte
            if name in self.members:
                self.note(f"a name stands twice in the directory: {name[:80]}")
            self.members[name] = member

    def note(self, what: str) -> None:
        """Keep an anomaly, once."""
        if what not in self.anomalies and len(self.anomalies) < 50:
            self.anomalies.append(what)

    def named(self, names: Iterable[str]) -> Iterator[str]:
        """Those of the names that are there."""
        return (name for name in names if name in self.members)

    def read(self, name: str, limit: int) -> bytes:
        """The member unpacked. Broken where it is not there, cannot be unpacked, or is larger than `limit` bytes."""
        whole = b"".join(self.pieces(name, limit))
        member = self.members[name]
        if zlib.crc32(whole) != member.CRC:
            self.note(f"wrong checksum: {name[:80]}")
        return whole

    def pieces(self, name: str, limit: int) -> Iterator[bytes]:
        """The member unpacked, piece by piece; Broken as of `read`."""
        if name not in self.members:
            raise Broken(f"it has no {name}")
        member = self.members[name]
        if member.flag_bits & _ENCRYPTED:
            self.note(f"marked as encrypted: {name[:80]}")
        total = 0
        for piece in self._unpacked(member):
            total += len(piece)
            if total > limit:
                raise Broken(f"{name[:80]} unpacks to more than {limit >> 20} MiB")
            yield piece

    def _unpacked(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        start = self._start(member)
        if member.compress_type == _DEFLATED:
            yield from self._inflated(member, start)
            return
        if member.compress_type != _STORED:
            self.note(f"unknown way of packing ({member.compress_type}): {member.filename[:80]}")
        yield from self._raw(start, member.file_size)

    def _start(self, member: zipfile.ZipInfo) -> int:
        """Where the bytes of a member begin."""
        self.file.seek(member.header_offset)
        head = self.file.read(30)
        if len(head) < 30 or head[:4] != _LOCAL:
            raise Broken(f"the header of {member.filename[:80]} is not where the directory says")
        name, extra = struct.unpack("<HH", head[26:30])
        return member.header_offset + 30 + int(name) + int(extra)

    def _raw(self, start: int, size: int) -> Iterator[bytes]:
        self.file.seek(start)
        while size > 0:
            piece = self.file.read(min(size, _PIECE))
            if not piece:
                self.note("a member is cut short")
                return
            size -= len(piece)
            yield piece

    def _inflated(self, member: zipfile.ZipInfo, start: int) -> Iterator[bytes]:
        self.file.seek(start)
        unpack = zlib.decompressobj(-15)
        waiting = b""
        while not unpack.eof:
            packed = waiting or self.file.read(_PIECE)
            if not packed:
                self.note(f"cut short: {member.filename[:80]}")
                return
            try:
                piece = unpack.decompress(packed, _PIECE)
            except zlib.error as error:
                raise Broken(f"{member.filename[:80]} cannot be unpacked: {error}") from error
            waiting = unpack.unconsumed_tail
            if piece:
                yield piece

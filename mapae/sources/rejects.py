"""What could not be read: one reject a line or cell, kept in memory while few and on disk when many."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import orjson

__all__ = ["RAW_LIMIT", "Reject", "RejectLog"]

RAW_LIMIT = 2_000  # characters of the original that a reject shows
_IN_MEMORY = 1_000


@dataclass(frozen=True, slots=True)
class Reject:
    """A line or a cell that was set aside.

    line: 1-based line of a text file (of the first line where a record has many), row of a sheet or Parquet file, item
    of a feed; 0 where the file as a whole is meant. column: None where the row is in no batch; else only this cell was
    set aside (null in the batch, its original in `extra`) and the row is there. raw: first 2,000 characters.
    """

    path: str
    line: int
    column: str | None
    reason: str
    raw: str


class RejectLog:
    """Rejects in the order they were met. Memory is bounded: from the 1,001st on they go to an unnamed file.

    rows: rows that are in no batch. cells: cells set aside of rows that are. notes: repairs worth a sentence.
    """

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.rows = 0
        self.cells = 0
        self.notes: dict[str, list[int]] = {}
        self._kept: list[Reject] = []
        self._spill: IO[bytes] | None = None

    def row(self, line: int, reason: str, raw: str | bytes = "", *, rows: int = 1) -> None:
        """A row, or `rows` rows at once, that no batch will have."""
        self.rows += rows
        self._add(Reject(self.path, line, None, reason, shown(raw)))

    def cell(self, line: int, column: str, reason: str, raw: str | bytes = "") -> None:
        """A cell that is null in its batch because it could not be understood."""
        self.cells += 1
        self._add(Reject(self.path, line, column, reason, shown(raw)))

    def note(self, what: str, line: int) -> None:
        """A repair that lost nothing, or a limit that was met; lines are shown, the first ten of each sort."""
        lines = self.notes.setdefault(what, [0])
        lines[0] += 1
        if len(lines) <= 10:
            lines.append(line)

    def said(self) -> tuple[str, ...]:
        """The notes as sentences, each with its count and first lines."""
        return tuple(
            f"{what} ({lines[0]} times; line {', '.join(map(str, lines[1:]))}{', …' if lines[0] > 10 else ''})"
            for what, lines in self.notes.items()
        )

    def __iter__(self) -> Iterator[Reject]:
        yield from list(self._kept)
        if self._spill is not None:
            self._spill.seek(0)
            for line in self._spill:
                yield Reject(**orjson.loads(line))
            self._spill.seek(0, 2)

    def _add(self, reject: Reject) -> None:
        if len(self._kept) < _IN_MEMORY:
            self._kept.append(reject)
            return
        if self._spill is None:
            self._spill = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the log
        self._spill.write(orjson.dumps(asdict(reject)) + b"\n")


def shown(raw: str | bytes) -> str:
    """The first 2,000 characters, bytes that are no UTF-8 as \\x.. escapes, lone surrogates as �."""
    if isinstance(raw, bytes):
        raw = raw[: RAW_LIMIT * 4].decode("utf-8", "backslashreplace")
    return raw[:RAW_LIMIT].encode("utf-8", "replace").decode("utf-8")

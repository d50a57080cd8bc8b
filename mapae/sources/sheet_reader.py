"""Spreadsheets (XLSX, XLSM, XLS, ODS): the sheets that have one header, cells as they were entered."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import python_calamine

from mapae.errors import InputError
from mapae.sources.blocks import Block, unique_names
from mapae.sources.layouts import signs
from mapae.sources.rejects import RejectLog

__all__ = ["SheetReader"]

_ROWS = 8_192
_PREAMBLE = 15
_LARGEST = 1 << 30  # bytes that a workbook may unpack to
_LOCKED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class _Head:
    """A sheet's header: its row (from 0), how many of its names are known, the lines above it."""

    sheet: int
    place: int
    score: float
    names: list[str]
    above: str


def _head(book: Any, sheet: int, score: Callable[[Sequence[str]], float]) -> _Head | None:
    """The row among the first that names the most known columns; None for a sheet without cells."""
    rows = book.get_sheet_by_index(sheet).to_python(skip_empty_area=False, nrows=_PREAMBLE)
    best: _Head | None = None
    for place, row in enumerate(rows):
        names = [str(cell).strip() for cell in row]
        while names and not names[-1]:
            names.pop()
        if names and (best is None or score(names) > best.score):
            above = "\n".join(str(cell) for line in rows[:place] for cell in line)
            best = _Head(sheet, place, score(names), names, above)
    return best


def _places(names: Sequence[str], columns: Sequence[str]) -> list[int]:
    """Where each of the columns stands among a sheet's own names."""
    by_sign = {signs(name): place for place, name in enumerate(names)}
    return [by_sign.get(signs(name), place) for place, name in enumerate(columns)]


class SheetReader:
    """A workbook: the sheet with the most known columns, and every other that has the same.

    beside: a sheet that is read elsewhere. Raises InputError where it is locked by a password, damaged, too large unpacked,
    or has no header.
    """

    def __init__(
        self, path: Path, log: RejectLog, score: Callable[[Sequence[str]], float], beside: str = ""
    ) -> None:
        self.path, self.log = path, log
        _check(path)
        try:
            self._book = python_calamine.CalamineWorkbook.from_path(str(path))
            sheets = [at for at, name in enumerate(self._book.sheet_names) if name != beside]
            heads = [_head(self._book, sheet, score) for sheet in sheets]
        except Exception as error:  # calamine has its own errors, and panics of the Rust side come as others
            raise _unreadable(path, error) from error
        found = [head for head in heads if head is not None]
        if not found:
            raise InputError(
                "the workbook is empty", where=str(path), mend="give a sheet with a header and rows"
            )
        best = max(found, key=lambda head: (head.score, -head.sheet))
        self.above, self.columns = best.above, unique_names(best.names)
        alike = frozenset(map(signs, best.names))
        self._heads = [head for head in found if frozenset(map(signs, head.names)) == alike]
        self._others = [head for head in found if head not in self._heads]

    def blocks(self) -> Iterator[Block]:
        """Rows in blocks of 8,192; lines are the sheet's row numbers. Rows without any cell are no rows."""
        names = self._book.sheet_names
        for head in self._heads:
            yield from self._rows(head)
        for head in self._heads[1:]:
            self.log.note(
                f"the sheet {names[head.sheet]!r} has the same columns and was read too", head.place + 1
            )
        for head in self._others:
            self.log.note(
                f"the sheet {names[head.sheet]!r} has other columns and was left out", head.place + 1
            )

    def _rows(self, head: _Head) -> Iterator[Block]:
        try:
            sheet = self._book.get_sheet_by_index(head.sheet)
            rows = sheet.to_python(skip_empty_area=False)
            _spread(rows, sheet.merged_cell_ranges or (), head.place)
        except Exception as error:
            raise _unreadable(self.path, error) from error
        places = _places(unique_names(head.names), self.columns)
        width = len(head.names)
        kept: list[list[Any]] = []
        lines: list[int] = []
        for number, row in enumerate(rows[head.place + 1 :], head.place + 2):
            cells = [_value(row[place]) if place < len(row) else None for place in places]
            if any(cell is not None for cell in cells):
                kept.append(cells)
                lines.append(number)
            if any(cell not in ("", None) for cell in row[width:]):
                self.log.note("cells right of the header were left out", number)
            if len(kept) == _ROWS:
                yield self._block(kept, lines)
                kept, lines = [], []
        if kept:
            yield self._block(kept, lines)

    def _block(self, rows: list[list[Any]], lines: list[int]) -> Block:
        columns = {name: [row[i] for row in rows] for i, name in enumerate(self.columns)}
        return Block(columns, np.asarray(lines, np.int64))


def _spread(rows: list[list[Any]], ranges: Iterable[Any], header: int) -> None:
    """A merged cell below the header counts for every row it spans, as it is meant on paper."""
    for (first, column), (last, _) in ranges:
        if first > header and column < len(rows[first]):
            for row in rows[first + 1 : last + 1]:
                row[column] = rows[first][column]


def _value(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    return str(cell) if isinstance(cell, (date, time, timedelta)) else cell


def _check(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(1 << 20)
    if start[:4] == b"\xd0\xcf\x11\xe0" and _LOCKED in start + path.read_bytes()[-(1 << 20) :]:
        raise InputError(
            "the workbook is locked by a password", where=str(path), mend="save it without a password"
        )
    if start[:2] != b"PK":
        return
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(item.file_size for item in packed.infolist())
            names = set(packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if size > _LARGEST:
        raise InputError(
            f"the workbook unpacks to {size / 2**30:.1f} GiB",
            where=str(path),
            mend="export it as CSV or Parquet",
        )
    if not names & {"[Content_Types].xml", "content.xml"}:
        raise InputError(
            "a ZIP archive is no table", where=str(path), mend="unpack it and give the files inside"
        )


def _unreadable(path: Path, error: BaseException) -> InputError:
    if "password" in str(error).lower() or "encrypt" in str(error).lower():
        return InputError(
            "the workbook is locked by a password", where=str(path), mend="save it without a password"
        )
    return InputError(
        f"the workbook cannot be read: {str(error)[:200]}",
        where=str(path),
        mend="open and save it anew, or export CSV",
    )

"""Spreadsheets (XLSX, XLSM, XLS, ODS): the first sheet with a header, cells as they were entered."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import python_calamine

from mapae.errors import InputError
from mapae.sources.blocks import Block, unique_names
from mapae.sources.rejects import RejectLog

__all__ = ["SheetReader"]

_ROWS = 8_192
_PREAMBLE = 15
_LARGEST = 1 << 30  # bytes that a workbook may unpack to
_LOCKED = "EncryptedPackage".encode("utf-16-le")


class SheetReader:
    """A workbook. Raises InputError where it is locked by a password, damaged, too large unpacked, or has no header."""

    def __init__(self, path: Path, log: RejectLog, score: Callable[[Sequence[str]], float]) -> None:
        self.path, self.log = path, log
        _check(path)
        best: tuple[float, int, int, list[str]] | None = None
        self.above = ""
        try:
            book = python_calamine.CalamineWorkbook.from_path(str(path))
            for sheet in range(len(book.sheet_names)):
                rows = book.get_sheet_by_index(sheet).to_python(skip_empty_area=False, nrows=_PREAMBLE)
                for place, row in enumerate(rows):
                    names = [str(cell).strip() for cell in row]
                    while names and not names[-1]:
                        names.pop()
                    rank = (score(names), -sheet, -place, names)
                    if names and (best is None or rank[:3] > best[:3]):
                        best = rank
                        self.above = "\n".join(str(cell) for above in rows[:place] for cell in above)
            self._book = book
        except Exception as error:  # calamine has its own errors, and panics of the Rust side come as others
            raise _unreadable(path, error) from error
        if best is None:
            raise InputError(
                "the workbook is empty", where=str(path), mend="give a sheet with a header and rows"
            )
        self._sheet, self._header = -best[1], -best[2]
        self.columns: Sequence[str] = unique_names(best[3])

    def blocks(self) -> Iterator[Block]:
        """Rows in blocks of 8,192; lines are the sheet's row numbers. Rows without any cell are no rows."""
        try:
            sheet = self._book.get_sheet_by_index(self._sheet)
            rows = sheet.to_python(skip_empty_area=False)
            _spread(rows, sheet.merged_cell_ranges or (), self._header)
        except Exception as error:
            raise _unreadable(self.path, error) from error
        width = len(self.columns)
        kept: list[list[Any]] = []
        lines: list[int] = []
        for number, row in enumerate(rows[self._header + 1 :], self._header + 2):
            cells = [_value(cell) for cell in row[:width]]
            if any(cell is not None for cell in cells):
                kept.append(cells + [None] * (width - len(cells)))
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

"""A statistics office's file as rows of cells: CSV in whatever encoding, or the first filled sheet of a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import python_calamine

from mapae.errors import InputError
from mapae.sources.encodings import as_utf8, detect

__all__ = ["read_grid"]

_LARGEST = 64 << 20  # bytes of a file that is read whole
_BOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
_SAMPLE = 1 << 16


def read_grid(path: Path) -> Sequence[Sequence[Any]]:
    """The cells of the file, row by row. InputError where it is missing, too large, damaged or empty."""
    if not path.is_file():
        raise InputError("there is no such file", where=str(path), mend="name a CSV or XLSX file")
    if path.stat().st_size > _LARGEST:
        raise InputError(
            "the file is larger than 64 MB", where=str(path), mend="export fewer rows or periods"
        )
    rows = _book(path) if path.suffix.lower() in _BOOKS else _csv(path)
    if not any(any(cell not in (None, "") for cell in row) for row in rows):
        raise InputError("the file is empty", where=str(path), mend="give a table with figures")
    return rows


def _book(path: Path) -> list[list[Any]]:
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for sheet in range(len(book.sheet_names)):
            rows: list[list[Any]] = book.get_sheet_by_index(sheet).to_python(skip_empty_area=False)
            if sum(any(cell not in (None, "") for cell in row) for row in rows) > 1:
                return rows
    except Exception as error:  # calamine has its own errors, and panics of the Rust side come as others
        raise InputError(
            f"the workbook cannot be read: {error}", where=str(path), mend="save it again as XLSX"
        ) from error
    return []


def _csv(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    text = b"".join(as_utf8([data], detect(data[:_SAMPLE]))).decode("utf-8", "replace").removeprefix("\ufeff")
    first = text[:_SAMPLE]
    delimiter = max("\t;,", key=lambda sign: (first.count(sign), sign == ","))
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))

"""Tables in markup, as office systems export them under the name of a spreadsheet: HTML tables and SpreadsheetML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from mapae.sources.blocks import Block, unique_names
from mapae.sources.page_reader import PAGE_LIMIT, decoded
from mapae.sources.page_tables import is_data, table_cells
from mapae.sources.rejects import RejectLog
from mapae.sources.streams import head

__all__ = ["TableReader", "read_table"]

_ROWS = 8_192
_PREAMBLE = 15
_KNOWN = 2  # names of a header that must be known
_SHARE = 0.6  # of a page's text that its table must be, lest a product's specifications count as records
_OFFICE = "urn:schemas-microsoft-com:office:spreadsheet"
_NAMED = f"{{{_OFFICE}}}"

Score = Callable[[Sequence[str]], float]
Cells = list[list[str]]


class TableReader:
    """Rows of a table below its header. lines: the table's rows, from 1."""

    def __init__(self, log: RejectLog, cells: Cells, header: int) -> None:
        self.log, self._cells, self._header = log, cells, header
        self.above = "\n".join(cell for row in cells[:header] for cell in row)
        self.columns: Sequence[str] = unique_names(cells[header])

    def blocks(self) -> Iterator[Block]:
        """Rows in blocks of 8,192; those without any words are none."""
        width = len(self.columns)
        numbered = enumerate(self._cells[self._header + 1 :], self._header + 2)
        rows = [(number, row) for number, row in numbered if any(row)]
        for number, row in rows:
            if any(row[width:]):
                self.log.note("cells right of the header were left out", number)
        for start in range(0, len(rows), _ROWS):
            part = rows[start : start + _ROWS]
            columns = {
                name: [row[place] if place < len(row) else None for _, row in part]
                for place, name in enumerate(self.columns)
            }
            yield Block(columns, np.asarray([number for number, _ in part], np.int64))


def read_table(path: Path, start: bytes, score: Score, log: RejectLog) -> TableReader | None:
    """The table that the markup is, or None where it is a page or a feed. start: the first bytes of the file."""
    office = _OFFICE.encode() in start
    if not office and (b"<table" not in start.lower() or b"ld+json" in start):
        return None
    data = head(path, PAGE_LIMIT + 1)
    tables = _office(data) if office else _html(decoded(data[:PAGE_LIMIT], str(path)))
    found = [(rank[0], cells, -rank[1]) for cells in tables if (rank := _header(cells, score))[0] >= _KNOWN]
    if not found:
        return None
    if len(data) > PAGE_LIMIT:
        log.note(f"only the first {PAGE_LIMIT >> 20} MiB of the table were read", 1)
    _, cells, header = max(found, key=lambda each: (each[0], len(each[1])))
    return TableReader(log, cells, header)


def _header(cells: Cells, score: Score) -> tuple[float, int]:
    """How many names of the best row among the first are known, and minus its place."""
    ranks = [(score(row), -place) for place, row in enumerate(cells[:_PREAMBLE]) if len(cells) > place + 1]
    return max(ranks, default=(0.0, 0))


def _html(page: str) -> list[Cells]:
    """The page's tables, where nearly all that it says stands in them."""
    tree = LexborHTMLParser(page)
    tables = [table for table in tree.css("table") if is_data(table)]
    body = tree.body
    whole = len("".join(body.text().split())) if body is not None else 0
    inside = sum(len("".join(table.text().split())) for table in tables)
    return [table_cells(table) for table in tables] if whole and inside >= _SHARE * whole else []


def _office(data: bytes) -> list[Cells]:
    """The sheets of a SpreadsheetML file."""
    parser = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(data, parser)
    if root is None:
        return []
    return [[_row(row) for row in table.iter(f"{_NAMED}Row")] for table in root.iter(f"{_NAMED}Table")]


def _row(row: Any) -> list[str]:
    """Cells in their places: `ss:Index` skips some, `ss:MergeAcross` takes some more."""
    told: list[str] = []
    for cell in row.iter(f"{_NAMED}Cell"):
        place = cell.get(f"{_NAMED}Index", "")
        told += [""] * (int(place) - 1 - len(told) if place.isdecimal() else 0)
        told.append(" ".join(" ".join(cell.itertext()).split()))
        more = cell.get(f"{_NAMED}MergeAcross", "")
        told += [""] * (min(int(more), 200) if more.isdecimal() else 0)
    return told

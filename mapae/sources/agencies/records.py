"""The records of a file whatever wraps them: a table, JSON Lines, an API's answer, XML, a web table, a ZIP of one file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from mapae.errors import InputError
from mapae.sources.agencies.names import plain
from mapae.sources.agencies.unzip import unzipped
from mapae.sources.encodings import as_utf8, detect
from mapae.sources.feed_reader import FeedReader
from mapae.sources.readers import read_file
from mapae.sources.rejects import RejectLog
from mapae.sources.streams import head, unpacked

__all__ = ["Record", "records"]

_LARGEST = 1 << 30  # bytes of a web table
_HEAD = 1 << 16
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style|script|div)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line (of a text), row (of a sheet) or item it stands in, and its cells by column."""

    line: int
    cells: Mapping[str, Any]


def records(
    path: Path,
    log: RejectLog,
    columns: frozenset[str],
    elements: Sequence[str] = (),
    outer: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Record]:
    """Records of the file. columns: plain names that are known, to find the header and unwrap an API's answer.

    elements: names of the XML elements that hold one record, where their columns do not tell. outer: column → elements
    around the records whose text every record gets. InputError where the file is empty, no data, or a web page without
    a table.
    """
    with unzipped(path) as file:
        start = head(file, _HEAD)
        if start[:4] in (b"PAR1", b"\xd0\xcf\x11\xe0") or start[:2] == b"PK":
            yield from _table(file, log, columns)
            return
        encoding = detect(start)
        text = b"".join(as_utf8([start], encoding)) if encoding else start
        if not text.lstrip().startswith(b"<"):
            yield from _table(file, log, columns)
        elif _PAGE.match(text):
            yield from _web_table(file, columns)
        else:
            around = _around(text, outer or {})
            names = _record_names(text, columns) or frozenset(elements)
            for record in _blocks(FeedReader(file, log, names) if names else FeedReader(file, log)):
                yield Record(record.line, around | dict(record.cells))


def _record_names(text: bytes, columns: frozenset[str]) -> frozenset[str]:
    """The name of the first element with two children or more that are known columns: one record, whatever its name."""
    parser = etree.XMLPullParser(events=("end",), recover=True, resolve_entities=False, no_network=True)
    parser.feed(re.sub(rb"^\s*<\?xml[^>]*\?>", b"", text))
    for _, element in parser.read_events():
        inside = [_local(child) for child in element if isinstance(child.tag, str)]
        if sum(plain(name) in columns for name in inside) > 1:
            return frozenset([_local(element)])
    return frozenset()


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _table(path: Path, log: RejectLog, columns: frozenset[str]) -> Iterator[Record]:
    def score(names: Sequence[str]) -> float:
        return float(len({plain(name) for name in names} & columns))

    for record in _blocks(read_file(path, log, None, score)):
        if not columns.isdisjoint(map(plain, record.cells)):
            yield record
            continue
        inner = _inside(record.cells, columns)
        yield from (Record(record.line, cells) for cells in inner) if inner else [record]


def _blocks(reader: Any) -> Iterator[Record]:
    for block in reader.blocks():
        names = list(block.columns)
        values = [v if isinstance(v, list) else v.to_pylist() for v in block.columns.values()]
        for line, cells in zip(block.lines.tolist(), zip(*values, strict=True), strict=True):
            yield Record(
                line, {name: cell for name, cell in zip(names, cells, strict=True) if cell is not None}
            )


def _inside(value: Any, columns: frozenset[str], depth: int = 0) -> list[Mapping[str, Any]]:
    """The objects below that have known columns: the rows of an API's answer, however deep its envelope is."""
    if depth > 6:
        return []
    if isinstance(value, Mapping):
        if depth and not columns.isdisjoint(map(plain, value)):
            return [value]
        value = list(value.values())
    if not isinstance(value, list):
        return []
    return [
        cells
        for item in value
        if isinstance(item, (dict, list))
        for cells in _inside(item, columns, depth + 1)
    ]


def _around(text: bytes, outer: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Texts of elements before the first record, such as the day of a weekly report."""
    found: dict[str, Any] = {}
    for column, names in outer.items():
        for name in names:
            match = re.search(rf"<{re.escape(name)}\b[^>]*>\s*([^<]+?)\s*<".encode(), text, re.IGNORECASE)
            if match and column not in found:
                found[column] = match[1].decode("utf-8", "replace")
    return found


def _web_table(path: Path, columns: frozenset[str]) -> Iterator[Record]:
    """Rows of the table in a web page whose header has the most known columns (`.xls` exports that are pages)."""
    data = b"".join(unpacked(path))[:_LARGEST]
    tree = LexborHTMLParser(
        b"".join(as_utf8([data], detect(data[: 1 << 20]) or "utf-8")).decode("utf-8", "replace")
    )
    best: tuple[int, list[list[str]]] = (0, [])
    for table in tree.css("table"):
        rows = [
            [cell.text(separator=" ", strip=True) for cell in row.css("th, td")] for row in table.css("tr")
        ]
        for place, row in enumerate(rows[:15]):
            if (known := len({plain(name) for name in row} & columns)) > best[0]:
                best = (known, rows[place:])
    if not best[0]:
        raise InputError(
            "this is a web page without a table of this source", where=str(path),
            mend="download the data file itself (CSV, XLSX, JSON or XML), perhaps after signing in",
        )  # fmt: skip
    names = best[1][0]
    for line, row in enumerate(best[1][1:], 2):
        yield Record(line, {name: cell for name, cell in zip(names, row, strict=False) if cell})

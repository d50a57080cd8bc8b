"""Which reader a file needs, told by its first bytes; its name counts for nothing."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path

import orjson

from mapae.errors import InputError
from mapae.sources.affiliates import Joined, affiliates
from mapae.sources.app_reader import AppReader, is_package
from mapae.sources.blocks import Block, Reader
from mapae.sources.csv_reader import CsvReader
from mapae.sources.document_reader import DocumentReader, is_document
from mapae.sources.encodings import as_utf8, detect
from mapae.sources.feed_reader import FeedReader
from mapae.sources.grid import read_grid
from mapae.sources.json_reader import JsonReader, Parts, by_lines
from mapae.sources.json_split import elements, start_of_list
from mapae.sources.page_reader import PageReader
from mapae.sources.parquet_reader import ParquetReader
from mapae.sources.rejects import RejectLog
from mapae.sources.share_grid import share_grid
from mapae.sources.sheet_reader import SheetReader
from mapae.sources.streams import head, packed, unpacked
from mapae.sources.table_reader import read_table

__all__ = ["read_file"]

_HEAD = 1 << 20
_SHEET = 8 << 20  # bytes of a table that is read whole
_SPOOL = 4 << 30  # bytes that a packed workbook or Parquet file may unpack to
_OLE = b"\xd0\xcf\x11\xe0"
_MARKUP = re.compile(rb"\s*<(?:\?xml|!--|!doctype|[a-z][\w:-]*[\s>/])", re.IGNORECASE)
_FEED = re.compile(
    rb"<(?:\w+:)?(?:rss|feed|rdf|items|products|catalog|offers|listings|channel|root|data)[\s>]",
    re.IGNORECASE,
)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|div|li|ul|p|span|table|meta|script|section|main)[\s>]",
    re.IGNORECASE,
)

Split = Callable[[Iterator[bytes], RejectLog], Parts]
Score = Callable[[Sequence[str]], float]
Known = Callable[[str], bool]


def read_file(path: Path, log: RejectLog, kind: str | None, score: Score, *, lifting: bool = False) -> Reader:
    """The reader for the file. Raises InputError where it is empty or nothing that can be read.

    lifting: members of inner objects (JSON, Parquet) become columns of their own, where `score` knows their names.
    """
    if kind in (None, "app") and is_package(path):
        return AppReader(path, log)
    start = head(path, _HEAD)
    known = lru_cache(4096)(lambda name: score([name]) > 0) if lifting else None
    if kind == "policy" and is_document(path, start):
        return DocumentReader(path, log)
    if kind == "market_share" and (table := _shares(path, log, start, score)):
        return table
    if start[:4] == b"PAR1" or start[:2] == b"PK" or start[:4] == _OLE:
        if packed(path):
            return _Spooled(path, log, score)
        return _binary(path, log, score, start, known)
    encoding = detect(start[:65536])
    text = b"".join(as_utf8([start], encoding)) if encoding else start
    first = text.lstrip()[:1]
    if first == b"<" and _MARKUP.match(text):
        feed = _FEED.search(text[:65536])
        page = _HTML.search(text[:65536])
        if feed and not (page and page.start() < feed.start()):
            return FeedReader(path, log)
        cells = read_table(path, text, score, log) if kind != "policy" else None
        return cells or PageReader(path, log, kind)
    if first == b"{" and _columnar(text):
        raise InputError(
            "the JSON holds columns, not records",
            where=str(path),
            mend="write one object a record (in pandas: to_json(orient='records', lines=True))",
        )
    if first in (b"{", b"[") and (split := _json(text, score)):
        return JsonReader(path, log, split, known)
    return CsvReader(path, log, score)


def _shares(path: Path, log: RejectLog, start: bytes, score: Score) -> Reader | None:
    """A small sheet or delimited text whose years or firms stand across, or with affiliates on a sheet; None for all else."""
    other = start[:4] == b"PAR1" or _MARKUP.match(start) or re.match(rb"\s*(?:\{|\[\s*[\[{])", start)
    if other or packed(path) or path.stat().st_size > _SHEET:
        return None
    try:
        table: Reader | None = share_grid(read_grid(path))
        told = affiliates(path) if start[:2] == b"PK" or start[:4] == _OLE else None
        if told is None:
            return table
        return Joined.of(table or SheetReader(path, log, score, told.sheet), told, log)
    except InputError:
        return None  # the reader of its form says what is wrong


def _binary(path: Path, log: RejectLog, score: Score, start: bytes, known: Known | None = None) -> Reader:
    return ParquetReader(path, log, known) if start[:4] == b"PAR1" else SheetReader(path, log, score)


def _json(text: bytes, score: Score) -> Split | None:
    """How the JSON is cut: lines, an array, objects over many lines, or an array inside an object."""
    bare = text.lstrip()
    if bare[:1] == b"[":
        if re.match(rb"\[\s*(?:[{\]]|\Z)", bare):
            return partial(elements, skip=len(text) - len(bare))
        return None
    line = bare.split(b"\n", 1)[0]
    try:
        whole = orjson.loads(line)
    except orjson.JSONDecodeError:
        whole = None
    if isinstance(whole, dict) and (b"\n" in bare.rstrip() or not _wrapped(whole, score)):
        return by_lines
    place, keys = start_of_list(text, score)
    if place >= 0 and score(keys) < 2:
        return partial(elements, skip=place)
    if whole is None and re.search(rb"\}\s*\{\s*\"", line):  # objects one behind another in one line
        return partial(elements, skip=-1)
    if whole is None and not re.match(rb'\{\s*(?:"|\}|\Z)', bare):
        return None
    return by_lines if whole is not None or _lines_of_objects(bare) else partial(elements, skip=-1)


def _wrapped(whole: dict[str, object], score: Score) -> bool:
    """Whether the object is no record itself but holds a list of them, at most three objects deep."""
    return score(list(whole)) < 2 and _holds_list(whole, 3)


def _columnar(text: bytes) -> bool:
    """Whether the text is one object of columns: lists of equal length, or objects with the same row numbers as names."""
    try:
        whole = orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    values = list(whole.values()) if isinstance(whole, dict) else []
    if len(values) < 2:
        return False
    if all(isinstance(value, dict) for value in values):
        return (
            bool(values[0]) and all(value.keys() == values[0].keys() for value in values) and "0" in values[0]
        )
    flat = all(
        isinstance(value, list) and not any(isinstance(x, dict | list) for x in value) for value in values
    )
    return flat and len(values[0]) > 1 and len({len(value) for value in values}) == 1


def _holds_list(value: object, depth: int) -> bool:
    if isinstance(value, list):
        return bool(value) and isinstance(value[0], dict)
    return (
        isinstance(value, dict) and depth > 0 and any(_holds_list(item, depth - 1) for item in value.values())
    )


def _lines_of_objects(text: bytes) -> bool:
    """Whether lines begin and end with braces, as those of JSON Lines do even when some are broken."""
    lines = [line.strip() for line in text.split(b"\n")[:50] if line.strip()]
    return sum(line[:1] == b"{" and len(line) > 2 for line in lines) * 2 > len(lines)


class _Spooled:
    """A packed Parquet file or workbook, unpacked to a temporary file that goes when the reader does."""

    def __init__(self, path: Path, log: RejectLog, score: Score) -> None:
        self._file = tempfile.NamedTemporaryFile()  # noqa: SIM115 - lives as long as the reader
        size = 0
        for piece in unpacked(path, log):
            size += len(piece)
            if size > _SPOOL:
                raise InputError(
                    "the file unpacks to more than 4 GiB", where=str(path), mend="unpack it and give the file"
                )
            self._file.write(piece)
        self._file.flush()
        copy = Path(self._file.name)
        try:
            self._reader = _binary(copy, log, score, head(copy, 8))
        except InputError as error:
            raise InputError(error.what, where=str(path), mend=error.mend) from error
        self.columns = self._reader.columns

    def blocks(self) -> Iterator[Block]:
        """The blocks of the unpacked file."""
        yield from self._reader.blocks()

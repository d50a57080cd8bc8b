"""JSON Lines, and JSON arrays split into their elements: one object a record."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa

from mapae.errors import InputError
from mapae.sources.blocks import Block
from mapae.sources.encodings import SAMPLE, as_utf8, detect, mended
from mapae.sources.json_lift import lift
from mapae.sources.json_quick import foreseen, quick_table
from mapae.sources.rejects import RejectLog
from mapae.sources.streams import head, unpacked

__all__ = ["JsonReader"]

BLOCK = 1 << 20  # small parts stay in the processor's cache: three times as fast as 8 MiB
_PEEK, _FEW = 1_000, 100

Parts = Iterable[tuple[list[bytes], list[int]]]


class JsonReader:
    """A file of JSON objects. `split` cuts the UTF-8 stream into records with their lines.

    known: whether a name is that of a column, so that members of inner objects are lifted; None leaves records alone.
    """

    def __init__(
        self,
        path: Path,
        log: RejectLog,
        split: Callable[[Iterator[bytes], RejectLog], Parts],
        known: Callable[[str], bool] | None = None,
    ) -> None:
        self.path, self.log, self.split, self.known = path, log, split, known
        self.encoding = detect(head(path, SAMPLE))
        if not self.encoding:
            raise InputError(
                "the file is no text", where=str(path), mend="give UTF-8 JSON Lines or a JSON array"
            )
        self._schema: pa.Schema | None = None
        self.columns: Sequence[str] = self._peek()

    def _peek(self) -> list[str]:
        """Keys of the first 1,000 records in the order they are met."""
        quiet = RejectLog(self.path)
        rows: list[dict[str, Any]] = []
        for records, _ in self._parts(quiet):
            rows = [value for record in records[:_PEEK] if isinstance(value := _read(record), dict)]
            if any(rows):
                break
        self._nested = any(isinstance(value, dict) for row in rows for value in row.values())
        names = dict.fromkeys(name for row in self._lifted(rows) for name in row)
        if not names:
            raise InputError(
                "there is no JSON object in it",
                where=str(self.path),
                mend="give one object a line, or a JSON array",
            )
        self._schema = foreseen(rows)
        return list(names)

    def _lifted(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows with the members of inner objects beside their own, where the first rows have such objects."""
        return [lift(row, self.known) for row in rows] if self.known and self._nested else rows

    def _parts(self, log: RejectLog) -> Parts:
        return self.split(as_utf8(unpacked(self.path, log), self.encoding), log)

    def blocks(self) -> Iterator[Block]:
        """Rows in blocks of about 1 MiB of text."""
        for records, lines in self._parts(self.log):
            if (block := self._quick(records, lines)) is not None:
                yield block
                continue
            rows, places = self._rows(records, lines)
            if rows:
                yield Block(_columns(self._lifted(rows)), np.asarray(places, np.int64))

    def _quick(self, records: list[bytes], lines: list[int]) -> Block | None:
        """The part through Arrow, where it has the types of the first records."""
        if self._schema is None or len(records) < _FEW or self.split is not by_lines:
            return None
        table = quick_table(records, self._schema)
        if table is None:
            return None
        return Block(dict(zip(table.schema.names, table.columns, strict=True)), np.asarray(lines, np.int64))

    def _rows(self, records: list[bytes], lines: list[int]) -> tuple[list[dict[str, Any]], list[int]]:
        try:
            rows = list(map(orjson.loads, records))
            if set(map(type, rows)) <= {dict}:
                return rows, lines
        except orjson.JSONDecodeError:
            pass
        rows, places = [], []
        for record, line in zip(records, lines, strict=True):
            value = self._careful(record, line)
            if isinstance(value, dict):
                rows.append(value)
                places.append(line)
        return rows, places

    def _careful(self, record: bytes, line: int) -> Any:
        value = _read(record)
        if isinstance(value, ValueError) and not _is_utf8(record):
            text, name = mended(record)
            value = _read(text.encode())
            if isinstance(value, dict):
                what = f"was read as {name}" if name else "has bytes that fit no encoding, shown as \ufffd"
                self.log.note(f"the line is not in the file's encoding and {what}", line)
        if isinstance(value, ValueError):
            self.log.row(line, f"no JSON: {value}", record)
        elif not isinstance(value, dict):
            self.log.row(line, f"a JSON object is wanted, this is {type(value).__name__}", record)
        return value


def _read(record: bytes) -> Any:
    """The value, or the ValueError that says why there is none.

    What orjson refuses the standard library may take: NaN and Infinity (read as null), integers of many digits.
    """
    try:
        return orjson.loads(record)
    except orjson.JSONDecodeError as error:
        first = ValueError(str(error))
    try:
        return json.loads(record.replace(b"\0", b""), parse_constant=lambda _: None, parse_float=_float)
    except (ValueError, RecursionError):
        return first


def _float(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None


def _is_utf8(record: bytes) -> bool:
    try:
        record.decode()
    except UnicodeDecodeError:
        return False
    return True


def _columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Row objects to columns; keys in the order they are first met."""
    first = rows[0].keys()
    same = all(map(first.__eq__, map(dict.keys, rows)))
    names = list(first) if same else list(dict.fromkeys(key for row in rows for key in row))
    if same and len(names) > 1:
        return dict(zip(names, map(list, zip(*map(itemgetter(*names), rows), strict=True)), strict=True))
    return {name: [row.get(name) for row in rows] for name in names}


def by_lines(pieces: Iterator[bytes], log: RejectLog) -> Parts:
    """Physical lines that are not blank, in parts of about 1 MiB."""
    line, held = 1, 0
    waiting: list[bytes] = []
    for piece in pieces:
        cut = piece.rfind(b"\n") + 1
        if cut and held + cut >= BLOCK:
            text = b"".join((*waiting, piece[:cut]))
            yield _split(text, line)
            line += text.count(b"\n")
            waiting, held = [piece[cut:]], len(piece) - cut
        else:
            waiting.append(piece)
            held += len(piece)
    yield _split(b"".join(waiting), line)


def _split(text: bytes, line: int) -> tuple[list[bytes], list[int]]:
    records = text.split(b"\n")
    if not text.strip():
        return [], []
    if records[-1] == b"":
        records.pop()
    if b"\n\n" not in text and b"\n\r" not in text and min(map(len, records)) > 2:
        return records, list(range(line, line + len(records)))
    pairs = [(record, number) for number, record in enumerate(records, line) if record.strip()]
    return [record for record, _ in pairs], [number for _, number in pairs]

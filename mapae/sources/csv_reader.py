"""CSV and its relatives: whole clean blocks through Arrow, the rest record by record, with the same result.

A block is clean when its quotes stand only where RFC 4180 has them, it holds no zero byte and no lone carriage return,
and Arrow finds as many rows of the header's width as there are records. Blocks are cut at the last line end outside
quotes, so that a block's rows do not depend on how the file was packed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from mapae.errors import InputError
from mapae.sources.blocks import Block, unique_names
from mapae.sources.csv_records import MOST, Careful, split_line
from mapae.sources.encodings import SAMPLE, as_utf8, detect
from mapae.sources.rejects import RejectLog
from mapae.sources.streams import head, unpacked

__all__ = ["CsvReader"]

BLOCK = 8 << 20
_DAMAGED = 1 << 20  # bytes read with care before the quick path is tried again
_DELIMITERS = (b",", b"\t", b";", b"|")
_PREAMBLE = 15  # lines above the header that an export may have
_MOST_COLUMNS = 100_000

Ints = npt.NDArray[np.int64]
Score = Callable[[Sequence[str]], float]


class CsvReader:
    """A delimited text file. `score` says how many of some names are known, to tell the header and the delimiter.

    Raises InputError where the file is empty, is no text, or has no header.
    """

    def __init__(self, path: Path, log: RejectLog, score: Score) -> None:
        self.path, self.log = path, log
        sample = head(path, SAMPLE)
        if not sample.strip():
            raise InputError("the file is empty", where=str(path), mend="give a file with a header and rows")
        self.encoding = detect(sample)
        if not self.encoding:
            raise InputError(
                "the file is no text", where=str(path), mend="export it as CSV, JSON Lines, Parquet or XLSX"
            )
        text = b"".join(as_utf8([sample], self.encoding))
        self.returns = b"\n" not in text and b"\r" in text  # line ends of old Macintosh files
        lines = self._lines(text)
        self.delimiter, self.skipped, names = _header(lines, score)
        self.above = b"\n".join(lines[: self.skipped]).decode("utf-8", "replace")
        if len(names) > _MOST_COLUMNS:
            raise InputError(
                f"the header has {len(names):,} columns", where=str(path), mend="check the delimiter"
            )
        self.columns: Sequence[str] = unique_names(names)

    def _lines(self, text: bytes) -> list[bytes]:
        text = text.replace(b"\r", b"\n") if self.returns else text
        return [line.rstrip(b"\r") for line in text.split(b"\n", 200)[:200]]

    def blocks(self) -> Iterator[Block]:
        """Rows in blocks of about 8 MiB of text."""
        pieces = as_utf8(unpacked(self.path, self.log), self.encoding)
        self._inside = False
        careful = Careful(self.delimiter, len(self.columns), self.log)
        buffer, last, wanted = bytearray(), False, BLOCK
        skip = self.skipped + 1
        while not (last and not buffer):
            while len(buffer) < wanted and not last:
                piece = next(pieces, None)
                last = piece is None
                buffer += (piece or b"").replace(b"\r", b"\n") if self.returns else piece or b""
            while skip and (end := buffer.find(b"\n") + 1 or (len(buffer) if last else 0)):
                del buffer[:end]
                skip, careful.line = skip - 1, careful.line + 1
            if skip and not last:
                wanted = len(buffer) + BLOCK
                continue
            used, block = self._next(bytes(buffer), careful, last)
            if block is not None and len(block):
                yield block
            del buffer[:used]
            wanted = BLOCK if used else len(buffer) + BLOCK

    def _next(self, buffer: bytes, careful: Careful, last: bool) -> tuple[int, Block | None]:
        """Bytes used and the block they gave; no bytes used where more must be read first."""
        if self._inside:  # of a line that is too long
            end = buffer.find(b"\n") + 1
            self._inside = not end and not last
            careful.line += 1 if end else 0
            return end or len(buffer), None
        if last and buffer and not buffer.endswith(b"\n"):
            buffer += b"\n"
        newlines, ends = _record_ends(buffer)
        if not len(ends) and not last and len(buffer) < MOST:
            return 0, None
        block = (
            _quick(buffer, newlines, ends, self.delimiter, self.columns, careful.line) if len(ends) else None
        )
        if block is not None:
            used = int(ends[-1]) + 1
            careful.line += int(np.searchsorted(newlines, used))
            return used, block
        used = careful.read(buffer, min(len(buffer), _DAMAGED), last)
        if used == 0 and len(buffer) >= MOST:
            used = self._too_long(buffer, careful)
        block = _block(careful.rows, careful.lines, self.columns)
        careful.rows, careful.lines = [], []
        return used, block

    def _too_long(self, buffer: bytes, careful: Careful) -> int:
        """The first line where nothing ends within the bytes a record may have; the rest of the line is passed over."""
        end = buffer.find(b"\n") + 1
        if end:
            return careful.read(buffer, 1, True)
        if not self._inside:
            self.log.row(careful.line, f"the line is longer than {MOST >> 20} MiB", buffer[:10_000])
        self._inside = True
        return len(buffer)


def _record_ends(buffer: bytes) -> tuple[Ints, Ints]:
    """Places of all line ends, and of those that have an even number of quotes before them."""
    data = np.frombuffer(buffer, np.uint8)
    ends = np.flatnonzero(data == 10)
    quotes = np.flatnonzero(data == 34)
    return ends, ends[np.searchsorted(quotes, ends) & 1 == 0] if len(quotes) else ends


def _well_formed(data: npt.NDArray[np.uint8], delimiter: bytes) -> bool:
    """Whether every quoted cell begins after and ends before a delimiter or line end, inner quotes doubled."""
    quotes = np.flatnonzero(data == 34)
    if not len(quotes):
        return True
    border = np.zeros(256, bool)
    border[[10, delimiter[0]]] = True
    opening, closing = quotes[0::2], quotes[1::2]
    if len(opening) != len(closing):
        return False
    doubled = opening[1:] == closing[:-1] + 1
    before = border[data[np.maximum(opening - 1, 0)]] | (opening == 0)
    before[1:] |= doubled
    border[13] = True  # the line is known to end in CR LF, see _quick
    after = border[data[np.minimum(closing + 1, len(data) - 1)]]
    after[:-1] |= doubled
    return bool(before.all() and after.all())


def _quick(
    buffer: bytes, newlines: Ints, ends: Ints, delimiter: bytes, names: Sequence[str], line: int
) -> Block | None:
    """The records as one Arrow block, or None where they are not clean."""
    used = int(ends[-1]) + 1
    data = np.frombuffer(buffer, np.uint8)[:used]
    clean = buffer.find(b"\0", 0, used) < 0
    if clean and buffer.find(b"\r", 0, used) >= 0:
        clean = buffer.count(b"\r", 0, used) == buffer.count(b"\r\n", 0, used)
    if not clean or not _well_formed(data, delimiter):
        return None
    starts = np.concatenate(([0], ends[:-1] + 1))
    filled = (ends > starts) & ~((ends == starts + 1) & (data[starts] == 13))
    try:
        table = pa.csv.read_csv(
            pa.py_buffer(memoryview(buffer)[:used]),
            pa.csv.ReadOptions(
                column_names=[str(i) for i in range(len(names))], block_size=max(used, 1 << 16)
            ),
            pa.csv.ParseOptions(delimiter=delimiter.decode(), newlines_in_values=True),
            pa.csv.ConvertOptions(
                column_types={str(i): pa.string() for i in range(len(names))},
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != int(filled.sum()):
        return None
    lines = line + np.searchsorted(newlines, starts[filled])
    columns = [_one(table.column(i)) for i in range(len(names))]
    return _without_blank(Block(dict(zip(names, columns, strict=True)), lines.astype(np.int64)))


def _without_blank(block: Block) -> Block:
    """The block without rows whose every cell is empty or blank."""
    blank = np.ones(len(block), bool)
    for column in block.columns.values():
        empty = pc.equal(pc.utf8_trim_whitespace(pc.fill_null(column, "")), "")
        blank &= empty.to_numpy(zero_copy_only=False)
        if not blank.any():
            return block
    keep = pa.array(~blank)
    return Block({name: column.filter(keep) for name, column in block.columns.items()}, block.lines[~blank])


def _one(column: pa.ChunkedArray) -> pa.Array:
    return (
        column.chunk(0)
        if column.num_chunks == 1
        else pa.concat_arrays(column.chunks or [pa.array([], pa.string())])
    )


def _block(rows: list[list[str | None]], lines: list[int], names: Sequence[str]) -> Block | None:
    if not rows:
        return None
    columns = [pa.array(cells, pa.string()) for cells in zip(*rows, strict=True)]
    return Block(dict(zip(names, columns, strict=True)), np.asarray(lines, np.int64))


def _header(lines: list[bytes], score: Score) -> tuple[bytes, int, list[str]]:
    """Delimiter, lines above the header, names. The line and delimiter with the most known names; else the first."""
    best: tuple[float, int, int, bytes, list[str]] | None = None
    for place, line in enumerate(lines[:_PREAMBLE]):
        for delimiter in _DELIMITERS:
            if not line.strip() or (best is not None and delimiter not in line):
                continue
            names = _names(line, delimiter)
            rank = (score(names), -place, len(names), delimiter, names)
            if best is None or rank[:3] > best[:3]:
                best = rank
    if best is None:
        return b",", 0, []
    return best[3], -best[1], best[4]


def _names(line: bytes, delimiter: bytes) -> list[str]:
    cells = split_line(line, delimiter)
    if cells is None:
        cells = [cell.strip(b'"') for cell in line.split(delimiter)]
    return [cell.decode("utf-8", "replace").replace("\0", "") for cell in cells]

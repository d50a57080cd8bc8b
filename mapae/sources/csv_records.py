"""CSV record by record, for the places where a file is not clean: quotes that stray, lines too short, bytes that lie.

RFC 4180 with these allowances: a quote inside an unquoted cell is a character; a line whose quoting is broken is read by
itself, with a quote ending a cell only before a delimiter or the end of the line; empty cells beyond the header count
as nothing. What then has not the header's number of cells is a reject, and reading goes on with the next line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mapae.sources.encodings import mended
from mapae.sources.rejects import RejectLog

__all__ = ["LEAST", "MOST", "Careful", "split_line"]

MOST, LEAST = 32 << 20, 64 << 10  # bytes of one record, at first and after many quotes that were never closed
_NEWLINE = re.compile(rb"\n")


@dataclass
class Careful:
    """Reads records out of a buffer. window: bytes in which an open quote must close; it halves with each that does not.

    Lines are counted from `line`, the line of the buffer's first byte.
    """

    delimiter: bytes
    width: int
    log: RejectLog
    line: int = 1
    window: int = MOST
    rows: list[list[str | None]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        mark = re.escape(self.delimiter)
        self._quoted = re.compile(rb'[ ]*"((?:[^"]+|"")*+)"[ ]*(?=' + mark + rb"|\r?\n|\r?\Z)")
        self._plain = re.compile(rb"[^\n" + mark + rb"]*")
        self._open = re.compile(rb'[ ]*"(?:[^"]+|"")*+\Z')

    def read(self, buffer: bytes, end: int, last: bool) -> int:
        """Take whole records that begin before `end`; the number of bytes used (0: more bytes are needed first)."""
        place = 0
        while place < end:
            cells, after = self._record(buffer, place, last)
            if after < 0:
                break
            if after == 0:
                after = self._one_line(buffer, place)
                if after == 0:
                    break
            elif not self._keep(cells, buffer[place:after]) and self._resync(buffer, place, after):
                after = self._one_line(buffer, place)
            self.line += buffer.count(b"\n", place, after)
            place = after
        return place

    def _record(self, buffer: bytes, place: int, last: bool) -> tuple[list[bytes], int]:
        """Cells and the place behind the record; 0 where the quoting is broken, -1 where more bytes are needed."""
        cells: list[bytes] = []
        while True:
            start = buffer[place : place + 1]
            match = None
            if start in (b'"', b" "):
                limit = min(len(buffer), place + self.window)
                match = self._quoted.match(buffer, place, limit)
                if match is None and (start == b'"' or buffer[place:limit].lstrip(b" ")[:1] == b'"'):
                    if self._open.match(buffer, place, limit):
                        if limit == len(buffer) and limit < place + self.window and not last:
                            return cells, -1
                        self.window = max(LEAST, self.window // 2)
                    return cells, 0
            if match is not None:
                cells.append(match[1].replace(b'""', b'"'))
            else:
                match = self._plain.match(buffer, place)
                assert match is not None
                cells.append(match[0])
            place = match.end()
            follows = buffer[place : place + 1]
            if follows == self.delimiter:
                place += 1
                continue
            if not follows and not last:
                return cells, -1
            if follows == b"\r":
                place += 1
            cells[-1] = cells[-1].removesuffix(b"\r")
            return cells, min(place + 1, len(buffer))

    def _one_line(self, buffer: bytes, place: int) -> int:
        """The physical line at `place` by itself: a row, or a reject. 0 where its end is not in the buffer."""
        found = _NEWLINE.search(buffer, place)
        after = found.end() if found else len(buffer)
        text = buffer[place:after]
        cells = split_line(text.rstrip(b"\r\n"), self.delimiter)
        if cells is None:
            self.log.row(self.line, "a quote opened in this line is never closed", text)
        elif not self._fits(cells):
            self.log.row(
                self.line, f"the line has {len(cells)} cells where the header has {self.width}", text
            )
        else:
            self.log.note("quotes inside a cell were not doubled; the line was read as it stands", self.line)
            self._take(cells, text)
        return after

    def _keep(self, cells: list[bytes], text: bytes) -> bool:
        """True where the record became a row or was blank."""
        if not any(cell.strip() for cell in cells):
            return True
        if not self._fits(cells):
            if b"\n" not in text.rstrip(b"\r\n"):
                self.log.row(
                    self.line, f"the line has {len(cells)} cells where the header has {self.width}", text
                )
                return True
            return False
        if b"\n" in text.rstrip(b"\r\n"):
            self.window = min(MOST, self.window * 2)
        self._take(cells, text)
        return True

    def _fits(self, cells: list[bytes]) -> bool:
        while len(cells) > self.width and not cells[-1].strip():
            cells.pop()
        return len(cells) == self.width

    def _resync(self, buffer: bytes, place: int, after: int) -> bool:
        """Whether the record of many lines is a broken line with good ones behind it; else it is one reject."""
        second = buffer.find(b"\n", place, after) + 1
        third = buffer.find(b"\n", second, after) + 1 or after
        cells = split_line(buffer[second:third].rstrip(b"\r\n"), self.delimiter)
        if cells is not None and self._fits(cells):
            return True
        self.log.row(
            self.line, f"the record has not the {self.width} cells of the header", buffer[place:after]
        )
        return False

    def _take(self, cells: list[bytes], text: bytes) -> None:
        try:
            row = [cell.decode() for cell in cells]
        except UnicodeDecodeError:
            row = self._recoded(cells, text)
        if b"\0" in text:
            self.log.note("zero bytes were taken out", self.line)
            row = [cell.replace("\0", "") for cell in row]
        self.rows.append([cell or None for cell in row])
        self.lines.append(self.line)

    def _recoded(self, cells: list[bytes], text: bytes) -> list[str]:
        name = mended(text)[1]
        if name:
            self.log.note(f"the line is not in the file's encoding and was read as {name}", self.line)
            return [cell.decode(name, "replace") for cell in cells]
        self.log.note("bytes that fit no encoding are shown as \ufffd", self.line)
        return [cell.decode("utf-8", "replace") for cell in cells]


def split_line(line: bytes, delimiter: bytes) -> list[bytes] | None:
    """Cells of one physical line, quotes inside cells literal; None where a quoted cell does not end in the line."""
    cells: list[bytes] = []
    place = 0
    while place <= len(line):
        if line[place : place + 1] == b'"':
            close = line.find(b'"' + delimiter, place + 1)
            if close < 0:
                if len(line) < place + 2 or not line.endswith(b'"'):
                    return None
                close = len(line) - 1
            cells.append(line[place + 1 : close].replace(b'""', b'"'))
            place = close + 2
        else:
            end = line.find(delimiter, place)
            end = len(line) if end < 0 else end
            cells.append(line[place:end])
            place = end + 1
    return cells

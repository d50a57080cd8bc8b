"""Tables of a PDF told by the places of their lines: cells side by side, row under row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapae.sources.pdf_lines import Line

__all__ = ["Row", "split"]

_NEAR = 1.5  # of the size: how far the left edges of a column's cells may lie apart
_HIGHER = 6  # lines: how far above a row's first cell another may begin, where cells stand in the middle of their row
_EXACT = 1.06  # of the pitch: from which a line below is of another row


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of lines, an empty one where the row has none in a column; first: it begins a table."""

    cells: tuple[tuple[Line, ...], ...]
    first: bool


def split(lines: Sequence[Line], pitch: float) -> Iterator[Line | Row]:
    """The lines in order, those of tables as rows. pitch: from line to line, in sizes of letters.

    A table is two rows or more of two cells or more whose left edges, or number, are the same.
    """
    rows = list(_gathered(lines, pitch))
    at = 0
    while at < len(rows):
        last = at
        while last < len(rows) and len(rows[last]) > 1 and (last == at or _under(rows[last - 1], rows[last])):
            last += 1
        if last - at > 1:
            squared = _squared(rows[at:last])
            yield from (Row(cells, number == 0) for number, cells in enumerate(squared))
            at = last
        else:
            yield from (line for cell in rows[at] for line in cell)
            at += 1


def _gathered(lines: Sequence[Line], pitch: float) -> Iterator[list[list[Line]]]:
    """Rows of cells, those of one cell as well; a cell's lines lie a pitch apart."""
    row: list[list[Line]] = []
    for line in lines:
        if row and _same_cell(row, line, pitch):
            row[-1].append(line)
        elif row and _beside(row, line, pitch):
            row.append([line])
        else:
            if row:
                yield row
            row = [[line]]
    if row:
        yield row


def _same_cell(row: list[list[Line]], line: Line, pitch: float) -> bool:
    cell = row[-1]
    last, step = cell[-1], cell[-1].y - line.y
    if last.page != line.page or step <= 0:
        return False
    near = abs(line.x - cell[0].x) < 0.5 * line.size or abs(line.x + line.end - last.x - last.end) < line.size
    usual = cell[0].y - cell[1].y if len(cell) > 1 else pitch * line.size
    return near and step <= (usual * _EXACT if len(row) == 1 else 2 * pitch * line.size)


def _beside(row: list[list[Line]], line: Line, pitch: float) -> bool:
    last = row[-1]
    lines = [item for cell in row for item in cell]
    high, low = max(item.y for item in lines), min(item.y for item in lines)
    right = line.x > last[0].x + line.size and line.x > max(item.end for item in last) - 0.5 * line.size
    level = low - 0.5 * line.size <= line.y <= high + _HIGHER * pitch * line.size
    return right and level and last[0].page == line.page


def _under(above: list[list[Line]], row: list[list[Line]]) -> bool:
    if len(above) == len(row):
        return True
    starts = [cell[0].x for cell in above]
    return all(min(abs(cell[0].x - start) for start in starts) < _NEAR * cell[0].size for cell in row)


def _squared(rows: Sequence[list[list[Line]]]) -> Iterator[tuple[tuple[Line, ...], ...]]:
    """All rows with as many cells as the longest; a cell that reaches down from the row above is said again."""
    longest = max(rows, key=len)
    starts = [cell[0].x for cell in longest]
    above: tuple[tuple[Line, ...], ...] = ((),) * len(starts)
    for row in rows:
        cells: list[tuple[Line, ...]] = [()] * len(starts)
        if len(row) == len(starts):
            cells = [tuple(cell) for cell in row]
        else:
            for cell in row:
                place = min(range(len(starts)), key=lambda at: abs(starts[at] - cell[0].x))
                cells[place] += tuple(cell)
            first = next(at for at, cell in enumerate(cells) if cell)
            cells[:first] = above[:first]
        above = tuple(cells)
        yield above

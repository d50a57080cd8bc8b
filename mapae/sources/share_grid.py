"""Tables of shares as statistics offices give them: years or firms across, heads in two rows, titles above; made long.

One row of the file becomes a row for each firm and period that its columns name. A merged head counts for all that it
spans, a merged label for the rows below it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from mapae.sources.blocks import Block
from mapae.sources.headings import bare
from mapae.sources.layouts import choose, signs
from mapae.text.periods import named_period

__all__ = ["ShareGrid", "field_of", "share_grid"]

Grid = Sequence[Sequence[str]]
Cells = Sequence[Sequence[object]]  # as a sheet holds them
_LABELS = ("market", "period", "firm", "group", "basis", "definition", "unit", "currency")
_AMOUNTS = ("share", "value", "low", "high")
_FIGURE = re.compile(
    r"[<>≤≥＜＞~약]?\s*[-+]?\d[\d,.]*\s*(?:%|％|[조억만천백십]*(?:원|명|건|회)?|미만|이하|이상|초과)?"
)
_SHARE = re.compile(r"점유|비중|share|份额|占有|[%％]", re.I)
_UNITS = re.compile(r"[(（\[【<]?\s*(?:단위|units?|单位|單位)\s*[:：]", re.I)
_MOST_HEADS, _FEWEST = 4, 2  # rows of heads; firms across


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds: amount (its heading), and the period and the name that stand above it; empty for none."""

    place: int
    amount: str
    period: str
    name: str


@dataclass(frozen=True)
class ShareGrid:
    """A table read as one; `columns` and `blocks` as of any reader. above: the lines over its heads."""

    columns: Sequence[str]
    above: str
    rows: Sequence[Mapping[str, str]]
    lines: Sequence[int]

    def blocks(self) -> Iterator[Block]:
        """All rows in one block."""
        cells = {name: [row.get(name) or None for row in self.rows] for name in self.columns}
        yield Block(cells, np.asarray(self.lines, np.int64))


def share_grid(cells: Cells) -> ShareGrid | None:
    """The table made long; None where neither periods nor firms stand across, which needs no such reading."""
    grid = [[_text(cell) for cell in row] for row in cells]
    start = next((at for at, row in enumerate(grid) if _is_data(row)), None)
    if start is None:
        return None
    first = _first_head(grid, start)
    labels, across = _parted(_carried(grid[first:start]), grid[start:])
    named = {field for _, field in labels.values()}
    spare = next((field for field in ("firm", "market") if field not in named), "")
    across = [column for column in across if spare or not column.name]
    periods, names = ({getattr(column, of) for column in across} - {""} for of in ("period", "name"))
    if not labels or (not periods and len(names) < _FEWEST):
        return None
    told = "market" in named or (names and spare == "market")
    said = {} if told else {"market": _title(grid[:first])}
    rows, lines = _long(grid, start, labels, across, spare, said)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    above = "\n".join(", ".join(filter(None, row)) for row in grid[:first])
    return ShareGrid(columns, above, rows, lines) if rows else None


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else unicodedata.normalize("NFKC", str(cell)).strip()


def _is_data(row: Sequence[str]) -> bool:
    """A figure that is no period, and a label beside it."""
    figures = sum(bool(_FIGURE.fullmatch(cell)) and named_period(cell) is None for cell in row)
    return figures > 0 and any(cell and not _FIGURE.fullmatch(cell) for cell in row)


def _first_head(grid: Grid, start: int) -> int:
    """The first of the rows right above the figures that fill more than one cell."""
    first = start
    while first > max(0, start - _MOST_HEADS) and _is_head(grid[first - 1]):
        first -= 1
    return first


def _is_head(row: Sequence[str]) -> bool:
    """More than one filled cell, and no line of units that a comma cut in two: (단위: 억원, %)."""
    filled = [cell for cell in row if cell]
    return len(filled) > 1 and not _UNITS.match(filled[0])


def _carried(heads: Grid) -> list[list[str]]:
    """Heads with what a merged cell says at every column that it spans; the last row has none that span."""
    width = max(map(len, heads), default=0)
    full = [[*row, *[""] * (width - len(row))] for row in heads]
    for row, below in pairwise(full):
        for place in range(1, width):
            if not row[place] and below[place] and field_of(row[place - 1]) not in _LABELS:
                row[place] = row[place - 1]
    return full


def _parted(heads: Grid, below: Grid) -> tuple[dict[int, tuple[str, str]], list[_Column]]:
    """Columns of labels by place, with heading and field; and those of amounts.

    A first column of words alone names the firms, or the markets where another names the firms.
    """
    labels: dict[int, tuple[str, str]] = {}
    first: dict[int, str] = {}
    across: list[_Column] = []
    for place in range(len(heads[0]) if heads else 0):
        stack = [row[place] for row in heads if row[place]]
        if not stack:
            continue
        fields = [field_of(text) for text in stack]
        known = next((field for field in fields if field in _LABELS), "")
        if known:
            labels[place] = (stack[fields.index(known)], known)
            continue
        if not any(_FIGURE.fullmatch(_cell(row, place)) for row in below):
            if not labels and not first:
                first[place] = stack[-1]
            continue
        periods = [text for text in stack if named_period(text) is not None]
        amounts = [
            text
            for text, field in zip(stack, fields, strict=True)
            if field in _AMOUNTS and text not in periods
        ]
        names = [text for text in stack if text not in periods and text not in amounts]
        across.append(
            _Column(place, amounts[-1] if amounts else "", periods[0] if periods else "", " ".join(names))
        )
    told = {field for _, field in labels.values()}
    if field := next((field for field in ("firm", "market") if field not in told), ""):
        labels = {place: (text, field) for place, text in first.items()} | labels
    return labels, across


def field_of(heading: str) -> str:
    """The column of the kind that a heading stands for; empty where none."""
    if not heading:
        return ""
    aliases, name = _aliases(), signs(bare(heading) or heading)
    return next((field for field in (*_LABELS, *_AMOUNTS) if name in aliases[field]), "")


@cache
def _aliases() -> Mapping[str, tuple[str, ...]]:
    return choose(("market", "firm", "share"), "market_share", {}, "").aliases


def _long(
    grid: Grid,
    start: int,
    labels: Mapping[int, tuple[str, str]],
    across: Sequence[_Column],
    spare: str,
    said: Mapping[str, str],
) -> tuple[list[dict[str, str]], list[int]]:
    """The rows with the line of the file that each comes from."""
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    before: dict[int, str] = {}
    default = "share" if _SHARE.search(" ".join(" ".join(row) for row in grid[:start])) else "value"
    for number, row in enumerate(grid[start:], start + 1):
        if sum(map(bool, row)) < 2:
            continue
        cells = {place: _cell(row, place) or before.get(place, "") for place in labels}
        before = cells
        own = {field: cells[place] for place, (_, field) in labels.items()} | dict(said)
        for fresh in _of_row(row, across, spare, default):
            rows.append(own | fresh)
            lines.append(number)
    return rows, lines


def _of_row(row: Sequence[str], across: Sequence[_Column], spare: str, default: str) -> list[dict[str, str]]:
    """The amounts of one row put together by the period and the name above them; none where all cells are blank."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for column in across:
        if cell := _cell(row, column.place):
            of = found.setdefault((column.period, column.name), {})
            of[column.amount or default] = cell
    return [
        ({"period": period} if period else {}) | ({spare: name} if name and spare else {}) | amounts
        for (period, name), amounts in found.items()
    ]


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _title(rows: Grid) -> str:
    """The first line above the heads, without its number and its unit."""
    text = next((" ".join(filter(None, row)) for row in rows if any(row)), "")
    text = re.sub(r"[(（\[【<]\s*(?:단위|unit|单位|單位)[^)）\]】>]*[)）\]】>]", "", text, flags=re.I)
    return re.sub(
        r"^\s*(?:[<〈\[【]?\s*(?:표|table|表)\s*[\d-]*\s*[>〉\]】]?\s*[:：.]?)\s*", "", text, flags=re.I
    ).strip()

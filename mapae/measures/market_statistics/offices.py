"""Tables as statistics offices give them: periods across or down, heads in layers, footnotes, signs for no figure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mapae.errors import InputError
from mapae.measures.market_statistics.cells import Figure, figure
from mapae.measures.market_statistics.long import long_rows
from mapae.text.periods import Period, named_period

__all__ = ["Cell", "Observation", "Table", "read_table"]

Cell = str | float | int | date | datetime | None
Grid = Sequence[Sequence[Cell]]
_NOTE = re.compile(
    r"(?:\*|※|주\s*[:：)\d]|자료|출처|단위|註|注|资料来源|單位|单位|source|note|unit|\d\))", re.IGNORECASE
)
_UNIT = re.compile(r"(?:단위|unit(?![a-z_])|单位|單位)\s*[:：]?\s*(.+?)\s*[)）\]】]?$", re.IGNORECASE)
_PROVISIONAL = re.compile(r"(?:[\d년월]|분기)\s*(?:\(?p\)?|\(?잠정치?\)?)$", re.IGNORECASE)
_FOOTMARK = re.compile(r"(?<=\D)\s*\d\)$|[*†]+$")


@dataclass(frozen=True, slots=True)
class Observation:
    """One cell: labels of its row and head by level, its period, the figure and its mark, and where it stands (from 1)."""

    labels: tuple[str, ...]
    period: Period
    value: float | None
    mark: str
    row: int
    column: int


@dataclass(frozen=True)
class Table:
    """What a sheet holds: title lines, unit where one is named, footnotes, observations in reading order."""

    title: str
    unit: str
    notes: tuple[str, ...]
    observations: tuple[Observation, ...]

    def chosen(self, labels: Sequence[str]) -> tuple[Observation, ...]:
        """Observations whose labels hold all of these."""
        wanted = {_plain(label) for label in labels}
        return tuple(each for each in self.observations if wanted <= {_plain(label) for label in each.labels})


def read_table(grid: Grid, name: str = "table") -> Table:
    """Read a sheet given as rows of cells. InputError, by row and column, where no periods or an unreadable figure stand.

    A merged cell counts for all it spans: heads are carried to the right, row labels down.
    """
    rows = [[_text(cell) for cell in row] for row in grid]
    long = long_rows(rows)
    across = _across(rows) if long is None else None
    down = _down(rows) if long is None and across is None else None
    if long is None and across is None and down is None:
        raise InputError(
            "there are no periods in a row or a column",
            where=name,
            mend="a head row (2022, 2023, …) or a first column of years, quarters or months is needed",
        )
    if long is not None:
        observations = [
            _observed(one.labels, one.period, one.head, one.text, one.row, one.column, name) for one in long
        ]
    else:
        observations = (
            _read_across(rows, across, name) if across is not None else _read_down(rows, down or 0, name)
        )
    first = min((each.row for each in observations), default=len(rows) + 1) - 1
    loose = [next(filter(None, row), "") for row in rows if sum(map(bool, row)) == 1]
    notes = tuple(text for text in loose if _NOTE.match(text.lstrip("([ ")))
    head = [
        text
        for row in rows[:first]
        if sum(map(bool, row)) == 1 and (text := next(filter(None, row))) not in notes
    ]
    unit = next((found[1] for row in rows for text in row if (found := _UNIT.search(text))), "")
    return Table(" ".join(head), unit, notes, tuple(observations))


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell.year}-{cell.month:02d}" if cell.day == 1 else cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return unicodedata.normalize("NFKC", str(cell)).strip()


def _across(rows: list[list[str]]) -> int | None:
    """The row that names periods in two cells or more, or in one where all below it are figures."""
    counts = [sum(named_period(text) is not None for text in row) for row in rows]
    for at, count in enumerate(counts):
        other = sum(bool(text) for text in rows[at]) - count
        if count >= 2 and count >= other - 3:
            return at
    for at, count in enumerate(counts):
        if count == 1 and not named_period(rows[at][0] if rows[at] else "") and not _periods_below(rows, at):
            return at
    return None


def _periods_below(rows: list[list[str]], at: int) -> bool:
    """Whether periods go on below the one that this row names: then they stand in a column."""
    column = next(place for place, text in enumerate(rows[at]) if named_period(text))
    return any(len(row) > column and named_period(row[column]) is not None for row in rows[at + 1 :])


def _down(rows: list[list[str]]) -> int | None:
    """The first column of which, from its first period on, most filled cells are periods; footnotes do not count."""
    for column in range(max(map(len, rows), default=0)):
        cells = [row[column] for row in rows if len(row) > column and row[column]]
        named = [named_period(text) is not None for text in cells if not _NOTE.match(text)]
        if any(named) and sum(named) >= 0.5 * len(named[named.index(True) :]):
            return column
    return None


def _read_across(rows: list[list[str]], at: int, name: str) -> list[Observation]:
    width = max(map(len, rows))
    heads = [_periods_of(rows[at], width)]
    columns = [column for column, found in enumerate(heads[0]) if found]
    data = _data(rows, at + 1, columns)
    levels = [
        _carried(row, width, columns[0])
        for row in rows[_head(rows, at, columns) : data]
        if row is not rows[at]
    ]
    said = _spanned(rows[at], width)
    found, labels = [], [""] * columns[0]
    for number in range(data, len(rows)):
        row = rows[number] + [""] * (width - len(rows[number]))
        if not any(row[column] for column in columns):
            continue
        labels = _labelled(row[: columns[0]], labels)
        for column in columns:
            if row[column] and (at_period := heads[0][column]):
                above = [level[column] for level in levels if level[column]]
                found.append(
                    _observed(
                        [*labels, *above],
                        at_period,
                        said[column],
                        row[column],
                        number,
                        column,
                        name,
                    )
                )
    return found


def _periods_of(row: list[str], width: int) -> list[Period | None]:
    """The period of each column: a merged head counts for the empty cells to its right."""
    found: list[Period | None] = []
    for text in row + [""] * (width - len(row)):
        found.append(named_period(text) if text else (found[-1] if found else None))
    return found


def _spanned(row: list[str], width: int) -> list[str]:
    """The text of each column's head: that of a merged one for the empty cells to its right."""
    found: list[str] = []
    for text in row + [""] * (width - len(row)):
        found.append(text or (found[-1] if found else ""))
    return found


def _head(rows: list[list[str]], at: int, columns: list[int]) -> int:
    """The first row of the head: rows right above the periods that have text over the figures."""
    begin = at
    while (
        begin > 0
        and sum(bool(text) for text in rows[begin - 1][columns[0] :]) > 0
        and len([t for t in rows[begin - 1] if t]) > 1
    ):
        begin -= 1
    return begin


def _data(rows: list[list[str]], begin: int, columns: list[int]) -> int:
    """The first row below the periods in which figures stand."""
    for number in range(begin, len(rows)):
        cells = [
            rows[number][column] for column in columns if column < len(rows[number]) and rows[number][column]
        ]
        if cells and all(figure(text) is not None for text in cells):
            return number
    return min(begin, len(rows))


def _carried(row: list[str], width: int, begin: int) -> list[str]:
    """A head's row with merged cells carried to the right, from the first column of figures on."""
    found: list[str] = []
    for column, text in enumerate(row + [""] * (width - len(row))):
        held = found[-1] if found and column > begin else ""
        found.append(_plain_label(text) or held)
    return found


def _labelled(cells: list[str], before: list[str]) -> list[str]:
    """Row labels: an empty cell takes what stands above it, as long as all to its left are empty too."""
    found, carried = [], True
    for text, held in zip(cells, before, strict=True):
        carried = carried and not text
        found.append(held if carried else _plain_label(text))
    return found if any(cells) or not cells else before


def _read_down(rows: list[list[str]], column: int, name: str) -> list[Observation]:
    """Periods in a column; other columns of words are labels, carried down with the period where cells are merged."""
    first = next(at for at, row in enumerate(rows) if len(row) > column and named_period(row[column]))
    width = max(map(len, rows))
    whole = [row + [""] * (width - len(row)) for row in rows]
    words = [place for place in range(width) if place != column and _is_words(whole[first:], place)]
    figures = [place for place in range(width) if place != column and place not in words]
    blank = max((at for at in range(first) if not any(whole[at])), default=-1)
    heads = whole[blank + 1 : first] or whole[:first]
    head = [row for row in heads if sum(map(bool, row)) > 1 and not _is_total(row, figures)]
    levels = [_carried(row, width, column + 1) for row in head]
    found, labels = [], [""] * len(words)
    at_period: Period | None = None
    for number in range(first, len(whole)):
        row = whole[number]
        at_period = named_period(row[column]) if row[column] else at_period
        labels = _labelled([row[place] for place in words], labels)
        for place in figures if at_period else ():
            if row[place] and at_period:
                above = [level[place] for level in levels if level[place]]
                found.append(
                    _observed([*labels, *above], at_period, row[column], row[place], number, place, name)
                )
    return found


def _is_total(row: list[str], figures: list[int]) -> bool:
    """Whether a row above the first period holds figures: a total, no head."""
    cells = [row[place] for place in figures if row[place]]
    return bool(cells) and all(figure(text) is not None for text in cells)


def _is_words(rows: list[list[str]], place: int) -> bool:
    """Whether most of a column's cells are neither figures nor signs for none."""
    cells = [row[place] for row in rows if row[place]]
    return sum(figure(text) is None for text in cells) > len(cells) / 2


def _observed(
    labels: Sequence[str], at: Period, head: str, text: str, row: int, column: int, name: str
) -> Observation:
    read: Figure | None = figure(text)
    if read is None:
        raise InputError(
            f"this is no figure: {text[:40]!r}",
            where=f"{name}, row {row + 1}, column {column + 1}",
            mend="a number, or -, …, x as statistics offices write them",
        )
    labels, at = _refined(labels, at)
    mark = read.mark or ("provisional" if _PROVISIONAL.search(head) else "")
    return Observation(tuple(filter(None, labels)), at, read.value, mark, row + 1, column + 1)


def _refined(labels: Sequence[str], at: Period) -> tuple[list[str], Period]:
    """A year whose label names a part of it (1분기 below 2023, 3월 beside it) is that part; the label is used up."""
    found = list(labels)
    for place, label in enumerate(found if at.form == "year" else ()):
        part = None if label.isdecimal() else named_period(f"{at.first.year}년 {label}")
        if part and part.form != "year":
            return [*found[:place], *found[place + 1 :]], part
    return found, at


def _plain_label(text: str) -> str:
    return _FOOTMARK.sub("", text).strip()


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", _plain_label(text)).casefold()

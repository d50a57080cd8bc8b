"""Tables of a page as rows of Markdown; cells that span rows are told in each of them."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

__all__ = ["is_data", "table_cells", "table_lines"]

_MOST_ROWS, _MOST_CELLS, _WIDEST = 2_000, 60, 200
_SPACE = re.compile(r"\s+")


def is_data(table: LexborNode) -> bool:
    """Whether the table holds data: rows of two cells or more, no table inside; others are there for their looks."""
    rows = table.css("tr")[:_MOST_ROWS]
    return len(rows) > 1 and not table.css("table table, table h2, table h3") and _wide(rows[0]) > 1


def _wide(row: LexborNode) -> int:
    return sum(_span(cell, "colspan") for cell in _cells(row))


def table_lines(table: LexborNode) -> list[str]:
    """`| a | b |` a row with a rule under the titles; a table of titles at the side as `- title: text`."""
    rows = table.css("tr")[:_MOST_ROWS]
    if all(_sided(row) for row in rows):
        return [f"- {_told(cells[0])}: {_told(cells[1])}" for row in rows if (cells := _cells(row))]
    lines: list[str] = []
    waiting: dict[int, tuple[str, int]] = {}  # column → text that goes on, rows left
    for row in rows:
        told = _filled(row, waiting)
        if not any(told):
            continue
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in told)} |")
        if len(lines) == 1:
            lines.append("|" + " --- |" * len(told))
    return [*lines, ""]


def table_cells(table: LexborNode) -> list[list[str]]:
    """Every row's cells, those that span several told in each of them."""
    waiting: dict[int, tuple[str, int]] = {}
    return [_filled(row, waiting) for row in table.css("tr")]


def _sided(row: LexborNode) -> bool:
    """A title and one cell."""
    return [cell.tag for cell in _cells(row)] == ["th", "td"]


def _filled(row: LexborNode, waiting: dict[int, tuple[str, int]]) -> list[str]:
    told: list[str] = []
    cells = iter(_cells(row))
    for _ in range(_WIDEST):
        if len(told) in waiting:
            text, left = waiting.pop(len(told))
            if left > 1:
                waiting[len(told)] = (text, left - 1)
            told.append(text)
            continue
        cell = next(cells, None)
        if cell is None:
            break
        down = _span(cell, "rowspan")
        for at in range(_span(cell, "colspan")):
            text = _words(cell) if at == 0 else ""
            if down > 1:
                waiting[len(told)] = (text, down - 1)
            told.append(text)
    return told


def _cells(row: LexborNode) -> list[LexborNode]:
    found: list[LexborNode] = []
    child = row.child
    while child is not None and len(found) < _MOST_CELLS:
        if child.tag in ("td", "th"):
            found.append(child)
        child = child.next
    return found


def _span(cell: LexborNode, name: str) -> int:
    said = cell.attributes.get(name) or ""
    return max(1, min(_MOST_CELLS, int(said))) if said.isdecimal() else 1


def _words(cell: LexborNode) -> str:
    return _SPACE.sub(" ", cell.text(separator=" ")).strip()


def _told(cell: LexborNode) -> str:
    return _words(cell).replace("|", "/")

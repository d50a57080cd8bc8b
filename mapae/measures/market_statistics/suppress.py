"""Small cells kept out of a table with totals, and others with them, so that no one kept out can be had by subtraction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from fractions import Fraction

__all__ = ["Equation", "determined", "protect", "two_way", "withhold"]

_TRIED = 60  # of the candidates for company, how many are tried
Equation = tuple[int, tuple[int, ...]]  # a total and its parts, as places in the list of cells


def protect(
    values: Sequence[int],
    equations: Sequence[Equation],
    least: int,
    hidden: Iterable[int] = (),
    known: Iterable[int] = (),
) -> frozenset[int]:
    """Which cells are not to be shown: those from 1 to below `least`, those hidden anyway, and the fewest others found that
    keep them secret. known: cells that can be read elsewhere, so that hiding them keeps nothing.

    values: counts, totals among them. equations: each total with its parts. A cell kept out cannot be computed from what
    is shown and the equations. Added is what leaves the fewest to be computed; of those the smallest cell that is not
    nothing, parts before totals. Nothing is added where the small cell stands in no equation.
    """
    given, read = {at for at, value in enumerate(values) if 0 < value < least} | set(hidden), set(known)
    found = _in_company(given, values, equations, read)
    for at in sorted(found - given, key=lambda each: (values[each] > 0, -values[each], each)):
        if not determined(found - read - {at}, equations):  # not needed: the largest is shown again first
            found.remove(at)
    return frozenset(found)


def withhold(
    values: Sequence[int], equations: Sequence[Equation], least: int, hidden: Iterable[int] = ()
) -> frozenset[int]:
    """Which cells are not to be shown where not even *nothing* may be told from *little*: all below `least`, those hidden
    anyway, and others.

    What is shown is at least `least`, and so is what a shown total leaves for its hidden parts together, so that neither a
    cell nor a total says whether there was one or none.
    """
    found = {at for at, value in enumerate(values) if value < least} | set(hidden)
    while True:
        before = len(found)
        for total, parts in equations:
            kept = [values[at] for at in parts if at in found]
            if kept and sum(kept) < least:
                found.add(total)
        found = _in_company(found, values, equations)
        if len(found) == before:
            return frozenset(found)


def _in_company(
    hidden: set[int], values: Sequence[int], equations: Sequence[Equation], read: Set[int] = frozenset()
) -> set[int]:
    """With others, until none of them can be computed from what is shown and what can be read elsewhere."""
    hidden, totals = set(hidden), {total for total, _ in equations}
    while known := determined(hidden - read, equations):
        candidates = {
            other
            for total, parts in equations
            if known & {total, *parts}
            for other in (total, *parts)
            if other not in hidden and other not in read
        }
        if not candidates:
            break
        ranked = sorted(candidates, key=lambda at: (values[at] == 0, at in totals, values[at], at))
        hidden.add(min(ranked[:_TRIED], key=lambda at: len(determined(hidden - read | {at}, equations))))
    return hidden


def determined(hidden: Iterable[int], equations: Sequence[Equation]) -> frozenset[int]:
    """Those of the hidden cells whose value follows from the others by the equations (exact, by elimination)."""
    unknown = sorted(set(hidden))
    place = {at: column for column, at in enumerate(unknown)}
    rows = []
    for total, parts in equations:
        row = {place[at]: Fraction(1) for at in parts if at in place}
        if total in place:
            row[place[total]] = row.get(place[total], Fraction(0)) - 1
        if row:
            rows.append(row)
    return frozenset(unknown[column] for column in _alone(rows))


def two_way(rows: int, columns: int) -> tuple[Equation, ...]:
    """Equations of a table of rows × columns cells, row by row, then totals of rows, totals of columns, the grand total."""
    cells = rows * columns
    across = [
        (cells + row, tuple(row * columns + column for column in range(columns))) for row in range(rows)
    ]
    down = [
        (cells + rows + column, tuple(row * columns + column for row in range(rows)))
        for column in range(columns)
    ]
    grand = cells + rows + columns
    ends = [
        (grand, tuple(range(cells, cells + rows))),
        (grand, tuple(range(cells + rows, cells + rows + columns))),
    ]
    return (*across, *down, *ends)


def _alone(rows: list[dict[int, Fraction]]) -> set[int]:
    """Columns that stand alone in a row of the reduced echelon form: their value is determined."""
    reduced: list[tuple[int, dict[int, Fraction]]] = []
    for row in rows:
        left = dict(row)
        for pivot, other in reduced:
            _subtract(left, other, left.get(pivot, Fraction(0)))
        if not left:
            continue
        pivot = min(left)
        scale = left[pivot]
        left = {column: value / scale for column, value in left.items()}
        for _, other in reduced:
            _subtract(other, left, other.get(pivot, Fraction(0)))
        reduced.append((pivot, left))
    return {pivot for pivot, row in reduced if len(row) == 1}


def _subtract(row: dict[int, Fraction], other: dict[int, Fraction], times: Fraction) -> None:
    if times:
        for column, value in other.items():
            row[column] = row.get(column, Fraction(0)) - times * value
            if not row[column]:
                del row[column]

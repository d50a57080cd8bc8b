"""No cell kept out of a table can be computed from what is shown: by subtraction, by algebra, with totals hidden or not."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mapae.measures.market_statistics.suppress import Equation, determined, protect, two_way, withhold


def _full(cells: list[list[int]]) -> list[int]:
    table = np.array(cells)
    return [
        *table.ravel().tolist(),
        *table.sum(axis=1).tolist(),
        *table.sum(axis=0).tolist(),
        int(table.sum()),
    ]


def _by_rank(hidden: frozenset[int], equations: tuple[Equation, ...]) -> set[int]:
    """A cell is determined if its unit vector lies in the row space: adding it does not raise the rank."""
    order = sorted(hidden)
    rows = np.zeros((len(equations), len(order)))
    for at, (total, parts) in enumerate(equations):
        for column, cell in enumerate(order):
            rows[at, column] = (cell in parts) - (cell == total)
    rank = np.linalg.matrix_rank(rows) if len(order) else 0
    units = np.eye(len(order))
    return {
        cell for at, cell in enumerate(order) if np.linalg.matrix_rank(np.vstack([rows, units[at]])) == rank
    }


TABLES = st.integers(1, 5).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 30), min_size=columns, max_size=columns), min_size=1, max_size=5
    )
)


@given(TABLES)
def test_no_hidden_cell_of_a_table_with_totals_can_be_computed(cells: list[list[int]]) -> None:
    equations = two_way(len(cells), len(cells[0]))
    values = _full(cells)
    hidden = protect(values, equations, 5)
    assert {at for at, value in enumerate(values) if 0 < value < 5} <= hidden
    assert _by_rank(hidden, equations) == set() == determined(hidden, equations)


@given(TABLES)
def test_where_nothing_is_kept_out_too_no_total_tells_whether_there_was_one_or_none(
    cells: list[list[int]],
) -> None:
    equations, values = two_way(len(cells), len(cells[0])), _full(cells)
    hidden = withhold(values, equations, 5)
    assert {at for at, value in enumerate(values) if value < 5} <= hidden
    assert _by_rank(hidden, equations) == set()
    left = [
        sum(values[at] for at in parts if at in hidden) for total, parts in equations if total not in hidden
        if hidden & set(parts)
    ]  # fmt: skip
    assert all(each >= 5 for each in left)


@given(TABLES, st.sets(st.integers(0, 20)))
def test_what_elimination_calls_determined_is_what_the_rank_says(
    cells: list[list[int]], chosen: set[int]
) -> None:
    equations = two_way(len(cells), len(cells[0]))
    hidden = frozenset(at for at in chosen if at < len(_full(cells)))
    assert set(determined(hidden, equations)) == _by_rank(hidden, equations)


def test_one_small_cell_takes_three_others_of_a_rectangle_with_it() -> None:
    hidden = protect(_full([[2, 40, 30], [25, 20, 50], [60, 70, 80]]), two_way(3, 3), 5)
    assert hidden == {0, 1, 3, 4}


def test_a_table_without_small_cells_is_shown_whole_and_nothing_at_all_may_be_said() -> None:
    assert protect(_full([[20, 0], [7, 9]]), two_way(2, 2), 5) == frozenset()


def test_a_small_cell_without_totals_needs_no_company() -> None:
    assert protect([2, 30, 0], [], 5) == {0}

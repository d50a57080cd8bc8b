"""What a product's first row tells is carried to its variants, over any cut into blocks."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from mapae.sources.carry import Carrier

ROWS = st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.sampled_from(["x", "y", None])), max_size=12)


def _plainly(rows):
    """The same in plain Python."""
    filled, first, key = [], None, None
    for name, title in rows:
        if name is None or name != key:
            first = title
        filled.append(title if title is not None or name is None else first)
        key = name
    return filled


@given(ROWS, st.integers(1, 4))
def test_columns_are_filled_as_row_by_row_whatever_the_blocks(rows, size):
    carrier, found = Carrier(["title"]), []
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        done = {"title": pa.array([title for _, title in part], pa.string())}
        carrier.fill(done, pa.array([name for name, _ in part], pa.string()))
        found += done["title"].to_pylist()
    assert found == _plainly(rows)

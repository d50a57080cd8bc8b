"""Workers read parts of row groups: together they give every row once, under its own number."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mapae.app import row_groups as made
from mapae.sources import open_source


def written(path: Path, groups: list[int]) -> Path:
    """Listings in groups of these sizes; the price of every 10th cannot be read."""
    schema = pa.schema([("listing_id", pa.string()), ("title", pa.string()), ("price", pa.string())])
    with pq.ParquetWriter(path, schema) as writer:
        first = 0
        for count in groups:
            numbers = range(first, first + count)
            rows = [
                {"listing_id": f"L{n}", "title": f"lamp {n}", "price": "much" if n % 10 == 3 else "5"}
                for n in numbers
            ]
            writer.write_batch(pa.RecordBatch.from_pylist(rows, schema=schema))
            first += count
    return path


@pytest.mark.parametrize("groups", [[70, 31], [100, 1, 100, 7, 64, 5], [1, 1]])
def test_parts_give_what_the_whole_file_gives(tmp_path, monkeypatch, groups):
    monkeypatch.setattr(made, "_PART", 32)
    monkeypatch.setattr(made, "_BLOCK", 10)
    source = open_source(written(tmp_path / "a.parquet", groups))
    whole = pa.Table.from_batches(source.batches())
    parts = made.row_groups(source)
    assert len(parts) > len(groups) or sum(groups) < 4
    assert pa.Table.from_batches([batch for part in parts for batch in part.load()]).equals(whole)
    rejects = [item for part in parts for item in part.rejects]
    assert rejects == [made.reject_line(item) for item in source.rejects()]
    assert len(rejects) == sum(n % 10 == 3 for n in range(sum(groups)))


def test_the_last_parts_are_halves_and_no_row_is_in_two():
    parts = made._parts([65_536] * 5 + [3, 0, 1])
    assert [last - first for _, first, last in parts] == [65_536] * 3 + [32_768] * 4 + [1, 2, 1]
    assert [group for group, *_ in parts] == [0, 1, 2, 3, 3, 4, 4, 5, 5, 7]


def test_a_single_row_group_is_read_by_the_parent(tmp_path):
    assert made.row_groups(open_source(written(tmp_path / "a.parquet", [50]))) == ()


def test_a_small_group_with_a_large_dictionary_at_the_end_is_read_by_workers_too(tmp_path):
    path = tmp_path / "a.parquet"
    table = pa.table(
        {"listing_id": [f"L{n}" for n in range(200)], "title": [f"lamp {n}" * 9 for n in range(200)]}
    )
    with pq.ParquetWriter(path, table.schema, compression=None, write_statistics=False) as writer:
        writer.write_table(table.slice(0, 100), row_group_size=100)
        writer.write_table(table.slice(100), row_group_size=100)
    last = pq.ParquetFile(path).metadata.row_group(1).column(1)
    assert last.data_page_offset + last.total_compressed_size > path.stat().st_size
    assert len(made.row_groups(open_source(path))) > 1


def test_a_file_whose_end_is_missing_is_read_with_care(tmp_path):
    path = written(tmp_path / "a.parquet", [3000, 3000])
    body = path.read_bytes()
    length = int.from_bytes(body[-8:-4], "little") + 8
    path.write_bytes(body[: len(body) - length - 30_000] + body[-length:])
    assert made.row_groups(open_source(path)) == ()

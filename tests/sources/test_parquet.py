"""Parquet as warehouses keep it: members of structs fill the columns they are known for."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq


def test_members_of_structs_fill_the_columns_they_are_known_for(read):
    sellers = pa.array([{"id": "s9", "name": "Steps", "town": "Y"}, None])
    table = pa.table({"listing_id": ["1", "2"], "title": ["Ladder", "Lamp"], "seller": sellers})
    kept = io.BytesIO()
    pq.write_table(table, kept)
    rows, source = read("shop.parquet", kept.getvalue())
    assert [(row["listing_id"], row["seller_id"], row["seller_name"]) for row in rows] == [
        ("1", "s9", "Steps"),
        ("2", None, None),
    ]
    assert source.kind == "listing"


def test_a_column_of_its_own_comes_before_a_member_of_the_same_name(read):
    table = pa.table(
        {
            "listing_id": ["1"],
            "title": ["Ladder"],
            "seller_id": ["own"],
            "seller": pa.array([{"id": "inner"}]),
        }
    )
    kept = io.BytesIO()
    pq.write_table(table, kept)
    rows, _ = read("shop.parquet", kept.getvalue())
    assert rows[0]["seller_id"] == "own"

"""JSON as services answer with it: lists deep inside, records wrapped, inner objects, columns instead of records."""

from __future__ import annotations

import json

import pytest

from mapae.errors import InputError

TOY = {"id": "7", "title": "Toy", "price": 3.5}


@pytest.mark.parametrize(
    "answer",
    [
        {"status": "ok", "data": {"products": [TOY]}},
        {"facets": [{"label": "brand", "n": 3}], "result": {"page": 1, "items": [TOY]}},
        {"data": {"search": {"filters": [{"name": "x", "count": 1}], "edges": [{"node": TOY}]}}},
        {"hits": {"total": 1, "hits": [{"_index": "p", "_source": TOY}]}},
        {"data": [{"id": "7", "type": "products", "attributes": {"name": "Toy", "price": 3.5}}]},
        [{"item": TOY}],
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_records_are_found_inside_what_wraps_them(read, answer, indent):
    rows, _ = read("answer.json", json.dumps(answer, indent=indent))
    assert [(row["listing_id"], row["title"], row["price"]) for row in rows] == [("7", "Toy", 3.5)]


def test_members_of_inner_objects_fill_the_columns_they_are_known_for(read):
    record = {
        "sku": "K1", "name": "Ladder", "seller": {"id": "s9", "name": "Steps"}, "image": {"url": "https://a.example/1.jpg"},
        "offers": {"price": "129.00", "priceCurrency": "USD"}, "rating": {"avg": 4},
    }  # fmt: skip
    (row,), _ = read("ladder.jsonl", json.dumps(record))
    assert (row["listing_id"], row["title"], row["price"], row["currency"]) == ("K1", "Ladder", 129.0, "USD")
    assert (row["seller_id"], row["seller_name"], row["image_urls"]) == (
        "s9",
        "Steps",
        "https://a.example/1.jpg",
    )
    assert json.loads(row["extra"])["rating"] == '{"avg":4}'


def test_a_wrapper_beside_a_title_of_its_own_is_left_alone(read):
    record = {**TOY, "attributes": {"Colour": "red", "Brand": "Acme"}}
    (row,), _ = read("toy.jsonl", json.dumps(record))
    assert (row["title"], row["brand"]) == ("Toy", "Acme")


def test_objects_behind_each_other_in_one_line_are_records(read):
    rows, _ = read("stream.json", json.dumps(TOY) + json.dumps({**TOY, "id": "8"}))
    assert [row["listing_id"] for row in rows] == ["7", "8"]


def test_the_lower_price_of_a_list_counts_and_the_list_is_kept(read):
    (row,), _ = read("toy.jsonl", json.dumps({**TOY, "price": [5, 16.5]}))
    assert row["price"] == 5.0
    assert "16.5" in row["extra"]


@pytest.mark.parametrize("row_numbers", [True, False])
def test_columns_instead_of_records_are_refused_with_the_way_to_mend_them(read, row_numbers):
    columns = {
        name: {"0": value, "1": value} if row_numbers else [value, value] for name, value in TOY.items()
    }
    with pytest.raises(InputError, match="columns, not records") as caught:
        read("frame.json", json.dumps(columns))
    assert "orient='records'" in caught.value.mend


def test_what_stands_behind_the_last_object_of_an_array_is_a_reject(read):
    rows, source = read("toys.json", f"[{json.dumps(TOY)},\n5]")
    assert (len(rows), source.rows_rejected) == (1, 1)
    assert [item.raw for item in source.rejects()] == ["5"]

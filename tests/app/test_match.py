"""Matching from files to a folder of pairs with reasons."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from mapae.app.match import PAIR_SCHEMA, MatchRequest, match
from mapae.errors import InputError, UsageError

LEFT = """상품번호,상품명,상세설명,판매가
A1,루메라 전기포트 LK-1750,스테인리스 1.7L,39000
A2,하루나 가습기 HU-35,초음파 3.5L,52000
A3,삼보 치발기 SB-301,실리콘,9900
"""
RIGHT = [
    {"id": "b1", "name": "HU35 하루나 초음파 가습기", "description": "대용량", "price": "49,000"},
    {"id": "b2", "name": "전기포트 LK1750 (루메라)", "description": "", "price": "41,000"},
    {"id": "b3", "name": "SB301 실리콘 치발기 삼보", "description": "", "price": ""},
]


@pytest.fixture
def sides(tmp_path) -> tuple[Path, Path]:
    left, right = tmp_path / "left.csv", tmp_path / "right.jsonl"
    left.write_text(LEFT, "utf-8")
    right.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in RIGHT), "utf-8")
    return left, right


def run(sides, out: Path, **more):
    return match(MatchRequest((sides[0],), (sides[1],), out, **more))


def test_pairs_name_both_listings_and_say_why_with_spans_in_the_left_title(sides, tmp_path):
    run(sides, tmp_path / "out")
    table = pq.read_table(tmp_path / "out" / "pairs.parquet")
    assert table.schema.equals(PAIR_SCHEMA)
    rows = {(row["left_id"], row["right_id"]): row for row in table.to_pylist()}
    assert set(rows) == {("A1", "b2"), ("A2", "b1"), ("A3", "b3")}
    first = rows["A1", "b2"]["reasons"][0]
    assert "루메라 전기포트 LK-1750"[first["start"] : first["end"]] == first["seen"] == "LK-1750"
    assert first["matched"] == "LK1750"
    assert any(reason["field"] == "price" for reason in rows["A1", "b2"]["reasons"])
    assert not any(reason["field"] == "price" for reason in rows["A3", "b3"]["reasons"])
    assert all(0 <= row["score"] <= 1 and row["reasons"] for row in rows.values())


def test_the_manifest_counts_what_was_read_and_linked(sides, tmp_path):
    result = run(sides, tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert manifest == json.loads(json.dumps(result.manifest))
    assert (manifest["left"], manifest["right"], manifest["pairs"]) == (3, 3, 3)
    assert [item["side"] for item in manifest["inputs"]] == ["left", "right"]
    assert all(len(item["sha256"]) == 64 for item in manifest["inputs"])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "manifest.json", "pairs.parquet", "rejects.jsonl",
    ]  # fmt: skip


def test_the_same_files_twice_give_the_same_pairs(sides, tmp_path):
    for name in ("one", "two"):
        run(sides, tmp_path / name, workers=1 if name == "one" else 2)
    one, two = (pq.read_table(tmp_path / name / "pairs.parquet") for name in ("one", "two"))
    assert one.equals(two)


def test_columns_of_any_name_are_read_when_they_are_mapped_for_both_sides_or_one(sides, tmp_path):
    odd = tmp_path / "odd.csv"
    odd.write_text("nr,wares\nA1,루메라 전기포트 LK-1750\nA2,하루나 가습기 HU-35\n", "utf-8")
    run(
        (odd, sides[1]),
        tmp_path / "out",
        columns={"left.title": "wares", "left.listing_id": "nr", "right.title": "name"},
    )
    found = pq.read_table(tmp_path / "out" / "pairs.parquet").to_pydict()
    assert list(zip(found["left_id"], found["right_id"], strict=True)) == [("A1", "b2"), ("A2", "b1")]


def test_a_mapping_for_a_side_that_is_none_is_bad_use(sides, tmp_path):
    with pytest.raises(UsageError, match="no side is called 'middle'"):
        run(sides, tmp_path / "out", columns={"middle.title": "name"})


def test_a_side_without_rows_is_refused_with_its_name(sides, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_text("listing_id,title,price\n", "utf-8")
    with pytest.raises(InputError, match="RIGHT: there is no listing to match"):
        run((sides[0], empty), tmp_path / "out")


def test_a_missing_file_is_bad_input(sides, tmp_path):
    with pytest.raises((InputError, UsageError)):
        run((sides[0], tmp_path / "none.csv"), tmp_path / "out")


@pytest.mark.parametrize(("name", "least"), [("abt-buy", 0.96), ("amazon-google", 0.72)])
def test_public_tables_are_linked_better_than_the_published_unsupervised_figures(
    shared, tmp_path, name, least
):
    folder = shared / "data" / "matching" / name
    run((folder / "left.jsonl", folder / "right.jsonl"), tmp_path / "out")
    found = pq.read_table(tmp_path / "out" / "pairs.parquet").to_pydict()
    pairs = set(zip(found["left_id"], found["right_id"], strict=True))
    gold = {(row["left_id"], row["right_id"]) for row in map(json.loads, (folder / "gold.jsonl").open())}
    assert 2 * len(pairs & gold) / (len(pairs) + len(gold)) >= least

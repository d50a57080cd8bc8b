"""The shipped list of brands: broad, in three scripts, each name clear about whose it is."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

PACK = Path(__file__).parents[3] / "mapae" / "packs" / "kr"
ROWS = [
    json.loads(line) for line in (PACK / "lists" / "brands" / "brands.jsonl").read_text("utf-8").splitlines()
]
REPLICA = yaml.safe_load((PACK / "lexicons" / "replica.yaml").read_text("utf-8"))
PRICES = yaml.safe_load((PACK / "lexicons" / "article_prices.yaml").read_text("utf-8"))


def test_the_list_is_broad_and_names_most_brands_in_three_scripts() -> None:
    assert len(ROWS) >= 1000
    assert sum(bool(row.get("names_ko")) for row in ROWS) >= 0.95 * len(ROWS)
    assert sum(bool(row.get("names_zh")) for row in ROWS) >= 0.5 * len(ROWS)
    assert len({sector for row in ROWS for sector in row["sectors"]}) >= 30


def test_ids_are_unique_and_say_the_owner() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert all(row["id"] == f"brand:{row['owner']}" for row in ROWS)


def test_hardly_any_name_stands_for_two_owners() -> None:
    owners = defaultdict(set)
    for row in ROWS:
        for key in ("names_en", "names_ko", "names_zh"):
            for name in row.get(key) or ():
                owners[name.casefold()].add(row["owner"])
    shared = {name: sorted(found) for name, found in owners.items() if len(found) > 1}
    assert len(shared) <= 3, shared


def test_every_lowest_price_is_of_an_article_the_titles_can_name() -> None:
    listed = {word for row in ROWS for word in json.loads(row.get("low_price") or "{}")}
    unnamed = listed - set(PRICES["articles"])
    assert len(unnamed) <= 12, sorted(unnamed)


def test_slang_is_of_listed_brands_only() -> None:
    assert set(REPLICA["slang"]) <= {row["owner"] for row in ROWS}


@pytest.mark.parametrize("group", ["common_names", "common_lines", "other_words"])
def test_words_of_a_list_are_written_once(group: str) -> None:
    words = [str(word) for word in REPLICA[group]]
    assert words and len(set(words)) == len(words)

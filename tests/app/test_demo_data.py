"""The sample is the same for the same seed, large enough, lifelike, and names nobody real."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from random import Random

import orjson
import pytest

from mapae.app.demo_data import hard, write_first, write_sample
from mapae.app.demo_data.disguise import DISGUISES
from mapae.app.demo_data.market import Market
from mapae.app.demo_data.ordinary import listings
from mapae.app.demo_data.read import words
from mapae.sources import open_source


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return write_sample(tmp_path_factory.mktemp("sample"))


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_it_is_the_same_for_the_same_seed_and_another_for_another(sample, tmp_path):
    first = _files(sample.folders["listing"].parent)
    write_sample(tmp_path / "again")
    write_sample(tmp_path / "other", seed=7)
    assert _files(tmp_path / "again") == first
    assert _files(tmp_path / "other")["listing/dalmart.jsonl"] != first["listing/dalmart.jsonl"]


def test_it_holds_more_than_five_thousand_listings_and_every_other_kind(sample):
    assert sample.records["listing"] > 5000
    assert min(sample.records[kind] for kind in ("advert", "post", "lab_result")) >= 100
    assert (sample.records["complaint"], sample.records["policy"]) >= (14, 2)


def test_the_readers_take_it_whole_without_a_word(sample):
    for kind, folder in sample.folders.items():
        rows = 0
        for path in sorted(folder.iterdir()):
            source = open_source(path, None)
            assert source.kind == kind
            rows += sum(len(batch) for batch in source.batches())
            assert source.rows_rejected == 0
        assert rows == sample.records[kind]


def test_the_first_file_is_the_one_of_the_whole_sample(sample, tmp_path):
    assert write_first(tmp_path).read_bytes() == (sample.folders["listing"] / "by_hand.jsonl").read_bytes()


def test_ids_are_unique_and_addresses_lead_nowhere_real(sample):
    rows = [
        orjson.loads(line) for line in (sample.folders["listing"] / "dalmart.jsonl").read_bytes().splitlines()
    ]
    with (sample.folders["listing"] / "lumibay.csv").open(encoding="utf-8-sig", newline="") as file:
        rows += list(csv.DictReader(file))
    assert len({row["listing_id"] for row in rows}) == len(rows)
    hosts = {re.sub(r"https://([^/]+)/.*", r"\1", row["url"]) for row in rows}
    assert all(host.endswith(".example") for host in hosts)


def test_no_invented_brand_is_a_brand_of_the_lists():
    path = Path(__file__).resolve().parents[2] / "mapae/packs/kr/lists/brands/brands.jsonl"
    real = {
        name.casefold() for line in path.read_bytes().splitlines() for name in orjson.loads(line)["names_en"]
    }
    assert not {name.casefold() for name in words("people")["brands"]} & real


def test_expected_references_are_of_known_lists_and_hard_cases_expect_both():
    cases = [case for name in ("substances", "recalls", "fakes", "ages", "marks") for case in hard(name)]
    known = ("mfds:", "cpsc:", "brand:", "class:", "kc:")
    assert all(item.startswith(known) for case in cases for item in case["expect"])
    assert {bool(case["expect"]) for case in cases} == {True, False}
    assert {case["lang"] for case in cases} == {"ko", "en", "zh"}


@pytest.mark.parametrize(
    ("name", "word", "hidden"),
    [
        ("plain", "Nike", "Nike"),
        ("dots", "구찌", "구·찌"),
        ("zero_width", "CBD", "C\u200bB\u200bD"),
        ("leet", "melatonin", "m3l@t0n1n"),
        ("homoglyph", "Apple", "Аррlе"),
        ("full_width", "Nike", "Ｎｉｋｅ"),
        ("jamo", "나이키", "ㄴㅏ이키"),
        ("jamo", "멜라토닌", "멜ㄹㅏ토닌"),
        ("jamo", "달콤", "달콤"),
    ],
)
def test_words_are_hidden_the_ways_sellers_hide_them(name, word, hidden):
    assert DISGUISES[name](word) == hidden


def test_barcodes_are_of_the_range_that_belongs_to_no_maker_and_check():
    codes = [row["gtin"] for row in listings(Market(Random(1)), 60) if row["gtin"]]
    assert codes
    for code in codes:
        assert code.startswith("20")
        assert sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(code)) % 10 == 0

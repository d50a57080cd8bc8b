"""Histories: no line knows its own result while a model is trained, and what was never seen is average."""

from __future__ import annotations

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

from mapae.measures.consignments.columns import HISTORIES, NUMBERS, frame, labels
from mapae.measures.consignments.histories import Histories
from mapae.measures.consignments.reasons import Reasons
from mapae.model.records import KINDS

SELLER = HISTORIES.index(("seller_id",))


def lines(*rows: dict[str, str]) -> pl.DataFrame:
    base = {
        "consignment_id": "1",
        "date": "2025-03-03",
        "net_mass": "2",
        "item_price": "1,000",
        "tax_rate": "8",
    }
    records = pa.RecordBatch.from_pylist([base | row for row in rows], schema=KINDS["consignment"].schema)
    return frame(records).hstack(labels(records))


def seen(seller: str, fraud: int, critical: int = 0) -> dict[str, str]:
    return {"seller_id": seller, "extra": f'{{"Fraud": {fraud}, "Critical Fraud": {critical}}}'}


def test_counts_are_told_by_combination() -> None:
    known = lines(seen("a", 1), seen(" A ", 1, 2), seen("b", 0))
    histories = Histories.learn(known)
    rows = histories.rows(lines({"seller_id": "A"}, {"seller_id": "never"}))[SELLER]
    read = histories.encoded[SELLER]
    assert read.count[rows].tolist() == [2, 0]
    assert read.found[rows].tolist() == [2, 0]
    assert read.fraud[rows[1]] == pytest.approx(2 / 3)


def test_while_training_a_line_does_not_know_its_own_result() -> None:
    known = lines(*(seen(f"s{number}", number % 2) for number in range(10)))
    histories = Histories.learn(known)
    read = histories.read_apart(known, np.arange(10) % 5)
    assert read.count[:, SELLER].tolist() == [0] * 10
    assert np.allclose(read.fraud[:, SELLER], histories.fraud)


def test_numbers_and_ids_are_read_as_sources_write_them() -> None:
    read = lines({"hs6_code": "640411", "importer_id": " q1 "}).row(0, named=True)
    assert (read["hs4"], read["hs2"], read["importer_id"], read["item_price"]) == (
        "6404",
        "64",
        "Q1",
        "1000.0",
    )
    assert read["log_price"] == pytest.approx(np.log1p(1000)) and read["weekday"] == 1


@pytest.mark.parametrize("mass", ["?", "NaN", "inf", "-inf"])
def test_a_line_without_numbers_and_day_is_still_read(mass: str) -> None:
    read = lines({"net_mass": mass, "item_price": "", "tax_rate": "", "date": "soon"}).row(0, named=True)
    assert read["day"] is None and all(np.isfinite(read[name]) for name in NUMBERS)


@pytest.mark.parametrize(
    ("extra", "fraud", "critical"),
    [
        ('{"Fraud": "1", "Critical Fraud": "2"}', 1, 1),
        ('{"fraud": 1, "critical_fraud": 1}', 1, 0),
        ('{"Critical Fraud": 2}', 1, 1),
        ('{"Fraud": 0}', 0, None),
        ("{}", None, None),
    ],
)
def test_results_are_read_under_their_names(extra: str, fraud: int | None, critical: int | None) -> None:
    assert lines({"extra": extra}).select("fraud", "critical").row(0) == (fraud, critical)


def test_codes_that_went_through_columns_of_numbers_are_the_same_codes() -> None:
    as_text = {"hs6_code": ["030399", "0303991000", "640411"], "office_id": ["30", "40", "10"]}
    as_numbers = {"hs6_code": ["30399", "303991000.0", "640411.0"], "office_id": ["30.0", "40", "10.0"]}
    schema = KINDS["consignment"].schema
    usual = {name: [None] * 3 for name in schema.names}
    one, two = (
        frame(pa.RecordBatch.from_pydict(usual | columns, schema=schema)) for columns in (as_text, as_numbers)
    )
    assert one.equals(two)
    assert one["hs2"].to_list() == ["03", "03", "64"]


def test_a_single_find_of_a_single_inspection_is_a_reason() -> None:
    schema = KINDS["consignment"].schema
    usual = {name: [None] * 5 for name in schema.names}
    lines = frame(
        pa.RecordBatch.from_pydict(usual | {"item_price": ["19,900", "1", "2", "3", "4"]}, schema=schema)
    )
    known = lines.with_columns(
        pl.Series("fraud", [1.0, 0.0, 0.0, 0.0, 0.0]), pl.Series("critical", [0.0] * 5)
    )
    histories = Histories.learn(known)
    told = Reasons.of(histories).told(histories.rows(lines))
    assert told[0].to_list() == ["item_price 19900.0: 1 of 1 lines inspected before were found"]
    assert told[1].to_list() == []


def test_lines_of_which_nothing_was_seen_have_no_reason() -> None:
    histories = Histories.learn(lines(seen("a", 1), seen("b", 0)))
    never = {name: "x" for names in HISTORIES for name in names if not name.startswith(("hs", "net", "item"))}
    unseen = lines(never | {"hs6_code": "999999", "net_mass": "5", "item_price": "7"})
    assert Reasons.of(histories).told(histories.rows(unseen)).to_list() == [[]]

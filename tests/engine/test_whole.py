"""Checks that judge all records together: their findings, tables and faults stand beside those of single records."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mapae.app.context import make_context
from mapae.app.inputs import open_inputs
from mapae.app.screen import Request, finish, make_job
from mapae.contract import Check, Context, Fault, Records, Whole, titled
from mapae.engine import run_local
from mapae.model.finding import Finding, Reason
from tests.engine.sample import REPLICA_CHECK, WORDS_CHECK


def crowded(records: Records, context: Context) -> Whole:
    """A finding for every seller with two listings or more; a listing without a price is a fault."""
    sellers: Counter[str] = Counter()
    faults: list[Fault] = []
    row = 0
    for batch in records():
        sellers.update(batch.column("seller_id").to_pylist())
        for price in batch.column("price").to_pylist():
            faults += [Fault(row, "price", "no price")] if price is None else []
            row += 1
    findings = [
        Finding("sample.crowded", "sample", "seller", seller, "", "low", 1.0, "",
                (Reason("seller_id", 0, 0, "", str(count), "Listings of this seller."),))
        for seller, count in sorted(sellers.items()) if count > 1
    ]  # fmt: skip
    table = pa.table({"seller": list(sellers), "listings": list(sellers.values())})
    named = titled(
        table, {"en": "Sellers", "ko": "판매자"}, {"listings": {"en": "Listings <n>", "ko": "상품 수"}}
    )
    return Whole(findings, {"sellers": named}, faults)


CROWDED = Check("sample.crowded", "sample", ("listing",), whole=crowded)


def screened(folder: Path, *checks: Check):
    (folder / "a.csv").write_text("listing_id,seller_id,title,price\na,s1,replica bag,1\nb,s2,lamp,\n")
    (folder / "b.csv").write_text("listing_id,seller_id,title,price\nc,s1,lamp,3\nd,s3,dragon,\n")
    request = Request((folder / "a.csv", folder / "b.csv"), folder / "out", date(2026, 11, 24), "listing")
    inputs = open_inputs(request.inputs, kind="listing", columns={})
    job = make_job(request, inputs, checks, make_context("kr", request.as_of, "none"))
    job = replace(job, cache=folder / "cache")
    outcome = run_local(job)
    return outcome, job, inputs, request


def test_its_findings_come_after_those_of_single_records(tmp_path):
    screened(tmp_path, WORDS_CHECK, CROWDED)
    found = pq.read_table(tmp_path / "out" / "findings.parquet")
    assert found["check"].to_pylist() == ["sample.words", "sample.words", "sample.crowded"]
    assert found["subject_id"].to_pylist() == ["a", "d", "s1"]


def test_its_table_is_written_and_titled_and_stands_in_manifest_and_report(tmp_path):
    outcome, job, inputs, request = screened(tmp_path, WORDS_CHECK, CROWDED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mapae.app.screen.cards", lambda _: {})
        result = finish(job, outcome, inputs, request, seconds=1)
    assert result.manifest["tables"] == ["sellers.parquet"]
    assert pq.read_table(tmp_path / "out" / "sellers.parquet")["listings"].to_pylist() == [2, 1, 1]
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "판매자" in page and "Listings &lt;n&gt;" in page


def test_a_record_it_sets_aside_is_a_reject_of_its_file_with_its_place(tmp_path):
    outcome, *_ = screened(tmp_path, CROWDED)
    assert (outcome.rows, outcome.rejected) == ((1, 1), (1, 1))
    assert [(Path(each["input"]).name, each["record"], each["line"]) for each in outcome.rejects()] == [
        ("a.csv", 2, 3),
        ("b.csv", 2, 3),
    ]
    assert json.dumps(list(outcome.rejects())).count("no price") == 2


def test_an_interrupted_run_judges_again_and_comes_to_the_same(tmp_path):
    screened(tmp_path, WORDS_CHECK, REPLICA_CHECK, CROWDED)
    first = pq.read_table(tmp_path / "out" / "findings.parquet")
    outcome, *_ = screened(tmp_path, WORDS_CHECK, REPLICA_CHECK, CROWDED)
    assert outcome.state == "continued"
    assert outcome.rows == (1, 1)
    assert pq.read_table(tmp_path / "out" / "findings.parquet").equals(first)


def test_a_check_on_trial_marks_what_it_finds(tmp_path):
    screened(tmp_path, replace(CROWDED, shadow=True))
    assert pq.read_table(tmp_path / "out" / "findings.parquet")["shadow"].to_pylist() == [True]

"""The run on one machine: same findings however it is cut, and parts that survive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from mapae.app.context import make_context
from mapae.engine import Job, feed, run_local
from tests.engine.sample import CHECKS, LISTING, SampleFeed


def make_job(out: Path, **changes: object) -> Job:
    context = make_context("kr", date(2026, 11, 24), "none")
    job = Job(
        LISTING, CHECKS, context, (SampleFeed(1000),), ({"path": "sample", "sha256": "0"},), "none", out,
        cache=out.parent / "cache",
    )  # fmt: skip
    return replace(job, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory):
    out = tmp_path_factory.mktemp("reference") / "out"
    outcome = run_local(make_job(out))
    return pq.read_table(out / "findings.parquet"), outcome


@pytest.mark.parametrize(
    ("changes", "rows"),
    [
        ({"feeds": (SampleFeed(1000, step=7),)}, 64),
        ({"feeds": (SampleFeed(1000, step=1000),)}, 23),
        ({"feeds": (SampleFeed(1000, step=130, sliced=True),)}, 65_536),
        ({"workers": 2}, 100),
        ({"workers": 2, "feeds": (SampleFeed(1000, step=90, sliced=True),)}, 65_536),
    ],
)
def test_findings_are_the_same_for_any_batch_size_and_any_number_of_workers(
    reference, tmp_path, monkeypatch, changes, rows
):
    monkeypatch.setattr(feed, "BATCH_ROWS", rows)
    run_local(make_job(tmp_path / "out", **changes))
    assert pq.read_table(tmp_path / "out" / "findings.parquet").equals(reference[0])


@pytest.mark.parametrize("sliced", [False, True])
def test_findings_are_the_same_for_strips_of_any_size(reference, tmp_path, monkeypatch, sliced):
    monkeypatch.setattr(feed, "STRIP_ROWS", 17)
    run_local(make_job(tmp_path / "out", feeds=(SampleFeed(1000, step=130, sliced=sliced),)))
    assert pq.read_table(tmp_path / "out" / "findings.parquet").equals(reference[0])


def test_findings_stand_in_input_order_and_each_id_occurs_once(reference):
    table, _ = reference
    ids = table["finding_id"].to_pylist()
    assert len(ids) == len(set(ids))
    numbers = [int(key[1:]) for key in table["subject_id"].to_pylist()]
    assert numbers == sorted(numbers)
    assert len(numbers) > 150


def test_a_record_whose_id_came_before_keeps_its_id_and_has_its_own_findings(tmp_path):
    job = make_job(tmp_path / "out", feeds=(SampleFeed(100),))
    run_local(job)
    table = pq.read_table(tmp_path / "out" / "findings.parquet")
    rows = [row for row in table.to_pylist() if row["subject_id"] == "L48"]
    assert {row["subject_title"] for row in rows} == {"Nice replica number 49"}  # which carries the id of 48
    assert all("\x1e" not in key for key in table["subject_id"].to_pylist())


def test_findings_carry_what_the_record_says_of_operator_seller_and_title(reference):
    row = reference[0].slice(0, 1).to_pylist()[0]
    assert (row["operator"], row["seller_id"], row["subject_title"]) == (
        "Lumibay",
        "S1",
        "Nice dragon number 0",
    )


def test_findings_of_a_check_on_trial_are_written_but_not_counted(reference):
    table, outcome = reference
    shadow = sum(table["shadow"].to_pylist())
    assert shadow == sum(outcome.merged.shadow.values()) > 0
    assert sum(outcome.merged.counts.values()) == table.num_rows - shadow
    assert all(not row["shadow"] for row in outcome.merged.top)


def test_rows_and_rejects_come_back_by_input(tmp_path):
    feeds = (SampleFeed(30, name="a"), SampleFeed(20, name="b"))
    outcome = run_local(make_job(tmp_path / "out", feeds=feeds))
    assert outcome.rows == (30, 20)
    assert outcome.rejected == (1, 1)
    assert [item["input"] for item in outcome.rejects()] == ["a", "b"]


def test_an_interrupted_run_uses_its_finished_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(feed, "BATCH_ROWS", 100)
    job = make_job(tmp_path / "out")
    first = run_local(job)
    kept = first.journal.path(3).stat().st_mtime_ns
    first.journal.path(5).unlink()
    second = run_local(job)
    assert second.state == "continued"
    assert first.journal.path(3).stat().st_mtime_ns == kept
    assert first.journal.path(5).exists()


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"inputs": ({"path": "sample", "sha256": "1"},)}, "input"),
        ({"lists_hash": "other"}, "lists"),
        ({"checks": CHECKS[:1]}, "checks"),
    ],
)
def test_a_run_of_anything_else_begins_anew_and_says_what_changed(tmp_path, changes, word):
    run_local(make_job(tmp_path / "out"))
    assert run_local(make_job(tmp_path / "out", **changes)).state == word


def test_a_part_that_was_cut_short_is_done_again(tmp_path, reference):
    job = make_job(tmp_path / "out")
    outcome = run_local(job)
    outcome.journal.path(0).write_bytes(b"PAR1 broken")
    run_local(job)
    assert pq.read_table(tmp_path / "out" / "findings.parquet").equals(reference[0])

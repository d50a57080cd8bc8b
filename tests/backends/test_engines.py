"""One suite for every engine: the same findings, ids and order."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from mapae.engine import feed, run_local
from tests.engine.sample import ManyListings, SampleFeed
from tests.engine.test_local import make_job

ROOT = Path(__file__).resolve().parents[2]
ABSENT = [
    name
    for name, there in (("PySpark", importlib.util.find_spec("pyspark")), ("Java", shutil.which("java")))
    if not there
]


def run_spark(job):
    from mapae.engine.spark import run_spark as run

    return run(job)


ENGINES = {"one process": (run_local, 1), "two processes": (run_local, 2), "spark": (run_spark, 2)}


@pytest.fixture(
    params=[
        "one process",
        "two processes",
        pytest.param(
            "spark", marks=[pytest.mark.spark, pytest.mark.skipif(bool(ABSENT), reason=f"no {ABSENT}")]
        ),
    ]
)
def engine(request, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # executors import the sample checks from here
    return ENGINES[request.param]


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    out = tmp_path_factory.mktemp("expected") / "out"
    outcome = run_local(make_job(out, feeds=(SampleFeed(700, name="a"), SampleFeed(300, name="b"))))
    return pq.read_table(out / "findings.parquet"), outcome


@pytest.mark.parametrize("sliced", [False, True], ids=["one of two in parts", "both in parts"])
def test_every_engine_gives_the_same_findings_in_the_same_order(engine, sliced, expected, tmp_path):
    run, workers = engine
    feeds = (
        SampleFeed(700, step=33, sliced=sliced, name="a"),
        SampleFeed(300, step=50, sliced=True, name="b"),
    )
    outcome = run(make_job(tmp_path / "out", feeds=feeds, workers=workers, keep_records=True))
    table, reference = expected
    assert pq.read_table(tmp_path / "out" / "findings.parquet").equals(table)
    assert outcome.rows == reference.rows
    assert outcome.merged == reference.merged
    assert list(outcome.rejects()) == list(reference.rejects())
    assert pq.read_table(tmp_path / "out" / "records.parquet").num_rows == 1000


def test_every_engine_bears_an_input_without_rows(engine, tmp_path):
    run, workers = engine
    outcome = run(make_job(tmp_path / "out", feeds=(SampleFeed(0),), workers=workers))
    assert outcome.rows == (0,)
    assert pq.read_table(tmp_path / "out" / "findings.parquet").num_rows == 0


def test_every_engine_goes_on_with_the_parts_that_are_there(engine, expected, tmp_path):
    run, workers = engine
    feeds = tuple(SampleFeed(n, step=50, sliced=True, name=name) for n, name in ((700, "a"), (300, "b")))
    job = make_job(tmp_path / "out", feeds=feeds, workers=workers)
    first = run(job)
    for number in (0, 3, 19):
        first.journal.path(number).unlink()
    kept = {path: path.stat().st_mtime_ns for path in first.journal.folder.glob("part-*.parquet")}
    second = run(job)
    assert second.state == "continued"
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert pq.read_table(tmp_path / "out" / "findings.parquet").equals(expected[0])


@pytest.mark.no_cover
@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_ids_of_200_000_listings_are_the_same_on_every_engine_and_for_any_batch_size(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    feeds = (ManyListings(200_000),)
    runs = [(run_local, 1, 65_536), (run_local, 1, 9_973), (run_local, 2, 65_536)]
    runs += [] if ABSENT else [(run_spark, 2, 65_536)]
    tables = []
    for number, (run, workers, rows) in enumerate(runs):
        monkeypatch.setattr(feed, "BATCH_ROWS", rows)
        run(make_job(tmp_path / str(number) / "out", feeds=feeds, workers=workers))
        tables.append(pq.read_table(tmp_path / str(number) / "out" / "findings.parquet"))
    assert tables[0].num_rows > 20_000
    assert all(table.equals(tables[0]) for table in tables[1:])
    assert len(set(tables[0]["finding_id"].to_pylist())) == tables[0].num_rows
    if ABSENT:
        pytest.skip(f"no {ABSENT}: compared without Spark")

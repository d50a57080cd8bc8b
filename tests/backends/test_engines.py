"""One suite for every engine: the same findings, ids and order."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from mapae.engine import run_local
from tests.engine.sample import SampleFeed
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


def test_every_engine_gives_the_same_findings_in_the_same_order(engine, expected, tmp_path):
    run, workers = engine
    feeds = (SampleFeed(700, step=33, name="a"), SampleFeed(300, step=50, sliced=True, name="b"))
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

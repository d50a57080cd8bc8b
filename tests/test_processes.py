"""The server of workers starts once, and pandas stays out of the processes that are ours."""

from __future__ import annotations

import os
import subprocess
import sys

from mapae.cli import begin as beginning
from mapae.processes import single_threads, workers_context


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_arrow_loads_no_pandas_after_it_was_told():
    code = "import sys, pyarrow as pa; {}; pa.array(['a']); print('pandas' in sys.modules)"
    assert python(code.format("from mapae.processes import without_pandas; without_pandas()")) == "False"


def test_warming_runs_every_common_kernel():
    code = "from mapae.engine.warm import warm; print(warm())"
    assert int(python(code)) >= 3


def test_a_large_screening_starts_the_server_and_a_small_one_does_not(tmp_path, monkeypatch):
    started: list[object] = []
    monkeypatch.setattr(beginning, "start", started.append)
    monkeypatch.setattr(beginning, "without_pandas", lambda: None)
    monkeypatch.setattr(beginning, "worker_count", lambda: 2)
    (tmp_path / "small.csv").write_bytes(b"x" * 10)
    (tmp_path / "large.csv").write_bytes(b"x" * 9_000_000)
    beginning.begin(["screen", str(tmp_path / "small.csv"), "--out", "nowhere"])
    beginning.begin(["law", "show", str(tmp_path / "large.csv")])
    assert not started
    beginning.begin(["screen", str(tmp_path / "large.csv")])
    assert len(started) == 1


def test_threads_are_single_only_while_asked(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("NUMBA_NUM_THREADS", raising=False)
    with single_threads():
        assert os.environ["OMP_NUM_THREADS"] == os.environ["NUMBA_NUM_THREADS"] == "1"
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "NUMBA_NUM_THREADS" not in os.environ


def test_workers_are_never_forked_from_the_parent():
    assert workers_context().get_start_method() in ("forkserver", "spawn")

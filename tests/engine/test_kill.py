"""A run that is killed again and again ends like one that was left alone."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).resolve().parents[2]


def start(out: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.engine.killable", str(out)], cwd=ROOT)


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(item) for item in path.read_text().split()] if path.exists() else []


def alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_for_parts(out: Path, process: subprocess.Popen[bytes], count: int) -> None:
    """Until `count` parts are there or the run has ended."""
    for _ in range(2000):
        if process.poll() is not None or len(list((out / ".parts").glob("part-*.parquet"))) >= count:
            return
        time.sleep(0.01)


@pytest.mark.slow
def test_a_run_killed_at_ten_random_points_ends_with_the_same_findings(tmp_path):
    undisturbed = tmp_path / "undisturbed" / "out"
    assert start(undisturbed).wait() == 0
    points = sorted(random.Random(7).sample(range(1, 30), 10))
    out = tmp_path / "killed" / "out"
    orphans: list[int] = []
    killed = 0
    for point in points:
        process = start(out)
        wait_for_parts(out, process, point)
        time.sleep(random.Random(point).random() * 0.05)
        orphans += children(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
    assert killed >= 8  # the run may reach its end before the last kill
    assert start(out).wait() == 0
    assert pq.read_table(out / "findings.parquet").equals(pq.read_table(undisturbed / "findings.parquet"))
    for _ in range(200):
        if not any(alive(pid) for pid in orphans):
            break
        time.sleep(0.05)
    assert not [pid for pid in orphans if alive(pid)], "workers outlived a parent that was killed"

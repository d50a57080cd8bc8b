"""A run that is killed again and again ends like one that was left alone."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0  # seconds; a busy machine takes long to start Python, and nothing here waits in vain


def start(out: Path, *halt: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.engine.killable", str(out), *halt], cwd=ROOT)


def wait_until(true: Callable[[], bool]) -> bool:
    """Whether it came true in time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.01)
    return False


def parts(out: Path) -> int:
    return len(list((out / ".parts").glob("part-*.parquet")))


def workers(pid: int) -> list[psutil.Process]:
    """All processes under the run's; each remembers when it began, so that another with its number is none of them."""
    return psutil.Process(pid).children(recursive=True)


@pytest.mark.slow
def test_a_run_killed_at_ten_random_points_ends_with_the_same_findings(tmp_path):
    undisturbed = tmp_path / "undisturbed" / "out"
    assert start(undisturbed).wait() == 0
    out = tmp_path / "killed" / "out"
    orphans: list[psutil.Process] = []
    for point in sorted(random.Random(7).sample(range(3, 28), 10)):
        process = start(out, str(point))
        # two pieces may be at the workers when the feed stops: the kill finds some done, some under way
        assert wait_until(lambda least=point - 2: parts(out) >= least), f"no {point - 2} parts came"
        time.sleep(random.Random(point).random() * 0.05)
        orphans += workers(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert start(out).wait() == 0
    assert pq.read_table(out / "findings.parquet").equals(pq.read_table(undisturbed / "findings.parquet"))
    assert orphans
    assert wait_until(lambda: not any(map(alive, orphans))), "workers outlived a parent that was killed"


def alive(process: psutil.Process) -> bool:
    """Whether it still runs; one that has ended and waits to be counted does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False

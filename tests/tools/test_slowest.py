"""Which tests took the most of the processor is told at the end of the whole check."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools.slowest import slowest

ROOT = Path(__file__).resolve().parents[2]
_TESTS = """
import pytest

@pytest.fixture(scope="module")
def made():
    return sum(range(3_000_000))

def test_first(made): ...
def test_second(made): ...
"""


def test_the_costliest_come_first_and_all_are_counted() -> None:
    lines = ["0.500\ta::one\n", "12.250\tb::two\n", "3.000\tc::three\n"]
    assert slowest(lines, most=2) == [
        "3 tests took 16 s of the processor, most of it:",
        "    12.2 s  b::two",
        "     3.0 s  c::three",
    ]


def test_runs_that_follow_each_other_are_told_together_before_the_count(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(_TESTS, "utf-8")
    kept = tmp_path / "kept.tsv"
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "COV_"))}
    env = {
        **clean,
        "MAPAE_SLOWEST": str(kept),
        "PYTHONPATH": str(ROOT),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tools.slowest",
        "-p",
        "no:cacheprovider",
        "test_it.py",
    ]
    for tests in (2, 4):
        said = subprocess.run(
            command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True
        ).stdout
        assert f"{tests} tests took" in said.partition("2 passed")[0]
    first, second = kept.read_text("utf-8").splitlines()[:2]
    assert first.endswith("::test_first") and float(first.split("\t")[0]) > float(second.split("\t")[0])

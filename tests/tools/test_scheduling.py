"""With workers, a file's tests run in one of them, and those marked `apart` in any."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SIX = """
import time
import pytest
{mark}

@pytest.mark.parametrize("number", range(6))
def test_it(number):
    time.sleep(0.02)
"""


def test_a_file_is_one_workers_unless_its_tests_are_apart(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = apart: any worker may take it\n", "utf-8")
    for name, mark in (("one", ""), ("two", ""), ("three", ""), ("apart", "pytestmark = pytest.mark.apart")):
        (tmp_path / f"test_{name}.py").write_text(_SIX.format(mark=mark), "utf-8")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "COV_"))}
    env = {**clean, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    plugins = [word for name in ("xdist", "tools.scheduling", "no:cacheprovider") for word in ("-p", name)]
    command = [sys.executable, "-m", "pytest", "-v", "-n", "2", *plugins]
    said = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True).stdout
    workers = defaultdict(list)
    for worker, file in re.findall(r"^\[(gw\d)\].*PASSED test_(\w+)\.py::", said, re.MULTILINE):
        workers[file].append(worker)
    assert {file: len(took) for file, took in workers.items()} == dict.fromkeys(
        ("one", "two", "three", "apart"), 6
    )
    assert all(len(set(workers[file])) == 1 for file in ("one", "two", "three")), workers
    assert len(set(workers["apart"])) == 2  # collected first, so that either worker begins with one of them

"""MAPAE_REQUIRE=all: a skipped test is a failure, unless the data it wants is not in the repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"
SKIPS = {
    "a skipped test": "import pytest\n\ndef test_a():\n    pytest.skip('no Chromium')\n",
    "a marked test": "import pytest\n\n@pytest.mark.skipif(True, reason='no Java')\ndef test_a():\n    pass\n",
    "a skipped file": "import pytest\n\npytest.importorskip('no_such_module')\n\ndef test_a():\n    pass\n",
    "data outside": "def test_a(shared):\n    pass\n",
}


def _outcome(folder: Path, text: str, require: str) -> str:
    """The last line of pytest on one file beside a copy of our conftest, with no ../shared near."""
    tests = folder / "project" / "tests"
    tests.mkdir(parents=True)
    shutil.copy(CONFTEST, tests / "conftest.py")
    (tests / "test_a.py").write_text(text, "utf-8")
    env = {key: value for key, value in os.environ.items() if not key.startswith(("COV_", "PYTEST_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "tests"],
        cwd=tests.parent,
        env=env | {"MAPAE_REQUIRE": require},
        capture_output=True,
        text=True,
    )
    return done.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize("what", ["a skipped test", "a marked test", "a skipped file"])
def test_a_skip_fails_where_all_is_required_and_only_there(tmp_path, what):
    assert "1 skipped" in _outcome(tmp_path / "free", SKIPS[what], "")
    last = _outcome(tmp_path / "strict", SKIPS[what], "all")
    assert "skipped" not in last
    assert "1 failed" in last or "1 error" in last


def test_data_that_is_not_in_the_repository_may_be_absent(tmp_path):
    assert "1 skipped" in _outcome(tmp_path, SKIPS["data outside"], "all")

"""MAPAE_REQUIRE=all: a skipped test is a failure, unless the data it wants is not in the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"
SKIPS = {
    "test_a": "import pytest\n\ndef test_a():\n    pytest.skip('no Chromium')\n",
    "test_marked": "import pytest\n\n@pytest.mark.skipif(True, reason='no Java')\ndef test_a():\n    pass\n",
    "test_file": "import pytest\n\npytest.importorskip('no_such_module')\n\ndef test_a():\n    pass\n",
    "test_outside": "def test_a(shared):\n    pass\n",
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What became of each file beside a copy of our conftest, with no ../shared near: free, and where all is required."""
    tests = tmp_path_factory.mktemp("skips") / "project" / "tests"
    tests.mkdir(parents=True)
    shutil.copy(CONFTEST, tests / "conftest.py")
    for name, text in SKIPS.items():
        (tests / f"{name}.py").write_text(text, "utf-8")
    return {require: _outcomes(tests, require) for require in ("", "all")}


def _outcomes(tests: Path, require: str) -> dict[str, str]:
    """File → SKIPPED, FAILED or ERROR, by pytest's own summary; without plugins, which would only take time."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("COV_", "PYTEST_"))}
    env |= {"MAPAE_REQUIRE": require, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    words = ["-q", "-rsfE", "--no-fold-skipped", "-p", "no:cacheprovider", "--continue-on-collection-errors"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, "-c", os.devnull, "tests"],
        cwd=tests.parent,
        env=env,
        capture_output=True,
        text=True,
    )
    lines = re.findall(r"^(SKIPPED|FAILED|ERROR) .*?\b(test_\w+)\.py", done.stdout, re.MULTILINE)
    return {name: what for what, name in lines}


@pytest.mark.parametrize("name", ["test_a", "test_marked", "test_file"])
def test_a_skip_fails_where_all_is_required_and_only_there(outcomes, name):
    assert outcomes[""][name] == "SKIPPED"
    assert outcomes["all"][name] in ("FAILED", "ERROR")


def test_data_that_is_not_in_the_repository_may_be_absent(outcomes):
    assert outcomes[""]["test_outside"] == outcomes["all"]["test_outside"] == "SKIPPED"

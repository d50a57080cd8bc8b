"""What a command starts before anything heavy: options are looked for as users write them, and nothing is decided yet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mapae.cli.begin import _value

MAPAE = str(Path(sys.executable).with_name("mapae"))


@pytest.mark.parametrize(
    "words", [["--engine", "spark"], ["--engine=spark"], ["--json", "--engine", "spark", "--top", "3"]]
)
def test_an_option_is_read_beside_it_or_after_its_equals_sign(words: list[str]) -> None:
    assert _value(["screen", "a.csv", *words], "--engine") == "spark"


@pytest.mark.parametrize("words", [[], ["--engine"], ["--engine="], ["spark"]])
def test_an_option_that_is_not_given_or_empty_is_nothing(words: list[str]) -> None:
    assert _value(["screen", "a.csv", *words], "--engine") == ""


@pytest.mark.parametrize(
    ("words", "told"), [(["a.csv", "--workers", "many"], "--workers"), (["not-there.csv"], "not-there.csv")]
)
def test_a_mistake_is_told_without_starting_spark(words: list[str], told: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("listing_id,title\na,lamp\n")
    command = [MAPAE, "screen", "--engine", "spark", *words]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 2
    assert told in run.stderr
    assert "log4j" not in run.stderr

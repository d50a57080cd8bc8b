"""The bench replaces one section at a time, keeps what could not be measured again, and every topic stands in the guide."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

from bench import _harness
from bench._harness import topics

GUIDE = Path(_harness.__file__).with_name("README.md")


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "RESULTS.md"
    monkeypatch.setattr(_harness, "RESULTS", place)
    return place


def _measured(speed: float, title: str = "Speed") -> dict[str, Any]:
    return {"title": title, "intro": "", "rows": [["a row", {"rows/s": speed}, ""]]}


def test_every_topic_is_in_the_guide() -> None:
    named = re.findall(r"^\| `([a-z_]+)` \|", GUIDE.read_text("utf-8"), re.MULTILINE)
    assert set(topics()) - set(named) == set()


def test_every_topic_says_what_it_is_and_can_be_run() -> None:
    for name in topics():
        spec = importlib.util.find_spec(f"bench.{name}")
        assert spec is not None
        text = Path(str(spec.origin)).read_text("utf-8")
        assert re.search(r"^TITLE = ", text, re.MULTILINE), name
        assert re.search(r"^def main\(\) -> list\[Row\]:", text, re.MULTILINE), name


def test_a_section_is_replaced_and_the_others_stay(results: Path) -> None:
    _harness._write("one", _measured(7.25))
    _harness._write("two", _measured(2.5, "Other"))
    _harness._write("one", _measured(3.5))
    text = results.read_text("utf-8")
    assert "3.5" in text
    assert "7.25" not in text
    assert "2.5" in text
    assert text.count("<!-- topic one -->") == 1


def test_what_is_not_there_is_said_once_and_the_last_figures_stay(results: Path) -> None:
    _harness._write("one", _measured(7.25))
    for reason in ("no peer", "no data"):
        _harness._write("one", {"absent": reason})
    text = results.read_text("utf-8")
    assert "7.25" in text
    assert "*Not measured this time: no data*" in text
    assert "no peer" not in text


def test_an_unknown_topic_is_refused_and_nothing_is_written(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _harness.run(["no_such"]) == 2
    assert "names" in capsys.readouterr().err
    assert not results.exists()

"""`mapae images` by use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mapae.cli.main import app
from tests.detect.pictures.drawn import drawn

RUN = CliRunner()


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for seed in range(3):
        drawn(seed, 320, 240).save(folder / f"{seed}.jpg")
    return folder


def test_it_says_what_was_indexed_and_what_was_found(photos: Path, tmp_path: Path) -> None:
    made = RUN.invoke(app, ["images", "index", str(photos), "--out", str(tmp_path / "bank"), "--bank", "own"])
    assert made.exit_code == 0, made.output
    assert "3 indexed (own 3), 3 different hashes" in made.stdout
    (photos / "broken.png").write_text("?")
    asked = [
        "images",
        "match",
        str(photos),
        "--index",
        str(tmp_path / "bank"),
        "--out",
        str(tmp_path / "found"),
    ]
    found = RUN.invoke(app, asked)
    assert found.exit_code == 3, found.output
    assert "matches: own 3" in found.stdout and "left out: 1" in found.stdout
    told = RUN.invoke(app, [*asked, "--json", "--radius", "0", "--no-turns"])
    assert json.loads(told.stdout)["matches"] == {"fakes": 0, "own": 3, "negative": 0}


def test_a_folder_that_is_no_index_is_bad_use(photos: Path, tmp_path: Path) -> None:
    result = RUN.invoke(app, ["images", "match", str(photos), "--index", str(tmp_path)])
    assert result.exit_code != 0 and "no index of pictures" in str(result.exception)

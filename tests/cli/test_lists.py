"""`mapae lists` from the command line: what it prints, in which language, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mapae.cli import lists_words
from mapae.cli.main import app
from mapae.errors import ListError, UsageError
from mapae.sources.agencies import source_names
from tools.list_sources import list_sources


@pytest.fixture(autouse=True)
def own_home(monkeypatch, tmp_path):
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(lists_words, "language", lambda: "en")


@pytest.fixture
def terms(tmp_path) -> Path:
    path = tmp_path / "terms.csv"
    path.write_text("term,severity\nglimmer,low\nlantern,high\n", "utf-8")
    return path


def call(*arguments: object):
    return CliRunner().invoke(app, ["lists", *map(str, arguments)])


def test_an_import_says_what_is_new_and_what_to_do_next(tmp_path, terms):
    result = call("import", "csv", terms, "--list", "terms", "--lists", tmp_path / "s", "--day", "2026-11-24")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "terms/csv: 2 entries in use (2 new, 0 changed, 0 gone)",
        "next: mapae rescreen LAKE --since 2026-11-24",
    ]
    again = call("import", "csv", terms, "--list", "terms", "--lists", tmp_path / "s")
    assert again.stdout.strip() == "terms/csv: nothing new, 2 entries stay in use"


def test_rejected_rows_end_with_three_and_name_their_file(tmp_path):
    path = tmp_path / "terms.csv"
    path.write_text("term,severity\nglimmer,low\n,high\n", "utf-8")
    result = call("import", "csv", path, "--list", "terms", "--lists", tmp_path / "s")
    assert result.exit_code == 3
    assert "1 rows could not be read" in result.stdout
    assert "rejects.jsonl" in result.stdout


def test_json_tells_all_of_it(tmp_path, terms):
    result = call("import", "csv", terms, "--list", "terms", "--lists", tmp_path / "s", "--json")
    told = json.loads(result.stdout)
    assert (told["list"], told["rows"], told["added"], told["rejected"], told["fresh"]) == (
        "terms",
        2,
        2,
        0,
        True,
    )
    assert Path(told["file"]).is_file()
    shown = json.loads(call("show", "--lists", tmp_path / "s", "--json").stdout)
    (own,) = [item for item in shown if item["imported"]]
    assert (own["list"], own["source"], own["rows"], own["added"]) == ("terms", "csv", 2, 2)


def test_show_has_a_row_a_source_and_says_how_to_begin_where_there_is_none(tmp_path, terms):
    empty = call("show", "--lists", "none")
    assert empty.exit_code == 0
    assert "mapae lists import SOURCE FILE" in empty.stdout
    call("import", "csv", terms, "--list", "terms", "--lists", tmp_path / "s", "--day", "2026-11-24")
    result = call("show", "--lists", tmp_path / "s", "--since", "2026-11-25")
    line = next(line for line in result.stdout.splitlines() if line.startswith("terms"))
    assert line.split()[:5] == ["terms", "csv", "2026-11-24", "2", "0"]
    assert "Nothing has been imported" not in result.stdout


def test_a_korean_reader_is_answered_in_korean(tmp_path, terms, monkeypatch):
    monkeypatch.setattr(lists_words, "language", lambda: "ko")
    result = call("import", "csv", terms, "--list", "terms", "--lists", tmp_path / "s")
    assert "사용 중 2건" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("import", "nothing", "x.csv"), UsageError, "no source 'nothing'"),
        (("import", "csv", "x.csv"), UsageError, "say which"),
        (("import", "cpsc", "x", "--full", "--keep-missing"), UsageError, "whole list or a part"),
        (("import", "cpsc", "x", "--header", "AuthKey"), UsageError, "not a header"),
        (("import", "cpsc", "x", "--day", "today"), UsageError, "not a day"),
        (("show", "--lists", "/nowhere/at/all"), ListError, "no list store"),
    ],
)
def test_bad_use_is_named_with_what_would_be_right(arguments, error, words):
    result = call(*arguments)
    assert isinstance(result.exception, error)
    assert words in str(result.exception)
    assert result.exception.mend


def test_the_reference_page_is_what_the_profiles_say():
    page = (Path(__file__).parents[2] / "docs/reference/list-sources.md").read_text("utf-8")
    assert page == list_sources()
    assert all(f"## {name}\n" in page for name in source_names())

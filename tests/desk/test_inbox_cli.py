"""The commands of the inbox: import a run, score checks by officers' decisions."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import orjson
from typer.testing import CliRunner

from mapae.cli import desk, evaluate
from mapae.desk.findings.accept import accept
from mapae.desk.findings.models import Finding
from mapae.errors import UsageError
from tests.desk.findings_files import finding, write_run


def test_runs_are_imported_by_command_and_twice_is_once(world: SimpleNamespace, tmp_path: Path) -> None:
    folders = [str(write_run(tmp_path / name, [finding(1), finding(2)])) for name in "ab"]
    for _ in range(2):
        done = CliRunner().invoke(desk.app, ["import", *folders])
        assert done.exit_code == 0, done.output
    assert "2 findings are in the inbox" in done.output
    assert Finding.objects.count() == 2


def test_checks_are_scored_from_the_desk_as_table_and_as_json(world: SimpleNamespace, tmp_path: Path) -> None:
    CliRunner().invoke(desk.app, ["import", str(write_run(tmp_path / "out", [finding(1)]))])
    accept(world.sora, list(Finding.objects.all()))
    table = CliRunner().invoke(evaluate.app, ["--from-desk"])
    assert "hazardous_goods.recalls" in table.output
    assert "1/1" in table.output
    found = orjson.loads(CliRunner().invoke(evaluate.app, ["--from-desk", "--json"]).output)
    row = next(each for each in found["checks"] if each["check"] == "hazardous_goods.recalls")
    assert (row["accepted"], row["decided"], row["right"]) == (1, 1, "reviewed")


def test_evaluate_without_a_set_or_cases_says_what_to_name() -> None:
    for words, what in (([], "no set"), (["recalls"], "no cases")):
        error = CliRunner().invoke(evaluate.app, words).exception
        assert isinstance(error, UsageError)
        assert what in error.what

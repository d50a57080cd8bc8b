"""Screening from files to a folder of results, by the function and by the command."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from mapae.app.rescreen import rescreen
from mapae.app.screen import Request, screen
from mapae.catalog import table
from mapae.cli.main import app
from mapae.engine import feed
from mapae.errors import UsageError
from mapae.model.finding import FINDING_SCHEMA

CSV = "listing_id,title,platform,price\nA1,Nice dragon lamp,Lumibay,10\nA2,Plain lamp,Lumibay,12\nA3,나이키 신발,Dalmart,9\n"
DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def sample_measure(monkeypatch, tmp_path):
    monkeypatch.setitem(table.CARDS, "sample", "tests.engine.sample:CARD")
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path / "home"))


@pytest.fixture
def shop(tmp_path) -> Path:
    path = tmp_path / "shop.csv"
    path.write_text(CSV, "utf-8")
    return path


def request(tmp_path: Path, *inputs: Path, **changes: object) -> Request:
    values = {
        "inputs": inputs,
        "out": tmp_path / "out",
        "as_of": DAY,
        "measures": ("sample",),
        "lists": "none",
    }
    return Request(**(values | changes))  # type: ignore[arg-type]


def add_term(folder: Path, term: str, day: str) -> None:
    """Put a term into a list store as an import of that day does."""
    place = folder / "terms" / f"own-{day}"
    place.mkdir(parents=True)
    (place / "v1.jsonl").write_text(
        json.dumps({"id": f"term:{term}", "term": term, "added_on": day}), "utf-8"
    )
    about = {
        "list": "terms",
        "source": place.name,
        "origin": "own",
        "day": day,
        "rows": 1,
        "sha256": term,
        "file": "v1.jsonl",
    }
    (place / "meta.json").write_text(json.dumps(about), "utf-8")


def test_a_file_becomes_findings_manifest_report_and_rejects(tmp_path, shop):
    result = screen(request(tmp_path, shop))
    out = tmp_path / "out"
    assert sorted(path.name for path in out.iterdir()) == [
        "findings.parquet", "manifest.json", "rejects.jsonl", "report.html",
    ]  # fmt: skip
    findings = pq.read_table(out / "findings.parquet")
    assert findings.schema.names == FINDING_SCHEMA.names
    assert findings["subject_id"].to_pylist() == ["A1", "A3"]
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest == result.manifest
    assert {
        "inputs",
        "findings",
        "code_version",
        "pack_hash",
        "lists_hash",
        "as_of",
        "kind",
        "seconds",
    } <= set(manifest)
    assert manifest["inputs"][0] | {"sha256": "", "profile": ""} == {
        "path": str(shop), "sha256": "", "rows_read": 3, "rows_rejected": 0, "profile": "",
    }  # fmt: skip
    assert (manifest["findings"], manifest["kind"], manifest["as_of"]) == (2, "listing", "2026-11-24")


def test_the_same_input_twice_creates_nothing_new(tmp_path, shop):
    screen(request(tmp_path, shop))
    first = pq.read_table(tmp_path / "out" / "findings.parquet")
    screen(request(tmp_path, shop))
    assert pq.read_table(tmp_path / "out" / "findings.parquet").equals(first)


def test_parquet_read_by_workers_gives_what_csv_gives(tmp_path, shop, monkeypatch):
    kept = screen(request(tmp_path, shop, keep_records=True, out=tmp_path / "csv"))
    records = pq.read_table(kept.out / "records.parquet")
    pq.write_table(records, tmp_path / "shop.parquet", row_group_size=1)
    monkeypatch.setattr("mapae.engine.local._SMALL", 0)
    screen(request(tmp_path, tmp_path / "shop.parquet", workers=2))
    found, expected = (pq.read_table(folder / "findings.parquet") for folder in (tmp_path / "out", kept.out))
    assert found.equals(expected)


def test_a_file_that_cannot_be_read_is_a_reject_beside_others_that_can(tmp_path, shop):
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 and nothing more")
    result = screen(request(tmp_path, shop, broken))
    lines = [
        json.loads(line) for line in (tmp_path / "out" / "rejects.jsonl").read_text("utf-8").splitlines()
    ]
    assert [line["input"] for line in lines] == [str(broken)]
    assert result.rejected == 1
    assert result.manifest["rows_read"] == 3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"measures": ("nothing",)}, "there is no measure 'nothing'"),
        ({"measures": ("sample.nothing",)}, "there is no check 'sample.nothing'"),
        ({"kind": "fee"}, "no check of sample reads records of kind fee"),
        ({"engine": "abacus"}, "there is no engine 'abacus'"),
    ],
)
def test_bad_use_is_named_with_what_would_be_right(tmp_path, shop, changes, words):
    with pytest.raises(UsageError, match=words) as error:
        screen(request(tmp_path, shop, **changes))
    assert error.value.mend


def test_the_command_prints_the_manifest_and_ends_with_nought(tmp_path, shop):
    result = CliRunner().invoke(
        app,
        [
            "screen",
            str(shop),
            "--out",
            str(tmp_path / "out"),
            "--measure",
            "sample",
            "--lists",
            "none",
            "--json",
            "--csv",
        ],
    )
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["findings"] == 2
    assert (tmp_path / "out" / "findings.csv").read_text("utf-8-sig").count("\n") == 3


def test_the_command_ends_with_three_when_rows_were_rejected(tmp_path, shop):
    (tmp_path / "cut.parquet").write_bytes(b"PAR1")
    command = [
        "screen",
        str(shop),
        str(tmp_path / "cut.parquet"),
        "--out",
        str(tmp_path / "out"),
        "--measure",
        "sample",
    ]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 3
    assert "rejected rows" in result.stdout


def test_a_new_list_entry_is_held_against_what_was_seen_without_the_old_ones(tmp_path, shop):
    lists = tmp_path / "lists"
    add_term(lists, "dragon", "2026-01-01")
    screen(request(tmp_path / "lake", shop, lists=str(lists), keep_records=True))
    shop.unlink()
    add_term(lists, "plain", "2026-11-20")
    new = request(tmp_path, out=tmp_path / "again", lists=str(lists), inputs=())
    [result] = rescreen(tmp_path / "lake", date(2026, 11, 1), new)
    findings = pq.read_table(tmp_path / "again" / "findings.parquet")
    assert findings.select(["check", "subject_id", "reference_id"]).to_pylist() == [
        {"check": "sample.terms", "subject_id": "A2", "reference_id": "term:plain"}
    ]
    assert result.manifest["since"] == "2026-11-01"
    assert result.manifest["checks"] == ["sample.terms"]


def test_a_lake_without_kept_records_is_read_from_its_inputs_while_they_are_unchanged(tmp_path, shop):
    lists = tmp_path / "lists"
    add_term(lists, "plain", "2026-11-20")
    screen(request(tmp_path / "lake", shop))
    again = request(tmp_path, out=tmp_path / "again", lists=str(lists), inputs=())
    assert rescreen(tmp_path / "lake", date(2026, 11, 1), again)[0].manifest["findings"] == 1
    shop.write_text(CSV + "A4,other,Lumibay,1\n", "utf-8")
    with pytest.raises(UsageError, match="holds no records"):
        rescreen(tmp_path / "lake", date(2026, 11, 1), again)


def test_what_a_rescreening_found_is_not_found_again(tmp_path, shop):
    lists = tmp_path / "lists"
    add_term(lists, "plain", "2026-11-20")
    screen(request(tmp_path / "lake", shop, lists=str(lists), keep_records=True))
    [result] = rescreen(
        tmp_path / "lake",
        date(2026, 11, 1),
        request(tmp_path, out=tmp_path / "again", lists=str(lists), inputs=()),
    )
    assert result.manifest["findings"] == 0


def test_pieces_are_cut_by_rows_and_by_bytes():
    from tests.engine.sample import records

    batches = [records(0, 10), records(10, 25), records(25, 26)]
    assert [part.num_rows for part in feed.even_batches(batches, 8)] == [8, 8, 8, 2]
    heavy = [part.num_rows for part in feed.even_batches(batches, 1000, limit=records(0, 6).nbytes)]
    assert sum(heavy) == 26
    assert max(heavy) <= 6

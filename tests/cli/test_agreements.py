"""`mapae agreements`: score, draft and changes from files as a user gives them, with exit codes and clear errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mapae.app.screen import Request, screen
from mapae.cli.agreements import app
from mapae.errors import InputError, UsageError

HEAD = "event_id,operator,subject_id,event,at\n"


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    rows = []
    for month in (3, 4):
        for number in range(15):
            rows.append(f"{month}a{number},Temu,L{month}-{number},통지,2026-{month:02d}-02")
            rows.append(f"{month}b{number},테무,L{month}-{number},removed,2026-{month:02d}-1{number % 3}")
    path.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    return path


def _run(*words: object) -> tuple[int, str]:
    found = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    return found.exit_code, found.output


def test_a_score_names_value_interval_and_what_it_is_read_against(events: Path) -> None:
    code, text = _run("score", "Temu", "--events", events, "--as-of", "2026-11-25", "--json")
    found = {one["commitment"]: one for one in json.loads(text)["scores"]}
    block = found["block_on_request"]
    assert code == 0
    assert (block["status"], block["n"], block["kept"]) == ("not_met", 30, 0)
    assert block["against"] == {"share": 0.8736, "basis": "reference"}
    assert block["text_seen"] is False
    assert len(block["breaches"]) == 20


def test_rows_that_cannot_be_used_are_named_and_exit_three(events: Path) -> None:
    events.write_text(events.read_text("utf-8") + "x,Temu,L1,dance,2026-03-02\n", "utf-8")
    code, text = _run("score", "Temu", "--events", events, "--as-of", "2026-11-25")
    assert code == 3
    assert "row 61, event" in text


def test_a_draft_names_rows_it_could_not_use_and_whom_the_rows_are_about(events: Path) -> None:
    events.write_text(events.read_text("utf-8") + "x,Temu,L1,dance,2026-03-02\n", "utf-8")
    found = CliRunner().invoke(app, ["draft", "Nobody", "--events", str(events), "--as-of", "2026-11-25"])
    assert found.exit_code == 0 and "No breach recurs" in found.stdout
    assert (
        "row 61, event" in found.stderr
        and "no row is about Nobody; rows are about: Temu, 테무" in found.stderr
    )
    assert "rows are about" in _run("score", "Nobody", "--events", events, "--as-of", "2026-11-25")[1]
    assert "rows are about" not in _run("score", "Temu", "--events", events, "--as-of", "2026-11-25")[1]


def test_days_and_moments_are_read_as_spreadsheets_write_them(tmp_path: Path) -> None:
    rows = ["a,Temu,A1,notice_sent,2026/05/05", "b,Temu,A1,removed_seen,2026. 5. 6. 오후 3:10"]
    rows += ["c,Temu,A2,notice_sent,2026-05-04T23:30:00-05:00", "d,Temu,A2,removed_seen,1778025600"]
    rows += ["e,Temu,A3,notice_sent,05/06/2026"]
    (tmp_path / "events.csv").write_text(HEAD + "\n".join(rows), "utf-8-sig")
    options = ("--agreement", "kftc_product_safety", "--as-of", "2026-11-25", "--json")
    code, text = _run("score", "Temu", "--events", tmp_path / "events.csv", *options)
    found = json.loads(text)
    block = next(one for one in found["scores"] if one["commitment"] == "block_on_request")
    assert (code, block["n"], block["kept"]) == (3, 2, 2)
    assert [one["raw"] for one in found["rejected"]] == ["05/06/2026"]


def test_what_the_operator_stated_and_what_still_waits_is_told_in_korean(
    events: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"{line}," for line in events.read_text("utf-8").splitlines()[1:]]
    rows += ["d,Temu,block_on_request,declared,2026-05-01,98", "w,Temu,L9,통지,2026-11-24,"]
    events.write_text("\n".join([f"{HEAD.strip()},value", *rows]), "utf-8")
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    _code, told = _run("score", "Temu", "--events", events, "--as-of", "2026-11-25")
    assert "2026-05-01 발표 98 %: 확인한 구간 밖" in told and "기한 전 1, 확인 전 0" in told


def test_events_in_three_formats_give_the_same_score(events: Path, tmp_path: Path) -> None:
    import polars as pl

    table = pl.read_csv(events)
    table.write_parquet(tmp_path / "e.parquet")
    table.write_ndjson(tmp_path / "e.jsonl")
    said = {_run("score", "Temu", "--events", path, "--as-of", "2026-11-25", "--json")
            for path in (events, tmp_path / "e.parquet", tmp_path / "e.jsonl")}  # fmt: skip
    assert len(said) == 1


def test_a_draft_is_written_as_text_and_data(events: Path, tmp_path: Path) -> None:
    code, text = _run(
        "draft",
        "Temu",
        "--events",
        events,
        "--as-of",
        "2026-11-25",
        "--language",
        "ko",
        "--out",
        tmp_path / "d",
    )
    assert code == 0
    assert (tmp_path / "d/draft.md").read_text("utf-8").strip() == text.strip()
    data = json.loads((tmp_path / "d/draft.json").read_text("utf-8"))
    assert data["commitments"][0]["review_on"] == "2027-02-25"


def test_a_draft_reads_the_folders_of_screenings(events: Path, tmp_path: Path) -> None:
    from datetime import date

    for day in (date(2026, 10, 1), date(2026, 11, 1)):
        screen(Request((events,), tmp_path / f"runs/{day}", day, kind="event", lists="none"))
    _code, text = _run("draft", "Temu", "--findings", tmp_path / "runs", "--as-of", "2026-11-25", "--json")
    assert "findings.agreements.commitments" in {one["key"] for one in json.loads(text)["commitments"]}


def test_changes_name_the_commitment_that_is_touched(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("We will remove unsafe products within 2 business days.", "utf-8")
    (tmp_path / "new.md").write_text("We may remove unsafe products within 10 business days.", "utf-8")
    _code, text = _run("changes", "Temu", tmp_path / "old.md", tmp_path / "new.md", "--json")
    found = json.loads(text)
    assert {(one["commitment"], one["weight"]) for one in found} == {("block_on_request", "weaker")}


def test_terms_of_a_mall_are_not_held_against_duties_of_networks(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("We will forward your redress request to mediation.", "utf-8")
    (tmp_path / "new.md").write_text("We may forward your redress request to mediation.", "utf-8")
    said = {}
    for operator in ("Temu", "Facebook"):
        _code, text = _run("changes", operator, tmp_path / "old.md", tmp_path / "new.md", "--json")
        said[operator] = {one["agreement"] for one in json.loads(text)}
    assert said == {"Temu": set(), "Facebook": {"eca_board_provider"}}


def test_what_is_missing_is_said_with_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--events"):
        _run("score", "Temu")
    with pytest.raises(UsageError, match="nothing to draft from"):
        _run("draft", "Temu")
    with pytest.raises(InputError, match="mapae screen"):
        _run("draft", "Temu", "--findings", tmp_path)

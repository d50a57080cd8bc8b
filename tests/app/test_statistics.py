"""Series as reports ask for them: reproduced by a snapshot, exported whole, revised by offices' tables, never mixed."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from mapae.app.statistics import add_table, export, known_series, report
from mapae.errors import InputError, UsageError

DAY = date(2026, 11, 23)
KEY = "kca.temu"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path / "home"))
    return tmp_path


def _sheet(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("A3:A4")
    book.save(path)
    return path


def _office(path: Path, value: str = "71") -> Path:
    rows: list[list[object]] = [
        ["단위: 건"],
        ["사업자", "구분", "2023", "2024"],
        ["테무", "상담", 7, value],
        [None, "피해구제", "-", "…"],
        ["자료: 한국소비자원"],
    ]
    return _sheet(path, *rows)


def test_the_same_question_gives_the_same_snapshot_and_another_day_another() -> None:
    known = known_series()
    one, again = (report(known, [KEY], DAY)["snapshot"] for _ in range(2))
    assert one == again
    assert report(known, [KEY], date(2025, 5, 1))["snapshot"] != one


def test_an_export_holds_every_figure_in_three_files_and_tells_how_to_make_it(tmp_path: Path) -> None:
    known = known_series()
    said = report(known, [], DAY)
    found = [known.get(one["key"]).as_known_on(DAY) for one in said["series"]]
    export(said, found, tmp_path / "out")
    rows = list(csv.DictReader((tmp_path / "out" / "series.csv").open(encoding="utf-8-sig")))
    table = pl.read_parquet(tmp_path / "out" / "series.parquet")
    described = json.loads((tmp_path / "out" / "metadata.json").read_text("utf-8"))
    assert len(rows) == len(table) == described["rows"] == sum(len(one.values) for one in found)
    assert report(known, described["query"]["series"], DAY)["snapshot"] == described["snapshot"]
    assert float(next(row for row in rows if row["period"] == "2025-01..2025-10")["value"]) == 30066


def test_an_offices_workbook_adds_new_periods_and_a_later_one_revises_them(tmp_path: Path) -> None:
    first = add_table(
        known_series(), KEY, _office(tmp_path / "a.xlsx"), ["테무", "상담"], date(2026, 3, 1), "KCA 2026-03"
    )
    again = add_table(
        known_series(), KEY, _office(tmp_path / "a.xlsx"), ["테무", "상담"], date(2026, 4, 1), "KCA 2026-04"
    )
    later = add_table(
        known_series(),
        KEY,
        _office(tmp_path / "b.xlsx", "75p"),
        ["테무", "상담"],
        date(2026, 5, 1),
        "KCA 2026-05",
    )
    assert (first.new, first.revised, first.same) == (2, 0, 0)
    assert (again.new, again.revised, again.same) == (0, 0, 2)
    assert (later.new, later.revised, later.same) == (0, 1, 1)
    known = known_series()
    before = {row["period"]: row for row in report(known, [KEY], date(2026, 4, 15))["series"][0]["values"]}
    now = {row["period"]: row for row in report(known, [KEY], DAY)["series"][0]["values"]}
    assert (before["2024"]["value"], now["2024"]["value"], now["2024"]["mark"]) == (71, 75, "provisional")
    assert now["2024"]["before"] == [{"value": 71, "known_on": "2026-03-01"}]


def test_a_csv_of_an_office_in_its_own_encoding_is_read_in_the_unit_of_the_series(tmp_path: Path) -> None:
    path = tmp_path / "trade.csv"
    path.write_bytes('"국가","2023","2024"\n"합계","6,756,700","7,958,300"\n'.encode("cp949"))
    added = add_table(known_series(), "kostat.direct_purchase", path, ["합계"], DAY, "KOSIS", times=1e6)
    assert (added.new, added.revised, added.same) == (0, 0, 2)


def test_labels_that_fit_nothing_or_too_much_are_refused_with_what_there_is(tmp_path: Path) -> None:
    path = _office(tmp_path / "a.xlsx")
    with pytest.raises(InputError, match="labels are: 테무 / 상담; 테무 / 피해구제"):
        add_table(known_series(), KEY, path, ["쉬인"], DAY, "x")
    with pytest.raises(InputError, match="row 4, column 3"):
        add_table(known_series(), KEY, path, ["테무"], DAY, "x")


def test_files_that_cannot_be_read_say_so(tmp_path: Path) -> None:
    for name, data in (("a.xlsx", b"PK\x03\x04 broken"), ("b.csv", b""), ("c.csv", b"a,b\nc,d\n")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError, match=name):
            add_table(known_series(), KEY, tmp_path / name, ["x"], DAY, "x")
    with pytest.raises(InputError, match="no such file"):
        add_table(known_series(), KEY, tmp_path / "none.csv", ["x"], DAY, "x")


def test_two_series_on_one_platform_are_shown_apart_and_never_as_a_sum() -> None:
    known = known_series()
    said = report(known, ["kcu.aliexpress", "kca.aliexpress"], DAY)
    assert said["never_mixed"][0]["series"] == ["kca.aliexpress", "kcu.aliexpress"]
    assert "sum" not in said
    with pytest.raises(UsageError, match="Two bodies"):
        report(known, ["kcu.aliexpress", "kca.aliexpress"], DAY, total=True)
    assert report(known, ["kca.aliexpress", KEY], DAY, total=True)["sum"]["2023"] == 680


def test_complaints_by_users_are_worked_out_only_where_users_are_known_within_the_period() -> None:
    said = report(known_series(), ["kca.aliexpress", "kcu.aliexpress", "kca.crossborder_consultations"], DAY)
    found = {(row["series"], row["period"]): row for row in said["per_million_users"]}
    assert set(found) == {
        ("kca.aliexpress", "2024-01..2024-02"),
        ("kca.aliexpress", "2024-01..2024-09"),
    }
    first = found["kca.aliexpress", "2024-01..2024-02"]
    assert first["value"] == round(352 / 2 / 8_180_000 * 1e6, 2)
    assert (first["users_series"], first["users_months"]) == ("wiseapp.aliexpress", ["2024-02"])
    assert report(known_series(), ["kca.aliexpress"], date(2024, 3, 1))["per_million_users"] == []

"""Imported lists in use: locks, crashes, names of their own, what is shown, rescreening."""

from __future__ import annotations

import multiprocessing
import os
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from mapae.app import import_lists
from mapae.app.import_lists import ImportRequest, import_list, show_lists
from mapae.app.rescreen import rescreen
from mapae.app.screen import Request, screen
from mapae.catalog import table
from mapae.errors import ListError, UsageError
from mapae.lists import ListStore, write
from mapae.lists.lock import locked
from mapae.pack import load_pack
from tests.app.importing import FIRST, SECOND, entries, file_of, recall, run


@pytest.fixture(autouse=True)
def own_home(monkeypatch, tmp_path):
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def store(tmp_path) -> Path:
    return tmp_path / "store"


def _die_before_the_rename(path: str, store: str) -> None:
    """An import that ends without notice when its version is written but not yet in use."""
    kept = write._put

    def put(target: Path, content: bytes) -> None:
        if target.name == "meta.json":
            os._exit(9)
        kept(target, content)

    write._put = put
    run("safetykorea", path, Path(store), SECOND)


def test_one_import_at_a_time(tmp_path, store):
    path = file_of(tmp_path, [recall(1)])
    with locked(store), pytest.raises(ListError, match="another import is writing") as error:
        run("safetykorea", path, store)
    assert error.value.mend
    assert run("safetykorea", path, store).written.rows == 1


def test_a_crash_leaves_the_version_in_use_and_no_lock(tmp_path, store):
    run("safetykorea", file_of(tmp_path, [recall(1)]), store)
    path = file_of(tmp_path, [recall(1), recall(2)], "more.jsonl")
    process = multiprocessing.get_context("fork").Process(
        target=_die_before_the_rename, args=(path, str(store))
    )
    process.start()
    process.join(60)
    assert process.exitcode == 9
    assert list(entries(store, "recalls", "safetykorea")) == ["safetykorea:1"]
    assert ListStore.load(load_pack("kr"), store, user=False).table("recalls").num_rows
    assert run("safetykorea", path, store, SECOND).written.rows == 2


def test_what_the_pack_knows_of_a_brand_stays_when_customs_name_it(tmp_path, store):
    path = tmp_path / "rights.csv"
    path.write_text("상표명,권리자,물품\n나이키,Nike Innovate,신발\nInventique,Inventique SA,가방\n", "utf-8")
    run("customs-rights", str(path), store, date(2027, 1, 15))
    pack = {row["id"]: row for row in ListStore.load(load_pack("kr"), user=False).table("brands").to_pylist()}
    both = {row["id"]: row for row in ListStore.load(load_pack("kr"), store).table("brands").to_pylist()}
    nike = both["brand:Nike"]
    assert nike["recorded_at_customs"] is True
    assert set(pack["brand:Nike"]["names_en"]) <= set(nike["names_en"])
    assert nike["low_price"] == pack["brand:Nike"]["low_price"]
    assert nike["added_on"] == pack["brand:Nike"]["added_on"]
    assert both["brand:Inventique"]["added_on"] == "2027-01-15"


def test_two_loads_of_one_source_stand_side_by_side_under_names_of_their_own(tmp_path, store):
    for name in ("north", "south"):
        path = file_of(tmp_path, [{"term": f"{name} term"}])
        run("csv", path, store, list="terms", name=name)
    assert ListStore.load(load_pack("kr"), store).table("terms")["term"].to_pylist() == [
        "north term",
        "south term",
    ]
    with pytest.raises(UsageError, match="not a name"):
        run("csv", file_of(tmp_path, [{"term": "x"}]), store, list="terms", name="../up")


def test_show_counts_what_was_added_since(tmp_path, store):
    run("safetykorea", file_of(tmp_path, [recall(1), recall(2)]), store)
    run("safetykorea", file_of(tmp_path, [recall(3)]), store, SECOND)
    (shown,) = [item for item in show_lists(SECOND, store) if item.imported]
    assert (shown.list, shown.source, shown.day, shown.rows, shown.added) == (
        "recalls", "safetykorea", "2026-11-09", 3, 1,
    )  # fmt: skip


def test_rescreening_after_an_import_finds_the_new_entry_only(tmp_path, store, monkeypatch):
    monkeypatch.setitem(table.CARDS, "sample", "tests.engine.sample:CARD")
    shop = tmp_path / "shop.csv"
    shop.write_text("listing_id,title\nA1,Glimmer lamp\nA2,Old lantern\nA3,Plain chair\n", "utf-8")
    run("csv", file_of(tmp_path, [{"id": "term:lantern", "term": "lantern"}]), store, list="terms")
    asked = Request(
        inputs=(shop,), out=tmp_path / "lake" / "one", as_of=FIRST, measures=("sample.terms",), lists=str(store),
        keep_records=True,
    )  # fmt: skip
    assert screen(asked).manifest["findings"] == 1
    run("csv", file_of(tmp_path, [{"id": "term:glimmer", "term": "glimmer"}]), store, SECOND, list="terms")
    again = Request(
        inputs=(), out=tmp_path / "again", as_of=SECOND, measures=("sample.terms",), lists=str(store)
    )
    (found,) = rescreen(tmp_path / "lake", SECOND, again)
    assert found.manifest["findings"] == 1
    assert pq.read_table(found.out / "findings.parquet")["subject_id"].to_pylist() == ["A1"]


def test_the_default_store_is_the_users_own(tmp_path):
    done = import_list(ImportRequest("safetykorea", (file_of(tmp_path, [recall(1)]),), FIRST))
    assert done.written.file.is_relative_to(import_lists.home() / "lists")
    assert "safetykorea:1" in ListStore.load(load_pack("kr")).table("recalls")["id"].to_pylist()


@pytest.mark.no_cover
@pytest.mark.slow
def test_the_shared_recalls_are_imported_whole(shared, store):
    done = run("cpsc", str(shared / "data/recalls/recalls.jsonl"), store)
    assert (done.written.rows, done.rejected) == (9818, 0)


@pytest.mark.slow
def test_a_recall_imported_from_korea_finds_the_listing_screened_before(tmp_path, store):
    shop = tmp_path / "shop.csv"
    shop.write_text(
        "listing_id,title,brand,model,gtin\n"
        "A1,온돌리 전기 찜질기 OD-1100 허리용,온돌리,OD-1100,\n"
        "A2,전기 찜질기 새상품,,,8801234567893\n"
        "A3,원목 책장,,,\n",
        "utf-8",
    )
    run("safetykorea", file_of(tmp_path, [recall(1)]), store)
    measure = ("hazardous_goods.recalls",)
    first = Request(
        inputs=(shop,), out=tmp_path / "lake" / "one", as_of=FIRST, measures=measure, lists=str(store),
        keep_records=True,
    )  # fmt: skip
    before = pq.read_table(screen(first).out / "findings.parquet")["reference_id"].to_pylist()
    assert not any(reference.startswith("safetykorea:") for reference in before)
    new = recall(
        2, recallProductName="전기 찜질기", recallBrandName="온돌리", recallModelName="OD-1100",
        barcodeNum="8801234567893", harmDscr="화재 위험",
    )  # fmt: skip
    run("safetykorea", file_of(tmp_path, [new]), store, SECOND)
    again = Request(inputs=(), out=tmp_path / "again", as_of=SECOND, measures=measure, lists=str(store))
    (found,) = rescreen(tmp_path / "lake", SECOND, again)
    rows = pq.read_table(found.out / "findings.parquet").to_pylist()
    assert {(row["subject_id"], row["reference_id"]) for row in rows} == {
        ("A1", "safetykorea:2"),
        ("A2", "safetykorea:2"),
    }

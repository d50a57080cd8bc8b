"""Importing lists: versions, what is new, changed and gone, limits, rejects."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mapae.app.import_lists import ImportRequest, import_list, undo_import
from mapae.errors import ListError
from mapae.lists import ListStore
from mapae.pack import load_pack
from tests.app.importing import FIRST, SECOND, THIRD, entries, file_of, ingredient, recall, run


@pytest.fixture(autouse=True)
def own_home(monkeypatch, tmp_path):
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def store(tmp_path) -> Path:
    return tmp_path / "store"


def test_a_store_knows_list_source_origin_day_rows_and_hash(tmp_path, store):
    done = run("safetykorea", file_of(tmp_path, [recall(1), recall(2)]), store)
    meta = json.loads((store / "recalls/safetykorea/meta.json").read_bytes())
    assert {"list", "source", "origin", "day", "rows", "sha256", "file"} <= set(meta)
    assert (meta["list"], meta["rows"], meta["day"]) == ("recalls", 2, "2026-11-02")
    assert (done.written.added, done.rejected) == (2, 0)
    loaded = ListStore.load(load_pack("kr"), store, user=False)
    rows = {row["id"]: row for row in loaded.table("recalls").to_pylist()}
    assert rows["safetykorea:1"]["source"] == "safetykorea"
    assert rows["safetykorea:1"]["added_on"] == "2026-11-02"


def test_the_same_file_twice_is_nothing_new(tmp_path, store):
    path = file_of(tmp_path, [recall(1)])
    first = run("safetykorea", path, store)
    before = (store / "recalls/safetykorea/meta.json").read_bytes()
    again = run("safetykorea", path, store, SECOND)
    assert not again.written.fresh
    assert again.written.file == first.written.file
    assert (store / "recalls/safetykorea/meta.json").read_bytes() == before


def test_an_entry_keeps_the_day_it_first_stood_there_though_it_changes(tmp_path, store):
    run("safetykorea", file_of(tmp_path, [recall(1)]), store)
    done = run("safetykorea", file_of(tmp_path, [recall(1, recallMeans="환불"), recall(2)]), store, SECOND)
    assert (done.written.added, done.written.changed) == (1, 1)
    rows = entries(store, "recalls", "safetykorea")
    assert (rows["safetykorea:1"]["added_on"], rows["safetykorea:2"]["added_on"]) == (
        "2026-11-02",
        "2026-11-09",
    )
    assert rows["safetykorea:1"]["remedy"] == "환불"


def test_a_changed_entry_can_count_as_new_so_that_it_is_rescreened(tmp_path, store):
    run("safetykorea", file_of(tmp_path, [recall(1), recall(2)]), store)
    path = file_of(tmp_path, [recall(1, recallModelName="M-1, M-9")])
    run("safetykorea", path, store, SECOND, changed_as_new=True)
    days = {key: row["added_on"] for key, row in entries(store, "recalls", "safetykorea").items()}
    assert days == {"safetykorea:1": "2026-11-09", "safetykorea:2": "2026-11-02"}


def test_an_export_in_parts_adds_and_a_whole_list_drops_what_it_lacks_but_older_versions_stay(
    tmp_path, store
):
    run("safetykorea", file_of(tmp_path, [recall(1), recall(2)]), store)
    run("safetykorea", file_of(tmp_path, [recall(3)]), store, SECOND)
    assert len(entries(store, "recalls", "safetykorea")) == 3
    first = run(
        "mfds-ingredients",
        file_of(tmp_path, [ingredient("Aafil"), ingredient("Bafil"), ingredient("Cafil")]),
        store,
    )
    done = run(
        "mfds-ingredients", file_of(tmp_path, [ingredient("Aafil"), ingredient("Bafil")]), store, SECOND
    )
    assert done.written.gone == 1
    assert list(entries(store, "ingredients", "mfds-ingredients")) == ["mfds:Aafil", "mfds:Bafil"]
    assert b"mfds:Cafil" in first.written.file.read_bytes()
    meta = json.loads((store / "ingredients/mfds-ingredients/meta.json").read_bytes())
    assert [(item["day"], item["rows"]) for item in meta["versions"]] == [
        ("2026-11-02", 3),
        ("2026-11-09", 2),
    ]


def test_whether_a_load_is_a_part_or_the_whole_can_be_said(tmp_path, store):
    run("mfds-ingredients", file_of(tmp_path, [ingredient("Aafil"), ingredient("Bafil")]), store)
    run("mfds-ingredients", file_of(tmp_path, [ingredient("Cafil")]), store, SECOND, extent="part")
    assert len(entries(store, "ingredients", "mfds-ingredients")) == 3
    run("safetykorea", file_of(tmp_path, [recall(1), recall(2), recall(3)]), store)
    run("safetykorea", file_of(tmp_path, [recall(2), recall(3)]), store, SECOND, extent="full")
    assert list(entries(store, "recalls", "safetykorea")) == ["safetykorea:2", "safetykorea:3"]


def test_an_entry_that_was_gone_and_comes_back_counts_as_added_anew(tmp_path, store):
    both, one = [ingredient("Aafil"), ingredient("Bafil")], [ingredient("Aafil")]
    for rows, day in ((both, FIRST), (one, SECOND), (both, THIRD)):
        run("mfds-ingredients", file_of(tmp_path, rows), store, day)
    assert entries(store, "ingredients", "mfds-ingredients")["mfds:Bafil"]["added_on"] == "2026-11-16"


@pytest.mark.parametrize(
    ("rows", "changes", "words"),
    [
        (4, {}, "would shrink from 10 to 4"),
        (10, {"least": 11}, "fewer than 11"),
        (10, {"most": 9}, "more than 9"),
    ],
)
def test_a_load_that_is_not_believable_is_refused_and_changes_nothing(tmp_path, store, rows, changes, words):
    run("mfds-ingredients", file_of(tmp_path, [ingredient(f"N{n}afil") for n in range(10)]), store)
    before = (store / "ingredients/mfds-ingredients/meta.json").read_bytes()
    few = file_of(tmp_path, [ingredient(f"N{n}afil") for n in range(rows)])
    with pytest.raises(ListError, match=words) as error:
        run("mfds-ingredients", few, store, SECOND, **changes)
    assert error.value.where.endswith("mfds-ingredients")
    assert error.value.mend
    assert (store / "ingredients/mfds-ingredients/meta.json").read_bytes() == before


def test_a_load_that_explodes_is_refused_and_taken_when_told_how_many_are_right(tmp_path, store):
    run("safetykorea", file_of(tmp_path, [recall(n) for n in range(100)]), store)
    many = file_of(tmp_path, [recall(n) for n in range(1500)])
    with pytest.raises(ListError, match="would grow from 100 to 1,500"):
        run("safetykorea", many, store, SECOND)
    assert run("safetykorea", many, store, SECOND, most=1500).written.rows == 1500


def test_fewer_rows_are_taken_when_told_how_many_are_right(tmp_path, store):
    run("mfds-ingredients", file_of(tmp_path, [ingredient(f"N{n}afil") for n in range(10)]), store)
    done = run("mfds-ingredients", file_of(tmp_path, [ingredient("N1afil")]), store, SECOND, least=1)
    assert (done.written.rows, done.written.gone) == (1, 9)


def test_few_rows_of_a_list_usually_long_are_remarked_on(tmp_path, store):
    assert run("mfds-ingredients", file_of(tmp_path, [ingredient("Aafil")]), store).few == 250


def test_unreadable_rows_are_rejects_with_line_and_reason_and_good_rows_stay(tmp_path, store):
    done = run("safetykorea", file_of(tmp_path, [recall(1), "{broken", recall(2), {"recallUid": 3}]), store)
    assert (done.written.rows, done.rejected) == (2, 2)
    rejects = [json.loads(line) for line in done.rejects.read_bytes().splitlines()]
    assert sorted(item["line"] for item in rejects) == [2, 4]
    assert all(item["reason"] and item["input"].endswith("rows.jsonl") for item in rejects)


def test_a_file_of_almost_nothing_but_rejects_is_refused_and_the_reasons_are_kept(tmp_path, store):
    rows = [recall(1), *({"recallUid": n} for n in range(9))]
    with pytest.raises(ListError, match="9 rows could not be read") as error:
        run("safetykorea", file_of(tmp_path, rows), store)
    assert len(Path(error.value.where).read_bytes().splitlines()) == 9
    assert not (store / "recalls/safetykorea/meta.json").exists()


def test_a_file_without_a_readable_row_is_refused_with_the_first_reason(tmp_path, store):
    with pytest.raises(ListError, match=r"only 0 could; the first: it has no products"):
        run("safetykorea", file_of(tmp_path, [{"recallUid": 1}]), store)


def test_an_older_list_after_a_newer_is_remarked_on_and_undone(tmp_path, store):
    new = [
        ingredient("Aafil", date="2026-01-05"),
        ingredient("Bafil", date="2026-03-05"),
        ingredient("Cafil"),
    ]
    run("mfds-ingredients", file_of(tmp_path, new), store)
    done = run("mfds-ingredients", file_of(tmp_path, [new[0], new[2]]), store, SECOND)
    assert (done.written.gone, done.written.older) == (1, "2026-03-05")
    back = undo_import("ingredients", "mfds-ingredients", store)
    assert (back.rows, back.added, back.gone, len(entries(store, "ingredients", "mfds-ingredients"))) == (
        3,
        1,
        0,
        3,
    )
    with pytest.raises(ListError, match="no version before"):
        undo_import("ingredients", "mfds-ingredients", store)
    with pytest.raises(ListError, match="nothing was imported"):
        undo_import("recalls", "cpsc", store)


def test_pages_of_an_answer_are_one_load(tmp_path, store):
    pages = tuple(file_of(tmp_path, [ingredient(name)], f"{name}.jsonl") for name in ("Aafil", "Bafil"))
    done = import_list(ImportRequest("mfds-ingredients", pages, FIRST, store=store))
    assert done.written.rows == 2

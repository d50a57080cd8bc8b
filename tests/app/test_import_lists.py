"""Importing lists: versions, what is new, changed and gone, limits, rejects, locks, crashes, addresses, rescreening."""

from __future__ import annotations

import json
import multiprocessing
import os
import threading
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from mapae.app import import_lists
from mapae.app.import_lists import ImportRequest, import_list, show_lists
from mapae.app.import_lists_fetch import FetchLimits, fetch, without_secrets
from mapae.app.rescreen import rescreen
from mapae.app.screen import Request, screen
from mapae.catalog import table
from mapae.errors import InputError, ListError, UsageError
from mapae.lists import ListStore, write
from mapae.lists.lock import locked
from mapae.pack import load_pack

FIRST, SECOND, THIRD = date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)


@pytest.fixture(autouse=True)
def own_home(monkeypatch, tmp_path):
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def store(tmp_path) -> Path:
    return tmp_path / "store"


def recall(number: int, **changes: object) -> dict[str, object]:
    return {
        "recallUid": number,
        "recallProductName": f"제품 {number}",
        "recallModelName": f"M-{number}",
    } | changes


def ingredient(name: str, **changes: object) -> dict[str, object]:
    return {"name_en": name, "name_ko": f"{name} 성분", "status": "designated"} | changes


def file_of(tmp_path: Path, rows: list[object], name: str = "rows.jsonl") -> str:
    path = tmp_path / name
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
    return str(path)


def run(source: str, path: str, store: Path, day: date = FIRST, **changes: object):
    return import_list(ImportRequest(source, (path,), day, store=store, **changes))  # type: ignore[arg-type]


def entries(store: Path, name: str, source: str) -> dict[str, dict[str, object]]:
    """The version in use, by id."""
    folder = store / name / source
    meta = json.loads((folder / "meta.json").read_bytes())
    rows = [json.loads(line) for line in (folder / meta["file"]).read_bytes().splitlines()]
    return {row["id"]: row for row in rows}


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
        (0, {}, "fewer than 1"),
    ],
)
def test_a_load_that_is_not_believable_is_refused_and_changes_nothing(tmp_path, store, rows, changes, words):
    run("mfds-ingredients", file_of(tmp_path, [ingredient(f"N{n}afil") for n in range(10)]), store)
    before = (store / "ingredients/mfds-ingredients/meta.json").read_bytes()
    few = file_of(tmp_path, [ingredient(f"N{n}afil") for n in range(rows)] or [{"name_en": "-"}])
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


def test_pages_of_an_answer_are_one_load(tmp_path, store):
    pages = tuple(file_of(tmp_path, [ingredient(name)], f"{name}.jsonl") for name in ("Aafil", "Bafil"))
    done = import_list(ImportRequest("mfds-ingredients", pages, FIRST, store=store))
    assert done.written.rows == 2


def test_one_import_at_a_time(tmp_path, store):
    path = file_of(tmp_path, [recall(1)])
    with locked(store), pytest.raises(ListError, match="another import is writing") as error:
        run("safetykorea", path, store)
    assert error.value.mend
    assert run("safetykorea", path, store).written.rows == 1


def _die_before_the_rename(path: str, store: str) -> None:
    """An import that ends without notice when its version is written but not yet in use."""
    kept = write._put

    def put(target: Path, content: bytes) -> None:
        if target.name == "meta.json":
            os._exit(9)
        kept(target, content)

    write._put = put
    run("safetykorea", path, Path(store), SECOND)


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


@contextmanager
def serving(answers: dict[str, tuple[int, dict[str, str], bytes]]):
    """A server on the loopback; seen: headers of each request by path."""
    seen: dict[str, dict[str, str]] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            path = self.path.partition("?")[0]
            seen[path] = dict(self.headers)
            status, headers, body = answers.get(path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()


def test_a_list_is_fetched_from_its_address_through_a_redirect_and_no_key_is_stored(tmp_path, store):
    body = json.dumps({"resultCode": "2000", "resultData": [recall(1)]}).encode()
    answers = {
        "/old": (302, {"Location": "/api/recallList.json"}, b""),
        "/api/recallList.json": (200, {"Content-Type": "application/json"}, body),
    }
    with serving(answers) as (host, seen):
        address = f"{host}/old?serviceKey=abc123&conditionKey=all"
        request = ImportRequest(
            "safetykorea", (address,), FIRST, store=store, fetch=FetchLimits(headers={"AuthKey": "hidden"})
        )
        assert import_list(request).written.rows == 1
    assert seen["/api/recallList.json"]["AuthKey"] == "hidden"
    meta = (store / "recalls/safetykorea/meta.json").read_text("utf-8")
    assert "abc123" not in meta
    assert "hidden" not in meta
    assert f"{host}/old" in meta


def test_headers_do_not_follow_to_another_host(tmp_path):
    data = {"/data": (200, {"Content-Type": "text/csv"}, b"a,b\n1,2\n")}
    leading: dict[str, tuple[int, dict[str, str], bytes]] = {}
    with serving(data) as (there, seen), serving(leading) as (here, _):
        leading["/go"] = (302, {"Location": f"{there}/data"}, b"")
        fetch(f"{here}/go", tmp_path, FetchLimits(headers={"AuthKey": "hidden"}))
    assert "AuthKey" not in seen["/data"]


@pytest.mark.parametrize(
    ("answer", "limits", "words"),
    [
        ((200, {"Content-Type": "text/html"}, b"<html>"), FetchLimits(), "text/html, no data"),
        ((503, {}, b""), FetchLimits(), "answers 503"),
        ((200, {"Content-Length": "99999"}, b"x"), FetchLimits(size=100), "99,999 bytes, more than 100"),
        ((200, {}, b"x" * 5000), FetchLimits(size=100), "more than 100 bytes"),
        ((302, {"Location": "/page"}, b""), FetchLimits(), "leads on more than 5 times"),
        ((200, {}, b"x" * 5000), FetchLimits(total=-1), "took more than"),
    ],
)
def test_an_answer_that_is_no_list_is_refused_with_its_reason(tmp_path, answer, limits, words):
    with serving({"/page": answer}) as (host, _), pytest.raises(InputError, match=words) as error:
        fetch(f"{host}/page", tmp_path, limits)
    assert error.value.mend


@pytest.mark.parametrize("address", ["ftp://example.org/list.csv", "file:///etc/hosts"])
def test_only_http_and_https_are_fetched(tmp_path, store, address):
    with pytest.raises(UsageError, match="are not fetched"):
        run("csv", address, store, list="terms")


def test_a_redirect_to_a_file_is_not_followed(tmp_path):
    answers = {"/go": (302, {"Location": "file:///etc/hosts"}, b"")}
    with serving(answers) as (host, _), pytest.raises(UsageError, match="are not fetched"):
        fetch(f"{host}/go", tmp_path)


def test_a_server_that_is_silent_or_absent_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot be reached"):
        fetch("http://127.0.0.1:9/list", tmp_path)


def test_addresses_lose_their_secrets():
    address = (
        "https://user:pass@api.example.org/api/0123456789abcdef0123/I2715/json/1/9?serviceKey=s3&type=json#x"
    )
    assert (
        without_secrets(address) == "https://api.example.org/api/***/I2715/json/1/9?serviceKey=***&type=json"
    )


def test_the_default_store_is_the_users_own(tmp_path):
    done = import_list(ImportRequest("safetykorea", (file_of(tmp_path, [recall(1)]),), FIRST))
    assert done.written.file.is_relative_to(import_lists.home() / "lists")
    assert "safetykorea:1" in ListStore.load(load_pack("kr")).table("recalls")["id"].to_pylist()


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

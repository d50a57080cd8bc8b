"""Inspections on the desk: sheets decided item by item, results of ranked consignments, files of held goods."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import orjson
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import time_machine
from django.test import Client

from mapae.app.consignments import RANKING_SCHEMA
from mapae.app.inputs import open_inputs
from mapae.desk.audit.models import AuditEntry
from mapae.desk.cases.models import Case
from mapae.desk.findings.intake import import_run
from mapae.desk.findings.models import Finding, Subject
from mapae.desk.inspections.models import Detention, RankedLine
from mapae.desk.inspections.rankings import import_ranking
from mapae.errors import InputError
from mapae.measures.consignments.columns import labels
from mapae.model.finding import Finding as Found
from mapae.model.finding import Reason
from mapae.model.records import KINDS
from tests.desk.findings_files import write_run
from tests.desk.test_inspections_parcels import arrive, parcel, record

POLICY = "# 개인정보 처리방침\n회사는 주문 처리를 위하여 이름과 주소를 처리합니다.\n보유 기간은 내부 방침에 따릅니다.\n"


@pytest.fixture
def sora(world: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(world.sora)
    return client


def read(client: Client, address: str, language: str = "en") -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, address
    return answer.content.decode()


def item(key: str, status: str, seen: str = "", why: str = "", text: str = POLICY) -> Found:
    start = text.index(seen) if seen else 0
    reason = Reason("text", start, start + len(seen), seen, status, why)
    return Found(
        check="privacy.policy", measure="privacy", subject_kind="policy", subject_id="D-1", reference_id=key,
        severity="info" if status == "present" else "medium", score=1.0, provision="PIPA 30",
        provision_from=date(2023, 9, 15), operator="Lumibay", subject_title="개인정보 처리방침", reasons=(reason,),
    )  # fmt: skip


def policy(folder: Path, found: list[Found], text: str = POLICY) -> Subject:
    kept = {"document_id": "D-1", "operator": "Lumibay", "text": text}
    made = import_run(write_run(folder, found, [kept], kind="policy"))
    return Subject.objects.get(run=made, kind="policy")


PURPOSE = item("item:P1", "present", "회사는 주문 처리를 위하여 이름과 주소를 처리합니다.")
PERIOD = item("item:P2", "partial", "보유 기간은 내부 방침에 따릅니다.", "the end is left open")
AGENT = item("item:P15", "missing", why="no domestic agent is named")


def test_a_sheet_shows_every_item_in_order_with_status_words_line_and_provision(sora, tmp_path):
    sheet = policy(tmp_path / "p", [AGENT, PERIOD, PURPOSE])
    page = read(sora, f"/inspections/sheets/{sheet.pk}")
    places = [page.index(words) for words in ("P1 Purposes", "P2 Period", "P15 Domestic agent")]
    assert places == sorted(places)
    for words in (
        "<mark>보유 기간은 내부 방침에 따릅니다.</mark>",
        "line 3",
        "the end is left open",
        "2023-09-15",
    ):
        assert words in page
    korean = read(sora, f"/inspections/sheets/{sheet.pk}", "ko")
    assert "충족 1" in korean and "누락 1" in korean and "P15 국내대리인" in korean


def test_ticked_items_go_into_one_case_each_with_its_own_decision(sora, tmp_path):
    sheet = policy(tmp_path / "p", [AGENT, PERIOD, PURPOSE])
    ids = list(Finding.objects.exclude(reference_id="item:P1").values_list("pk", flat=True))
    sora.post(f"/inspections/sheets/{sheet.pk}/accept", {"ids": ids, "case": "new", "title": "방침 점검"})
    case = Case.objects.get()
    assert (case.matter, case.title, case.findings.count()) == ("privacy", "방침 점검", 2)
    assert AuditEntry.objects.filter(kind="accept_finding").count() == 2
    page = read(sora, f"/cases/{case.number}")
    assert f"/inbox/{ids[0]}/sheet" in page or f"/inbox/{ids[1]}/sheet" in page
    answer = sora.get(f"/inbox/{ids[0]}/sheet")
    assert answer["Location"] == f"/inspections/sheets/{sheet.pk}"


def test_nothing_ticked_is_told_and_nothing_happens(sora, tmp_path):
    sheet = policy(tmp_path / "p", [PERIOD])
    page = sora.post(f"/inspections/sheets/{sheet.pk}/accept", {"case": "new"}, follow=True)
    assert "하나 이상" in page.content.decode() and not Case.objects.exists()


def test_the_sheet_of_a_later_version_shows_what_its_own_text_says(sora, tmp_path):
    policy(tmp_path / "p", [AGENT, PERIOD])
    later = POLICY.replace("내부 방침에 따릅니다", "거래 종료 후 5년입니다")
    changed = item("item:P2", "present", "보유 기간은 거래 종료 후 5년입니다.", text=later)
    sheet = policy(tmp_path / "q", [changed, AGENT], later)
    page = read(sora, f"/inspections/sheets/{sheet.pk}")
    assert "5년입니다" in page and "내부 방침" not in page and "P15 Domestic agent" in page


def test_the_sheet_comes_as_a_document(sora, tmp_path):
    sheet = policy(tmp_path / "p", [PERIOD])
    page = sora.get(f"/inspections/sheets/{sheet.pk}/file.html")
    assert "보유 기간은 내부 방침에 따릅니다." in page.content.decode()
    assert page["Content-Disposition"] == 'attachment; filename="D-1.html"'
    assert sora.get(f"/inspections/sheets/{sheet.pk}/file.pdf").content.startswith(b"%PDF-")
    assert sora.get(f"/inspections/sheets/{sheet.pk}/file.exe").status_code == 404


def test_an_app_is_shown_beside_its_label_and_policy(sora, tmp_path):
    facts = {
        "package": "kr.example",
        "permissions": [{"name": "android.permission.READ_CONTACTS", "level": "dangerous"}],
    }
    kept = {
        "app_id": "kr.example",
        "apk": orjson.dumps(facts).decode(),
        "declared": '{"collected": ["Precise location"]}',
        "policy_text": "회사는 주소록을 수집하지 않습니다.",
    }
    reason = Reason("apk", 0, 0, "", "contacts", "the app asks for it")
    found = Found(
        check="privacy.app", measure="privacy", subject_kind="app", subject_id="kr.example",
        reference_id="app-policy:contacts", severity="high", score=1.0, provision="PIPA 30", reasons=(reason,),
    )  # fmt: skip
    made = import_run(write_run(tmp_path / "a", [found], [kept], kind="app"))
    page = read(sora, f"/inspections/sheets/{Subject.objects.get(run=made).pk}")
    for words in (
        "android.permission.READ_CONTACTS",
        "denies it",
        "주소록을 수집하지",
        "Precise location",
        "differ",
    ):
        assert words in page
    assert "kr.example" in read(sora, "/inspections")


def ranking(folder: Path) -> Path:
    """Four lines, two of them to inspect, as `mapae screen --model` leaves them."""
    folder.mkdir()
    history = "hs6_code × net_mass 640411 · 1.5: 3 of 4 lines inspected before were found"
    chosen = (
        ("D-1", 0.9, 0.4, 1, True, "score", [history]),
        ("D-2", 0.2, 0.0, 3, False, None, []),
        ("D-3", 0.1, 0.0, 4, True, "exploration", []),
        ("D-4", 0.5, 0.1, 2, False, None, []),
    )
    columns = dict(zip(RANKING_SCHEMA.names, map(list, zip(*chosen, strict=True)), strict=True))
    pq.write_table(pa.table(columns, RANKING_SCHEMA), folder / "ranking.parquet")
    records = [
        {
            "consignment_id": name,
            "hs6_code": "640411",
            "net_mass": "1.5",
            "description": text,
            "recipient_code_hash": "ab" * 32,
        }
        for name, text in (("D-1", "=cmd()"), ("D-3", "shoes"))
    ]
    pq.write_table(pa.Table.from_pylist(records, KINDS["consignment"].schema), folder / "selected.parquet")
    manifest = {"kind": "consignment", "options": {"rate": 0.5}, "model": {"lines": 9}, "drift": {"hs2": 0.4}}
    (folder / "manifest.json").write_bytes(orjson.dumps(manifest))
    return folder


def test_a_ranking_comes_in_once_without_personal_codes_and_shows_why_each_line_stands_there(sora, tmp_path):
    made = import_ranking(ranking(tmp_path / "r"))
    assert import_ranking(tmp_path / "r") == made
    assert list(made.selected.values_list("consignment_id", flat=True)) == ["D-1", "D-3"]
    assert not any("recipient_code_hash" in line.record for line in made.selected.all())
    page = read(sora, f"/inspections/rankings/{made.pk}")
    assert "tariff number 640411, net weight 1.5: 3 of 4 inspected before were found" in page
    assert "by chance" in page and "hs2 0.40" in page
    assert "품목번호 640411, 순중량 1.5: 이전 검사 4건 중 3건 적발" in read(
        sora, f"/inspections/rankings/{made.pk}", "ko"
    )


def test_results_are_kept_taken_back_and_handed_to_training(sora, tmp_path):
    made = import_ranking(ranking(tmp_path / "r"))
    first, second = made.selected.all()
    address = f"/inspections/rankings/{made.pk}"
    for line, result in (
        (first, "critical"),
        (second, "fraud"),
        (second, ""),
        (second, "clean"),
        (first, "nonsense"),
    ):
        sora.post(f"{address}/result", {"line": line.pk, "result": result})
    assert dict(made.selected.values_list("consignment_id", "result")) == {"D-1": "critical", "D-3": "clean"}
    assert AuditEntry.objects.filter(kind="inspection_result").count() == 4
    file = tmp_path / "results.csv"
    file.write_bytes(sora.get(f"{address}/results.csv").content)
    assert "'=cmd()" in file.read_text("utf-8-sig")
    (batch,) = open_inputs((file,), kind="consignment").feeds[0].batches()
    assert labels(batch).rows() == [(1.0, 1.0), (0.0, 0.0)]
    assert pl.read_csv(file)["net_mass"].to_list() == [1.5, 1.5]
    assert read(sora, f"{address}?state=done").count("Take it back") == 2


def test_what_is_no_ranking_is_refused(world, tmp_path):
    with pytest.raises(InputError, match="no finished ranking"):
        import_ranking(tmp_path)
    assert not RankedLine.objects.exists()


@time_machine.travel(datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Seoul")), tick=False)
def test_a_file_of_held_goods_is_filled_from_the_finding_and_counts_its_days(sora, tmp_path):
    (found,) = arrive(
        tmp_path / "p", [parcel()], [record(value=20.0, currency="USD", country_of_origin="CN")]
    )
    form = read(sora, f"/inspections/held?finding={found.pk}")
    assert 'value="28000"' in form and 'value="Nike"' in form
    facts = {
        "finding": found.pk,
        "value_krw": "1,200,000",
        "recorded": "on",
        "brand": "Nike",
        "held_notice_on": "2026-11-23",
    }
    answer = sora.post("/inspections/held/add", facts)
    held = Detention.objects.get()
    page = read(sora, answer["Location"])
    assert "2026-12-07" in page and "1,440,000" in page and "P-1" in page
    sora.post(f"{answer['Location']}/do/change", {**facts, "sme": "on", "proved_on": "2026-12-01"})
    assert "480,000" in read(sora, answer["Location"])
    assert "통관보류" in sora.get(f"{answer['Location']}/file").content.decode()
    sora.post(f"{answer['Location']}/do/end")
    held.refresh_from_db()
    assert held.closed_at is not None
    refused = sora.post(f"{answer['Location']}/do/change", facts, follow=True)
    assert "종결된 기록" in refused.content.decode()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"value_krw": "-5"}, "0보다 큰"),
        ({"value_krw": "10", "held_notice_on": "soon"}, "2026-11-26처럼"),
        ({"value_krw": "10", "requested_on": "2026-11-02", "held_notice_on": "2026-11-01"}, "before"),
    ],
)
def test_facts_that_cannot_be_are_told_and_open_no_file(sora, facts, said):
    answer = sora.post("/inspections/held/add", {"consignment_id": "P-9", **facts}, follow=True)
    assert said in answer.content.decode() and not Detention.objects.exists()

"""A merchant's report: what is kept, what is cut, who sees it, what reaches the platform."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet as pq
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from typer.testing import CliRunner

from mapae.app.screen import Request, screen
from mapae.cli import desk_mail
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.models import Case, Evidence
from mapae.desk.merchants import acts, share
from mapae.desk.merchants.counts import cells, make_due
from mapae.desk.merchants.export import records
from mapae.desk.merchants.forget import forget_old
from mapae.desk.merchants.identify import CUT, cut
from mapae.desk.merchants.intake import clean_files, receive
from mapae.desk.merchants.markers import add_series, markers
from mapae.desk.merchants.matters import table
from mapae.desk.merchants.models import FileOriginal, MerchantCells, MerchantReport
from mapae.desk.merchants.scope import reports_for
from mapae.errors import InputError

TEXT = (
    "저희 가게 '반짝상회'는 루미베이에 입점해 있습니다. 2026년 5월 3일부터 정산금 12,345,600원이 보류되어 "
    "계좌 110-123-456789로 들어오지 않습니다. 주문번호 LB-2026-000777."
)
NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.EVIDENCE_ROOT = tmp_path
    with time_machine.travel(NOW, tick=False):
        yield


def report(world: SimpleNamespace, confidence: str = "disclosed", **more: Any) -> MerchantReport:
    """One of an invented shop about Lumibay."""
    told = {"operator_told": "루미베이", "matter": "settlement", "text": TEXT, "shop": "반짝상회", "name": "김반짝",
            "email": "help@banjjak.example", "phone": "010-0000-0007"}  # fmt: skip
    return receive(confidence=confidence, **{**told, **more}).report


def test_an_anonymous_report_keeps_no_name_even_if_one_is_sent(world: SimpleNamespace) -> None:
    made = report(world, "anonymous")
    assert (made.name, made.shop, made.email, made.phone) == ("", "", "", "")
    assert report(world, "body").shop == "반짝상회"


def test_the_competent_body_gets_it_with_what_the_screen_of_complaints_says(world: SimpleNamespace) -> None:
    made = report(world)
    assert (made.body, made.operator, made.state) == (world.kftc, world.lumibay, "received")
    (found,) = made.conducts
    assert (found["reference"], found["provision"]) == ("conduct:settlement_delay", "LRD 8")
    reason = found["reasons"][0]
    assert TEXT[reason["start"] : reason["end"]] == reason["seen"]


def test_who_came_by_the_merchants_door_need_not_say_that_they_sell(world: SimpleNamespace) -> None:
    made = report(world, text="Commission was raised from 10 % to 18 % without notice.")
    assert [row["reference"] for row in made.conducts] == ["conduct:fee_rise"]


@pytest.mark.parametrize(
    "told",
    ["반짝상회", "반 짝 상 회", "12,345,600원", "1,234만원", "110-123-456789", "LB-2026-000777", "2026년 5월 3일",
     "2026-05-03", "help@banjjak.example", "010-0000-0007", "https://lumibay.example/shop/77", "123-45-67890", "@banjjak",
     "May 3, 2026", "$12,340.55", "S12345", "김반짝", "闪亮旗舰店", "5月3日", "14:05", "37,200"],
)  # fmt: skip
def test_whatever_identifies_is_cut_from_what_is_listed(told: str) -> None:
    out = cut(f"그래서 {told} 때문에 손해입니다.", ["반짝상회", "김반짝"])
    assert told not in out
    assert CUT in out
    assert "손해입니다" in out


def test_what_is_cut_does_not_tell_its_length() -> None:
    assert cut("합계 1,000원", []) == cut("합계 123,456,789원", [])


@pytest.mark.parametrize(
    "text", ["수수료가 10%에서 18%로 올랐습니다.", "2026년부터 노출 순위가 떨어졌습니다.", "3개월 동안"]
)
def test_words_that_tell_the_matter_stay(text: str) -> None:
    assert cut(text, []) == text


def test_officers_of_the_body_and_of_its_case_see_it_and_nobody_of_a_firm(world: SimpleNamespace) -> None:
    made = report(world)
    people = ("dojin", "sora", "yuna", "minjun", "mei", "rival", "ex", "taeho")
    assert [name for name in people if made in reports_for(getattr(world, name))] == ["dojin", "yuna"]
    assert not Evidence.objects.exists()


def test_joined_to_a_case_it_leaves_neither_number_nor_words_there(world: SimpleNamespace) -> None:
    made = report(world)
    case = acts.join(world.dojin, made)
    made.refresh_from_db()
    assert (case.matter, case.lead, made.state, made.case) == ("market_power", world.kftc, "joined", case)
    item = case.items.get()
    told = " ".join([case.title, item.title, item.subject_id, item.url, str(item.snapshot)])
    assert not any(word in told for word in (made.number, made.number[-6:], *share.known(made)))
    with pytest.raises(Refused):
        acts.join(world.dojin, made, case)


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("correct_publication", {"text": "반짝 상회의 정산을 바로잡습니다."}),
        ("publish_violation", {"text": "예시", "ground": "MRF 1", "opinion": "김 반 짝의 말을 들었습니다."}),
        ("close", {"outcome": "resolved", "text": "help@banjjak.example 정산이 끝남"}),
        ("extend", {"clock": "opinion", "ref": "", "days": 5, "reason": "반짝상회 자료를 기다림"}),
    ],
)
def test_no_words_of_the_case_that_leave_the_officers_name_the_merchant(
    world: SimpleNamespace, verb: str, data: dict[str, Any]
) -> None:
    case = acts.join(world.dojin, report(world))
    User.objects.filter(pk=world.dojin.pk).update(approves=True)
    world.dojin.refresh_from_db()
    Case.objects.filter(pk=case.pk, state="open").update(state="answered")
    with translation.override("en"), pytest.raises(Refused, match="name a merchant"):
        run(verb, world.dojin, case, **data)
    run("note", world.dojin, case, text="반짝상회가 알린 사건")


def test_nothing_is_told_before_the_merchant_agrees_and_nothing_after_they_refuse(
    world: SimpleNamespace,
) -> None:
    made = report(world)
    acts.join(world.dojin, made)
    made.refresh_from_db()
    share.prepare(world.dojin, made, TEXT)
    assert share.disclosed_fields(made) == {}
    share.answer(made, agrees=True)
    told = share.disclosed_fields(made)
    assert list(told) == ["code", "matter", "half_year", "facts", "files"]
    assert "반짝상회" not in told["facts"] and "12,345,600" not in told["facts"] and CUT in told["facts"]
    assert share.disclosed_to([world.lumibay]) == [made]
    share.answer(made, agrees=False)
    assert share.disclosed_fields(made) == {}
    assert share.disclosed_to([world.lumibay]) == []


@pytest.mark.parametrize("confidence", ["anonymous", "body"])
def test_what_the_merchant_ruled_out_cannot_even_be_prepared(world: SimpleNamespace, confidence: str) -> None:
    made = report(world, confidence)
    acts.join(world.dojin, made)
    with pytest.raises(Refused):
        share.prepare(world.dojin, made, "무슨 일이 있었다")


def test_a_word_learnt_later_is_cut_from_what_was_prepared_before(world: SimpleNamespace) -> None:
    made = report(world)
    acts.join(world.dojin, made)
    made.refresh_from_db()
    share.prepare(world.dojin, made, "반짝이의 정산이 늦습니다")
    share.answer(made, agrees=True)
    made.known = '["반짝이"]'
    assert "반짝이" not in share.disclosed_fields(made)["facts"]


def test_a_fall_in_rank_after_the_report_is_told_with_its_numbers(world: SimpleNamespace) -> None:
    made = report(world)
    with time_machine.travel(NOW + timedelta(days=40)):
        day = NOW.date()
        lines = ["날짜,순위"] + [
            f"{day + timedelta(days=at)},{9 + at % 3 if at <= 0 else 48 + at % 3}" for at in range(-30, 31)
        ]
        add_series(made, "rank", "\n".join(lines))
        add_series(made, "suspension", f"{day + timedelta(days=3)}", first=day - timedelta(days=30))
    rank, suspension = markers(made)
    assert (rank["change"].verdict, rank["look"]) == ("changed", "bad")
    assert "31 → 30" in rank["working"]
    assert suspension["change"].verdict == "too_little"


@pytest.mark.parametrize("text", ["어제,3", "2026-05-01", "2026-05-01,많이", ""])
def test_a_line_that_cannot_be_read_is_named(world: SimpleNamespace, text: str) -> None:
    with pytest.raises(InputError):
        add_series(report(world), "rank", text)


MATTERS = ["fees", "ranking", "settlement"]


def test_counts_below_ten_and_none_at_all_are_kept_out_and_small_platforms_have_no_row() -> None:
    counts = {
        ("a", "fees"): 40,
        ("a", "ranking"): 3,
        ("b", "fees"): 12,
        ("b", "settlement"): 25,
        ("c", "ranking"): 18,
        ("d", "ranking"): 9,
    }
    told = {(row["operator"], row["matter"]): row["n"] for row in cells(counts, MATTERS, 10)}
    assert {operator for operator, _matter in told} == {"a", "b", "c", ""}
    assert told["a", "ranking"] is None and told["a", "settlement"] is None
    assert all(n >= 10 for n in told.values() if n is not None)


@pytest.mark.parametrize("one", [{}, {("d", "ranking"): 1}, {("d", "ranking"): 1, ("e", "fees"): 8}])
def test_a_platform_with_a_report_looks_like_one_with_none(one: dict[tuple[str, str], int]) -> None:
    counts = {("a", "fees"): 40, ("a", "ranking"): 30, ("b", "fees"): 20, ("b", "ranking"): 25}
    assert cells(counts | one, MATTERS, 10) == cells(counts, MATTERS, 10)


def test_a_month_is_counted_once_and_stays_as_it_was_shown(world: SimpleNamespace) -> None:
    for _each in range(11):
        report(world, "anonymous")
    with time_machine.travel(datetime(2026, 12, 1, 3, tzinfo=UTC)):
        make_due(datetime(2026, 12, 1, 3, tzinfo=UTC))
        MerchantReport.objects.update(matter="fees")
        make_due(datetime(2026, 12, 1, 3, tzinfo=UTC))
    (month,) = MerchantCells.objects.all()
    told = {(row["operator"], row["matter"]): row["n"] for row in month.rows}
    assert (month.month, told["lumibay", "settlement"], told["lumibay", "fees"]) == ("2026-11", 11, None)


def test_the_export_that_screening_reads_names_nobody(world: SimpleNamespace) -> None:
    report(world, "body", began_on=date(2026, 5, 3), amount="12345600")
    (row,) = records()
    assert row["channel"] == "merchant" and row["operator"] == "Lumibay"
    assert not any(word in str(row) for word in ("반짝", "12,345,600", "110-123", "banjjak", "777"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://banjjak.newmall.example/shop/banjjak?id=77", "newmall.example"),
        ("새벽마켓 (반짝 상회)", "새벽마켓 (▒▒▒)"),
        ("help@banjjak.example", "▒▒▒"),
        ("새벽마켓", "새벽마켓"),
    ],
)
def test_what_is_typed_as_the_platform_tells_the_platform_alone(
    world: SimpleNamespace, typed: str, kept: str
) -> None:
    report(world, "body", operator_told=typed)
    (row,) = records()
    assert row["operator"] == kept


def test_what_is_exported_is_screened_as_evidence_of_market_power(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    report(world, "body")
    file = tmp_path / "merchants.jsonl"
    assert CliRunner().invoke(desk_mail.app, ["export-merchants", str(file)]).exit_code == 0
    out = tmp_path / "out"
    asked = Request(
        (file,),
        out,
        date(2026, 11, 25),
        kind="complaint",
        measures=("market_power",),
        lists="none",
        workers=1,
    )
    screen(asked)
    (found,) = pq.read_table(out / "findings.parquet").to_pylist()
    assert (found["check"], found["reference_id"]) == ("market_power.complaints", "conduct:settlement_delay")
    assert all("반짝" not in reason["seen"] for reason in found["reasons"])


def test_three_years_after_its_end_nothing_of_a_person_is_left(world: SimpleNamespace) -> None:
    made = report(world, files=clean_files([SimpleUploadedFile("a.csv", b"month,paid\n")]))
    acts.write(made, "4월분입니다")
    acts.close(made, "withdrawn")
    forget_old(NOW + timedelta(days=3 * 365))
    assert MerchantReport.objects.get().text == TEXT
    forget_old(NOW + timedelta(days=3 * 366))
    left = MerchantReport.objects.get()
    assert (left.text, left.gist, left.shop, left.email, left.known, left.conducts) == (
        "",
        "",
        "",
        "",
        "",
        [],
    )
    assert not (left.files.exists() or left.messages.exists() or FileOriginal.objects.exists())
    assert (left.matter, left.operator) == ("settlement", world.lumibay)


@pytest.mark.parametrize("matter", sorted(table("matters")))
def test_no_title_of_a_case_says_that_somebody_reported(world: SimpleNamespace, matter: str) -> None:
    made = receive(
        confidence="anonymous", matter=matter, operator_told="루미베이", text="예시 상점 이야기"
    ).report
    acts.join(world.dojin, made)
    made.refresh_from_db()
    titles = [made.case.title, *made.case.items.values_list("title", flat=True)]
    assert not [title for title in titles if re.search("신고|제보|보복|문제 제기", title)]

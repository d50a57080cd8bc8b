"""Whatever page, file, figure or operation of a firm or of anybody: nothing there tells who reported."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet as pq
import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse

from mapae.desk.accounts.tokens import make_token, scopes_for
from mapae.desk.api.v1 import api
from mapae.desk.cases.actions import Refused
from mapae.desk.cases.actions import run as run_case
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document
from mapae.desk.export import Wanted, export
from mapae.desk.merchants import acts, share
from mapae.desk.merchants.counts import make_due
from mapae.desk.merchants.intake import clean_files, receive
from mapae.desk.merchants.matters import table
from mapae.desk.merchants.models import MerchantCells, MerchantReport
from mapae.desk.routes import routes
from tests.desk.subjects import subjects

# one word for everything of a report, found nowhere else
NEVER = (
    "SHOPQX1",
    "NAMEQX2",
    "mailqx3@mail.example",
    "010-7777-0004",
    "TEXTQX5",
    "98,761,006",
    "FILEQX7",
    "INSIDEQX8",
)
AGREED = "AGREEDQX"
MESSAGE = "TALKQX9"


@pytest.fixture(autouse=True)
def _at(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    cache.clear()
    with time_machine.travel(datetime(2026, 11, 25, 3, tzinfo=UTC), tick=False):
        yield


def told(world: SimpleNamespace, confidence: str) -> MerchantReport:
    """A report with a file, joined to a case, with messages; agreed to be told where that is open."""
    file = SimpleUploadedFile(f"{NEVER[6]}.txt", f"{NEVER[7]}".encode())
    made = receive(
        confidence=confidence, matter="ranking", operator_told="루미베이", name=NEVER[1], shop=NEVER[0], email=NEVER[2],
        phone=NEVER[3], text=f"{NEVER[4]} {NEVER[0]}의 순위가 내려가 {NEVER[5]}원 손해입니다.", files=clean_files([file]),
        amount=NEVER[5],
    ).report  # fmt: skip
    acts.join(world.dojin, made)
    made.refresh_from_db()
    acts.write(made, f"{MESSAGE} 언제부터입니까?", world.dojin)
    if confidence == "disclosed":
        share.prepare(world.dojin, made, f"{AGREED} {NEVER[0]} {NEVER[5]}원 순위가 내려감")
        share.answer(made, agrees=True)
    return made


def served(world: SimpleNamespace, case: Case) -> None:
    """Something of the case was served, so that its pages open for the agent."""
    Document.objects.create(
        case=case, kind="guidance", body=world.kftc, code="AAAA-BBBB-CCCC", drafter=world.dojin, drafted_at=datetime.now(UTC),
        state="served", served_at=datetime.now(UTC), content={}, addressee="예시",
    )  # fmt: skip


def places(known: dict[str, Any]) -> Iterator[str]:
    """Every address that is not for authorities only, filled in with what belongs to the operator and the report."""
    for route in routes():
        if set(route.who) <= {"officer", "auditor", "admin", "training"}:
            continue
        names = [part.split(":")[-1] for part in route.path.replace(">", "<").split("<")[1::2]]
        try:
            yield reverse(route.name, kwargs={name: known[name] for name in names})
        except (NoReverseMatch, KeyError):
            continue


def seen(world: SimpleNamespace, made: MerchantReport, known: dict[str, Any]) -> str:
    """All that the operator's firm, another firm, headquarters and anybody are answered."""
    parts, number = [], made.case.number if made.case else ""
    for person in (world.minjun, world.mei, world.rival, None):
        client = Client()
        if person:
            client.force_login(person)
        for word in (NEVER[0], made.number):
            found = client.get(f"/search?q={word}").content.decode()
            assert number not in found, "what was searched for is in nothing that the person may see"
        for place in (*places(known), "/search?q=순위", f"/agent/cases/{number}"):
            answer = client.get(place)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            parts.append(f"{body.decode('utf-8', 'replace')} {answer.headers}")
    _row, key = make_token(world.minjun, "test", 30, list(scopes_for(world.minjun)))
    bearer = Client(headers={"authorization": f"Bearer {key}"})
    for path, item in api.get_openapi_schema()["paths"].items():
        place = path.replace("{number}", number).replace("{key}", "lumibay")
        if "get" in item and "{" not in place:
            parts.append(bearer.get(place).content.decode("utf-8", "replace"))
    return "\n".join(parts)


@pytest.mark.slow
@pytest.mark.parametrize("confidence", ["anonymous", "disclosed"])
def test_no_page_file_or_operation_of_a_firm_tells_who_reported(
    world: SimpleNamespace, tmp_path: Any, confidence: str
) -> None:
    known = subjects(world)
    made = told(world, confidence)
    assert made.case is not None
    served(world, made.case)
    known |= {"number": made.case.number, "code": "AAAA-BBBB-CCCC", "key": "lumibay", "pk": known["item"]}
    text = seen(world, made, known)
    assert made.case.number in text, "the agent finds the case at all"
    assert [word for word in (*NEVER, MESSAGE, made.number, made.link_digest) if word in text] == []
    assert (AGREED in text) == (confidence == "disclosed")
    export(tmp_path / "out", Wanted(numbers=[made.case.number]))
    out = "\n".join(
        path.read_text("utf-8", "replace") for path in (tmp_path / "out").rglob("*") if path.is_file()
    )
    assert [word for word in (*NEVER, MESSAGE, AGREED, made.number) if word in out] == []


def test_the_list_of_fields_is_closed(world: SimpleNamespace) -> None:
    made = told(world, "disclosed")
    fields = share.disclosed_fields(made)
    assert list(fields) == table("disclosed_fields") == ["code", "matter", "half_year", "facts", "files"]
    words = json.dumps(fields, ensure_ascii=False)
    assert not any(word in words for word in (*NEVER, MESSAGE, made.number))


def test_a_letter_of_the_case_that_names_the_merchant_cannot_be_drafted(world: SimpleNamespace) -> None:
    made = told(world, "body")
    assert made.case is not None
    with pytest.raises(Refused, match=NEVER[0]):
        run_case(
            "draft",
            world.dojin,
            made.case,
            kind="guidance",
            facts=f"{NEVER[0]}의 순위가 내려갔다",
            confirmed=True,
        )
    assert not Document.objects.filter(case=made.case).exists()


def test_figures_that_everybody_sees_show_no_small_count(world: SimpleNamespace) -> None:
    for _each in range(3):
        told(world, "anonymous")
    with time_machine.travel(datetime(2026, 12, 2, 3, tzinfo=UTC)):
        make_due(datetime.now(UTC))
        rows = Client().get("/merchants/figures.csv").content.decode("utf-8-sig").splitlines()[1:]
        page = Client().get("/merchants/figures").content.decode()
    counts = [row.split(",") for row in rows]
    assert counts and all(int(n or 10) >= 10 or n == "0" for _month, _key, _matter, n, _kept in counts)
    assert [row for row in counts if row[2] == "ranking" and row[4] == "1"]
    assert "▒" in page


def test_the_files_of_the_figures_have_the_same_cells_and_every_month(world: SimpleNamespace) -> None:
    for at in range(30):
        rows = [{"operator": "", "matter": "ranking", "n": at or None}]
        MerchantCells.objects.create(
            month=f"{2024 + at // 12}-{at % 12 + 1:02d}", rows=rows, made_at=datetime.now(UTC)
        )
    lines = csv.DictReader(io.StringIO(Client().get("/merchants/figures.csv").content.decode("utf-8-sig")))
    table = pq.read_table(io.BytesIO(Client().get("/merchants/figures.parquet").content))
    kept = [
        {name: "" if value is None else str(value) for name, value in row.items()}
        for row in table.to_pylist()
    ]
    assert kept == list(lines) and len(kept) == 30 and table.column_names == lines.fieldnames
    hidden = [row for row in kept if row["kept_out"] == "1"]
    assert [(row["month"], row["n"]) for row in hidden] == [("2024-01", "")]
    page = Client().get("/merchants/figures", headers={"accept-language": "en"}).content.decode()
    assert "2024-01" not in page and "Older months stand in the files." in page

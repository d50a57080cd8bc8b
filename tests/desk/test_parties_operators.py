"""Operators: facts with source and history, duties limb by limb, agents by mandate, first pages, the public register."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mapae.desk.audit.models import AuditEntry
from mapae.desk.parties.daily import decide_daily
from mapae.desk.parties.duties import latest
from mapae.desk.parties.facts import add_fact
from mapae.desk.parties.first_page import check_page
from mapae.desk.parties.fitness import breaches_of, eligible
from mapae.desk.parties.mandates import appoint
from mapae.desk.parties.models import Mandate, PublicationCheck, RegisterSnapshot
from mapae.desk.parties.register import current, flat, history_of
from mapae.desk.scope import operators_for
from mapae.errors import InputError

BEFORE, AFTER = (datetime(*day, 10, tzinfo=ZoneInfo("Asia/Seoul")) for day in ((2026, 11, 25), (2027, 1, 21)))
PAGE = """<html><meta charset="utf-8"><body><footer><h4>국내대리인</h4><p>법인명: 법무법인 한들</p>
<p>주소: 서울특별시 종로구 예시로 1</p><p>전화번호: 02-000-0001</p><p>이메일: {email}</p></footer></body></html>"""


def signed_in(user: object) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)  # type: ignore[arg-type]
    return client


def fact(world: SimpleNamespace, name: str, value: str, on: date = date(2026, 11, 1)) -> None:
    add_fact(world.sora, world.lumibay, name, value, source="annual report (invented)", as_of=on)


def large(world: SimpleNamespace) -> None:
    """Lumibay is without an address in Korea and above every revenue threshold."""
    fact(world, "korean_address", "no")
    fact(world, "threshold_source", "draft_decree_2026-03-11")
    fact(world, "revenue_krw_prior_year", "1,000,000,000,000")


@time_machine.travel(BEFORE, tick=False)
def test_a_duty_is_unknown_with_the_facts_that_are_missing(world: SimpleNamespace) -> None:
    fact(world, "korean_address", "no")
    duty = latest(world.lumibay)["PIPA"]
    assert duty.answer == "unknown"
    assert {limb["fact"] for limb in duty.limbs if limb["met"] == "unknown"} >= {"revenue_krw_prior_year"}
    page = signed_in(world.sora).get("/operators/lumibay").content.decode()
    assert "Not known, because these facts are missing:" in page
    assert "1,000,000,000,000" in page


@time_machine.travel(BEFORE, tick=False)
def test_a_fact_decides_anew_and_the_decision_before_stays(world: SimpleNamespace) -> None:
    fact(world, "korean_address", "no")
    fact(world, "revenue_krw_prior_year", "999,999,999,999")
    assert latest(world.lumibay)["PIPA"].answer == "unknown"
    fact(world, "revenue_krw_prior_year", "1,000,000,000,000", date(2026, 11, 20))
    duty = latest(world.lumibay)["PIPA"]
    assert duty.answer == "yes"
    revenue = next(limb for limb in duty.limbs if limb["fact"] == "revenue_krw_prior_year")
    assert (revenue["source"], revenue["as_of"]) == ("annual report (invented)", "2026-11-20")
    assert world.lumibay.duties.filter(regime="PIPA").count() == 3
    assert world.lumibay.facts.filter(name="revenue_krw_prior_year").count() == 2
    assert AuditEntry.objects.filter(kind="operator_fact").count() == 3


@pytest.mark.parametrize(
    ("name", "value", "source"),
    [
        ("revenue_krw_prior_year", "much", "report"),
        ("traffic_share_pct", "101", "report"),
        ("korean_address", "perhaps", "report"),
        ("revenue_foreign", "3 YEN", "report"),
        ("korean_address", "no", " "),
        ("shoe_size", "40", "report"),
    ],
)
def test_a_fact_that_cannot_be_read_or_has_no_source_is_refused(
    world: SimpleNamespace, name: str, value: str, source: str
) -> None:
    with pytest.raises(InputError):
        add_fact(world.sora, world.lumibay, name, value, source=source, as_of=date(2026, 1, 1))
    assert not world.lumibay.facts.exists()


@time_machine.travel(BEFORE, tick=False)
def test_what_was_typed_of_a_refused_fact_stands_in_the_form_again(world: SimpleNamespace) -> None:
    sent = {"name": "traffic_share_pct", "value": "101", "source": 'report <3 & "4"', "as_of": "2026-11-01"}
    answer = signed_in(world.sora).post("/operators/lumibay/facts", sent, follow=True)
    page = answer.content.decode()
    assert not world.lumibay.facts.exists() and "<details open><summary>Record a fact" in page
    assert (
        'value="101"' in page
        and 'value="report &lt;3 &amp; &quot;4&quot;"' in page
        and 'value="2026-11-01"' in page
    )
    assert '<option value="traffic_share_pct" selected>' in page


def test_before_the_first_day_of_the_law_there_is_no_breach_and_from_it_there_is(
    world: SimpleNamespace,
) -> None:
    world.lumibay.mandates.all().delete()
    with time_machine.travel(BEFORE, tick=False):
        large(world)
        assert latest(world.lumibay)["ECA"].answer == "not_in_force"
        assert "ECA" not in {breach.regime for breach in breaches_of(world.lumibay, date(2026, 11, 25))}
    with time_machine.travel(AFTER, tick=False):
        signed_in(world.sora).post("/operators/lumibay/duties")
        assert latest(world.lumibay)["ECA"].answer == "yes"
        found = [each for each in breaches_of(world.lumibay, date(2027, 1, 21)) if each.regime == "ECA"]
        assert [(each.code, each.max_krw) for each in found] == [("agent_not_appointed", 20_000_000)]
        assert "45" in " ".join(found[0].reasons)


@time_machine.travel(BEFORE, tick=False)
def test_a_duty_without_an_agent_is_decided_and_shown_and_no_breach_of_appointing_one(
    world: SimpleNamespace,
) -> None:
    world.lumibay.mandates.all().delete()
    large(world)
    assert latest(world.lumibay)["PSF"].answer == "yes"
    assert "PSF" not in {breach.regime for breach in breaches_of(world.lumibay, date(2026, 11, 25))}
    page = signed_in(world.sora).get("/operators/lumibay").content.decode()
    assert "Framework Act on Product Safety" in page


def test_the_first_day_of_a_law_is_noticed_by_itself_and_once(world: SimpleNamespace) -> None:
    with time_machine.travel(BEFORE, tick=False):
        large(world)
        assert decide_daily(BEFORE) == 1  # Dalmart; Lumibay was decided with its facts
        assert decide_daily(BEFORE) == 0
    with time_machine.travel(AFTER, tick=False):
        assert decide_daily(AFTER) == 2
        assert latest(world.lumibay)["ECA"].answer == "yes"
        pipa = latest(world.lumibay)["PIPA"]
        assert (pipa.as_of, pipa.decided_at.date()) == (date(2027, 1, 21), date(2026, 11, 25))


@time_machine.travel(AFTER, tick=False)
def test_an_outside_agent_may_not_be_one_where_the_operator_has_its_own_company(
    world: SimpleNamespace,
) -> None:
    large(world)
    today = date(2027, 1, 21)
    assert eligible(world.mandate, today)[0] == "unknown"
    fact(world, "founded_korean_company", "yes")
    assert eligible(world.mandate, today)[0] == "no"
    assert "agent_ineligible" in {each.code for each in breaches_of(world.lumibay, today)}


@pytest.mark.parametrize("regime", ["ECA", "PIPA", "TBA"])
def test_the_operators_own_company_may_be_its_agent(world: SimpleNamespace, regime: str) -> None:
    fact(world, "founded_korean_company", "yes")
    type(world.firm).objects.filter(pk=world.firm.pk).update(kind="founded_korean_company")
    Mandate.objects.filter(pk=world.mandate.pk).update(regime=regime)
    world.mandate.refresh_from_db()
    world.mandate.firm.refresh_from_db()
    assert eligible(world.mandate, date(2027, 1, 21))[0] == "yes"


@time_machine.travel(AFTER, tick=False)
def test_an_agent_must_be_reported_then_shown(world: SimpleNamespace) -> None:
    large(world)
    fact(world, "founded_korean_company", "no")
    fact(world, "dominated_korean_company", "no")
    today = date(2027, 1, 21)

    def codes() -> list[str]:
        return [each.code for each in breaches_of(world.lumibay, today) if each.regime == "ECA"]

    assert codes() == ["agent_not_submitted"]
    Mandate.objects.filter(pk=world.mandate.pk).update(reported_on=today)
    assert codes() == ["agent_not_published"]
    Mandate.objects.filter(pk=world.mandate.pk).update(published_on=today)
    assert codes() == []
    check_page(world.sora, world.lumibay, world.mandate, PAGE.format(email="").encode())
    assert codes() == ["agent_not_published"]


@time_machine.travel(BEFORE, tick=False)
def test_a_change_of_agent_hands_the_workspace_over_on_the_day(world: SimpleNamespace) -> None:
    made = appoint(
        world.sora, world.lumibay, world.rival_firm, regime="ECA", starts_on=date(2026, 11, 25),
        replaces=world.mandate,
    )  # fmt: skip
    world.mandate.refresh_from_db()
    assert world.mandate.ends_on == date(2026, 11, 24)
    assert (made.replaces, made.live(date(2026, 11, 25))) == (world.mandate, True)
    assert world.lumibay not in operators_for(world.minjun)
    assert world.lumibay in operators_for(world.rival)


def test_a_mandate_replaces_only_its_like(world: SimpleNamespace) -> None:
    with pytest.raises(InputError):
        appoint(
            world.sora, world.dalmart, world.firm, regime="ECA", starts_on=date(2026, 11, 25),
            replaces=world.mandate,
        )  # fmt: skip
    with pytest.raises(InputError):
        appoint(
            world.sora, world.lumibay, world.firm, regime="ECA", starts_on=world.mandate.starts_on,
            replaces=world.mandate,
        )  # fmt: skip


@time_machine.travel(BEFORE, tick=False)
def test_an_officer_appoints_a_new_firm_with_its_document(world: SimpleNamespace) -> None:
    form = {
        "name_ko": "새길대리(예시)", "name_en": "Saegil", "address": "서울특별시 예시로 9", "phone": "02-000-0009",
        "email": "agent@saegil.example", "kind": "law_firm", "regime": "PIPA", "starts_on": "2026-11-25",
        "scope": ["privacy", "documents"], "in_writing": "on",
        "document": SimpleUploadedFile("mandate.txt", "위임장 (예시)".encode()),
    }  # fmt: skip
    client = signed_in(world.sora)
    answer = client.post("/operators/dalmart/mandates", form)
    made = Mandate.objects.get(firm__name_en="Saegil")
    assert answer["Location"] == f"/mandates/{made.pk}"
    assert (made.regime, made.scope, made.document is not None) == ("PIPA", ["privacy", "documents"], True)
    assert client.get(f"/mandates/{made.pk}").status_code == 200
    assert client.get(f"/mandates/{made.pk}/file").content == "위임장 (예시)".encode()


@time_machine.travel(BEFORE, tick=False)
def test_a_first_page_is_read_with_spans_and_compared_with_the_mandate(world: SimpleNamespace) -> None:
    client = signed_in(world.sora)
    page = PAGE.format(email="other@handeul.example")
    form = {
        "page": SimpleUploadedFile("p.html", page.encode()),
        "mandate": world.mandate.pk,
        "language": "ko",
    }
    answer = client.post("/operators/lumibay/first-page", form)
    check = PublicationCheck.objects.get()
    assert answer["Location"] == f"/first-pages/{check.pk}"
    assert (check.complete, check.differs) == (False, ["email"])
    shown = client.get(answer["Location"]).content.decode()
    assert "<mark>other@handeul.example</mark>" in shown
    assert "differs from the mandate" in shown
    right = check_page(
        world.sora, world.lumibay, world.mandate, PAGE.format(email="agent@handeul.example").encode()
    )
    assert (right.complete, right.differs) == (True, [])


def test_a_page_that_attacks_is_shown_inert(world: SimpleNamespace) -> None:
    page = "<p>국내대리인</p><script>alert(1)</script><p>법인명: &lt;img src=x onerror=alert(1)&gt;</p>"
    check = check_page(world.sora, world.lumibay, world.mandate, page.encode())
    shown = signed_in(world.sora).get(f"/first-pages/{check.pk}").content.decode()
    assert "<img src=x" not in shown
    assert "alert(1)</script>" not in shown


@time_machine.travel(BEFORE, tick=False)
def test_a_test_inquiry_counts_for_the_agent_of_its_day(world: SimpleNamespace) -> None:
    client = signed_in(world.sora)
    form = {"channel": "email", "language": "en", "about": "a refund (invented)", "asked_on": "2026-11-20"}
    client.post("/operators/lumibay/inquiries", form)
    made = world.lumibay.inquiries.get()
    assert made.mandate == world.mandate
    address = f"/operators/lumibay/inquiries/{made.pk}"
    client.post(address, {"outcome": "helped", "answered_on": "2026-11-19"})
    made.refresh_from_db()
    assert made.outcome == ""
    client.post(address, {"outcome": "helped", "answered_on": "2026-11-23"})
    figures = client.get("/operators/lumibay").context["inquiry_figures"]
    assert (figures.asked, figures.helped, figures.days) == (1, 1, 3)


@time_machine.travel(BEFORE, tick=False)
def test_the_register_is_public_in_three_languages_and_as_open_data(world: SimpleNamespace) -> None:
    large(world)
    for language, word in (("ko", "국내대리인 등록부"), ("en", "Register of agents"), ("zh-hans", "")):
        page = Client(headers={"accept-language": language}).get("/register")
        assert page.status_code == 200
        assert word in page.content.decode()
        assert "agent@handeul.example" in page.content.decode()
    body = Client().get("/register.json").json()
    assert body["snapshot"] == current().digest
    assert {row["agent_en"] for row in body["rows"] if row["operator"] == "lumibay"} >= {"Handeul Law"}
    table = list(csv.DictReader(io.StringIO(Client().get("/register.csv").content.decode("utf-8-sig"))))
    assert len(table) == len(body["rows"])
    assert {row["snapshot"] for row in table} == {body["snapshot"]}


def test_no_cell_of_the_register_begins_a_formula(world: SimpleNamespace) -> None:
    type(world.firm).objects.filter(pk=world.firm.pk).update(
        name_ko='=HYPERLINK("x")', phone="+82-2-000-0001"
    )
    cells = [str(cell) for line in flat(current())[1:] for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert "'+82-2-000-0001" in cells


def test_the_register_keeps_what_it_said_before(world: SimpleNamespace) -> None:
    before = current()
    assert current().pk == before.pk
    type(world.firm).objects.filter(pk=world.firm.pk).update(phone="02-000-0099")
    after = current()
    assert RegisterSnapshot.objects.count() == 2
    assert [snapshot.pk for snapshot, _rows in history_of("lumibay")] == [after.pk, before.pk]
    assert [snapshot.pk for snapshot, _rows in history_of("dalmart")] == [before.pk]
    old = Client().get(f"/register?snapshot={before.digest}").content.decode()
    assert "02-000-0001" in old
    assert "02-000-0099" not in old
    assert Client().get("/register?snapshot=nothing").status_code == 404
    assert "02-000-0001" in Client().get("/register/lumibay").content.decode()


def test_search_finds_an_operator_by_its_agent(world: SimpleNamespace) -> None:
    page = signed_in(world.sora).get("/operators?q=가온").content.decode()
    assert "/operators/dalmart" in page
    assert "/operators/lumibay" not in page
    public = Client().get("/register?q=gaon").content.decode()
    assert "/register/dalmart" in public
    assert "/register/lumibay" not in public


@pytest.mark.parametrize("who", ["minjun", "mei", "rival"])
def test_agents_do_not_open_the_operators_of_the_authorities(world: SimpleNamespace, who: str) -> None:
    assert signed_in(getattr(world, who)).get("/operators").status_code == 403


def test_auditors_read_and_do_not_write(world: SimpleNamespace) -> None:
    client = signed_in(world.yuna)
    assert client.get("/operators/lumibay").status_code == 200
    assert client.post("/operators/lumibay/facts", {}).status_code == 403


def test_a_new_operator_is_listed_with_its_duties(world: SimpleNamespace) -> None:
    form = {
        "key": "pinecove",
        "name_ko": "파인코브",
        "name_en": "Pinecove",
        "country": "us",
        "role": "seller",
    }
    client = signed_in(world.sora)
    assert client.post("/operators/new", form)["Location"] == "/operators/pinecove"
    page = client.get("/operators").content.decode()
    assert "Pinecove" in page
    assert client.post("/operators/new", form)["Location"] == "/operators"

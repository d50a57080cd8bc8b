"""Agreements on the desk: scores from the desk's own letters and looks and from imported files, cases on breaches, pages."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mapae.desk.agreements.breach import open_breach
from mapae.desk.agreements.intake import take_events
from mapae.desk.agreements.ledger import ledger
from mapae.desk.agreements.models import OperatorEvent
from mapae.desk.agreements.scores import one_score, scores
from mapae.desk.agreements.show import named
from mapae.desk.audit.models import AuditEntry
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.models import Case, CaseItem, ItemCheck
from mapae.desk.documents.models import Document
from mapae.desk.findings.models import Finding, Run
from mapae.desk.helpline.models import Complaint, ComplaintEvent
from mapae.desk.parties.models import Operator

SEOUL = timezone(timedelta(hours=9))
NOW = datetime(2026, 11, 25, 10, tzinfo=SEOUL)
HEAD = "event_id,operator,subject_id,event,at,value\n"


@pytest.fixture(autouse=True)
def _kept(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.EVIDENCE_ROOT = tmp_path / "evidence"


@pytest.fixture
def temu(world: SimpleNamespace) -> Operator:
    return Operator.objects.create(
        key="temu", name_ko="테무", name_en="Temu", country="CN", platforms=["Temu"]
    )


def _file(rows: list[str], name: str = "events.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (HEAD + "\n".join(rows) + "\n").encode(), "text/csv")


def _late(count: int) -> list[str]:
    """So many requests of two months, none answered in two business days; and a figure that says otherwise."""
    rows = []
    for number in range(count):
        month = 3 + number % 2
        rows.append(f"{number}a,Temu,L{number},notice_sent,2026-{month:02d}-02,")
        rows.append(f"{number}b,테무,L{number},removed_seen,2026-{month:02d}-20,")
    return [*rows, "d,Temu,block_on_request,declared,2026-06-01,98"]


@time_machine.travel(NOW, tick=False)
def test_a_file_is_imported_once_with_bad_rows_named(world: SimpleNamespace, temu: Operator) -> None:
    rows = [*_late(12), "x,Temu,L1,dance,2026-03-02,", "y,AliExpress,L1,notice_sent,2026-03-02,"]
    first = take_events(world.dojin, temu, _file(rows))
    again = take_events(world.dojin, temu, _file(rows))
    assert (first.rows, first.others, [fault.column for fault in first.faults]) == (25, 1, ["event"])
    assert (again.rows, again.known) == (0, 25)
    assert OperatorEvent.objects.filter(operator=temu).count() == 25
    assert AuditEntry.objects.filter(kind="events_imported").count() == 2


@time_machine.travel(NOW, tick=False)
def test_events_under_the_name_of_the_firm_that_signed_are_the_operators(
    world: SimpleNamespace, temu: Operator
) -> None:
    rows = ["a,Whaleco,L1,notice_sent,2026-03-02,", "b,Temu,L1,removed_seen,2026-03-03,"]
    assert take_events(world.dojin, temu, _file(rows)).others == 0
    score = one_score(temu, "kftc_product_safety", "block_on_request")
    assert score is not None and (score.kept, score.n) == (1, 1)


@time_machine.travel(NOW, tick=False)
def test_a_breach_opens_one_case_with_the_score_as_evidence(world: SimpleNamespace, temu: Operator) -> None:
    take_events(world.dojin, temu, _file(_late(20)))
    score = one_score(temu, "kftc_product_safety", "block_on_request")
    assert score is not None
    assert (score.status, score.n, score.declared[0].inside) == ("not_met", 20, False)
    case = open_breach(world.dojin, temu, score)
    assert (case.matter, case.lead.key, case.severity) == ("agreements", "kftc", 2)
    item = CaseItem.objects.get(case=case)
    assert (item.kind, item.subject_id, item.evidence.count()) == (
        "commitment",
        "kftc_product_safety.block_on_request",
        1,
    )
    assert open_breach(world.dojin, temu, score) == case
    assert Case.objects.filter(matter="agreements").count() == 1


@time_machine.travel(NOW, tick=False)
def test_what_is_not_broken_opens_nothing(world: SimpleNamespace, temu: Operator) -> None:
    take_events(world.dojin, temu, _file(_late(3)))
    score = one_score(temu, "kftc_product_safety", "block_on_request")
    assert score is not None
    with pytest.raises(Refused):
        open_breach(world.dojin, temu, score)


@time_machine.travel(NOW, tick=False)
def test_the_desks_own_letters_answers_and_looks_are_events(world: SimpleNamespace, temu: Operator) -> None:
    case = run("open", world.dojin, operator=temu, matter="local_agents", title="t")
    served, said = datetime(2026, 11, 2, 9, tzinfo=SEOUL), datetime(2026, 11, 3, 9, tzinfo=SEOUL)
    letter = Document.objects.create(
        case=case, kind="agreement_request", body=world.kftc, code="c-1", addressee="Temu", drafter=world.dojin,
        drafted_at=served, served_at=served, state="served",
    )  # fmt: skip
    item = CaseItem.objects.create(
        case=case, kind="listing", subject_id="L1", state="asked", said_removed_at=said
    )
    letter.items.add(item)
    ItemCheck.objects.create(
        item=item, verdict="still_up", how="fetch", at=datetime(2026, 11, 4, 9, tzinfo=SEOUL)
    )
    ItemCheck.objects.create(
        item=item, verdict="removed", how="fetch", at=datetime(2026, 11, 9, 9, tzinfo=SEOUL)
    )
    assert ledger(temu)["event"].to_list() == [
        "notice_sent",
        "removal_declared",
        "still_up_seen",
        "removed_seen",
    ]
    found = {one.commitment.key: one for one in scores(temu)}
    assert (found["block_on_request"].n, found["block_on_request"].kept) == (1, 0)
    assert found["block_on_request"].breaches[0].end == date(2026, 11, 9)
    assert found["report_result"].kept == 1
    assert found["reports_true"].unseen == 0
    client = Client()
    client.force_login(world.dojin)
    page = client.get("/agreements/temu").content.decode()
    late = page.partition("2026-11-09")[0].rpartition("<tr>")[2]
    assert case.number in late and ">L1<" in late, "what was not kept is named by its case and number"
    assert named(found["block_on_request"]).breaches[0].subject_id == f"{case.number} L1"


@time_machine.travel(NOW, tick=False)
def test_complaints_of_the_helpline_are_events_on_their_day(world: SimpleNamespace, temu: Operator) -> None:
    made = Complaint.objects.create(
        number="H-1", link_digest="d", relay="r", received_at=NOW, operator=temu, state="with_network"
    )
    asked = datetime(2026, 10, 7, 9, tzinfo=SEOUL)
    ComplaintEvent.objects.create(complaint=made, seq=1, kind="sent_to_network", at=asked)
    ComplaintEvent.objects.create(complaint=made, seq=2, kind="forwarded", at=NOW, data={"on": "2026-10-13"})
    [score] = [one for one in scores(temu) if one.commitment.key == "forward_redress"]
    assert (score.kept, score.n) == (1, 1)  # 9 October is a holiday: the third business day is the 13th


@pytest.fixture
def imported(world: SimpleNamespace, temu: Operator) -> Operator:
    with time_machine.travel(NOW, tick=False):
        take_events(world.dojin, temu, _file(_late(20)))
    return temu


@time_machine.travel(NOW, tick=False)
def test_officers_read_import_open_and_draft_on_the_pages(world: SimpleNamespace, imported: Operator) -> None:
    client = Client()
    client.force_login(world.dojin)
    client.cookies["django_language"] = "en"
    assert "Temu" in client.get("/agreements").content.decode()
    page = client.get("/agreements/temu").content.decode()
    assert all(words in page for words in ("0 of 20", "outside what was observed", "87.36 %", "Open a case"))
    answer = client.post("/agreements/temu/events", {"file": _file(["n,Temu,L99,notice,2026-05-04,"])})
    assert (answer.status_code, imported.events.filter(subject_id="L99").exists()) == (302, True)
    opened = client.post("/agreements/temu/kftc_product_safety/block_on_request/open")
    assert opened["Location"].startswith("/cases/")
    assert client.get(opened["Location"]).status_code == 200
    assert (
        opened["Location"].rstrip("/").rpartition("/")[2] in client.get("/agreements/temu").content.decode()
    )
    draft = client.get("/agreements/temu/draft", headers={"accept-language": "ko"})
    assert "# " in draft.content.decode()
    assert client.post("/agreements/temu/kftc_product_safety/none/open").status_code == 404
    assert client.post("/agreements/temu/events", {}).status_code == 302


@time_machine.travel(NOW, tick=False)
def test_the_public_reads_values_without_units_or_verdicts(
    world: SimpleNamespace, imported: Operator
) -> None:
    client = Client()
    for language in ("ko", "en", "zh-hans"):
        client.cookies["django_language"] = language
        page = client.get("/promises").content.decode()
        assert "0.0 %" in page
        assert not any(word in page for word in ("Not met", "불이행", "未履行", "L1<"))
    rows = client.get("/promises.json").json()["rows"]
    block = next(row for row in rows if row["commitment"] == "block_on_request")
    assert (block["n"], block["kept"], block["value"]) == (20, 0, 0.0)
    assert "breaches" not in block


@time_machine.travel(NOW, tick=False)
def test_what_an_operator_published_of_itself_stands_beside_what_was_observed(
    world: SimpleNamespace, imported: Operator
) -> None:
    client = Client(headers={"accept-language": "en"})
    assert "98.0 %" not in client.get("/promises").content.decode(), (
        "a figure without its source is not shown"
    )
    OperatorEvent.objects.filter(event="declared").update(source="transparency report, p. 3")
    page = client.get("/promises").content.decode()
    row = page.partition("98.0 %")[2].partition("</td>")[0]
    assert "2026-06-01" in row and "transparency report, p. 3" in row and "outside what was observed" in row
    rows = client.get("/promises.json").json()["rows"]
    block = next(each for each in rows if each["commitment"] == "block_on_request")
    assert [(each["value"], each["inside"]) for each in block["declared"]] == [(0.98, False)]


def _duty(operator: Operator, run_: Run, key: str, status: str) -> None:
    reasons = [
        {"field": "text", "start": 0, "end": 0, "seen": "", "matched": status, "detail": "", "score": 0.9},
        {
            "field": "text",
            "start": 0,
            "end": 3,
            "seen": "약관 문장",
            "matched": "element:proxy",
            "detail": "Terms: x",
            "score": 0.8,
        },
    ]
    Finding.objects.create(
        finding_id=f"{operator.key}-{key}"[:32], run=run_, measure="social_commerce", check_key="social_commerce.duties",
        subject_kind="operator", subject_id=operator.key, operator=operator, severity=3, score=0.8,
        reference_id=f"duty:{key}", provision="ECA 9-2", reasons=reasons, as_of=date(2026, 11, 1), evidence_key=key,
        first_seen_at=NOW,
    )  # fmt: skip


@time_machine.travel(NOW, tick=False)
def test_networks_stand_side_by_side_and_only_authorities_read_verdicts(world: SimpleNamespace) -> None:
    made = Run.objects.create(digest="d", path="x", started_at=NOW)
    _duty(world.lumibay, made, "redress_device", "not_met")
    _duty(world.dalmart, made, "redress_device", "met")
    take_events(
        world.dojin,
        world.dalmart,
        _file([f"{n},Dalmart,R{n},redress_requested,2026-05-04," for n in range(6)]),
    )
    client = Client()
    client.cookies["django_language"] = "en"
    public = client.get("/networks").content.decode()
    assert "Not in the documents read" in public
    assert "Not met" not in public
    assert "0 of 6" in public
    one = client.get("/networks/lumibay").content.decode()
    assert "Its documents show 0 of 5 duties." in one and "1 of 1 other networks" in one
    assert "Not met" not in one and "0 of 6" not in one
    assert "0 of 6" in client.get("/networks/dalmart").content.decode()
    assert client.get("/networks/nobody").status_code == 404
    client.force_login(world.dojin)
    assert "Not met" in client.get("/networks/lumibay").content.decode()
    page = client.get("/networks").content.decode()
    assert "Not met" in page
    assert page.index("Dalmart") < page.index("Lumibay")


@time_machine.travel(NOW, tick=False)
def test_a_duty_that_documents_promise_and_acts_break_is_not_met(world: SimpleNamespace) -> None:
    made = Run.objects.create(digest="d", path="x", started_at=NOW)
    _duty(world.dalmart, made, "redress_device", "met")
    _duty(world.dalmart, made, "cooperation", "cannot_tell")
    asked = [f"{n},Dalmart,R{n},redress_requested,2026-05-04," for n in range(6)]
    given = [f"{n},Dalmart,I{n},identity_requested,2026-05-04," for n in range(100, 160)]
    given += [f"{n},Dalmart,I{n - 100},identity_given,2026-05-06," for n in range(200, 260)]
    take_events(world.dojin, world.dalmart, _file([*asked, *given]))
    public, officer = Client(), Client()
    officer.force_login(world.dojin)
    for client in (public, officer):
        client.cookies["django_language"] = "en"
    page = officer.get("/networks/dalmart").content.decode()
    assert "Of 5 duties it meets 1 and does not meet 1. Of 3 nobody can tell." in page
    assert "Its documents say so; what it did shows otherwise." in page
    open_to_all = public.get("/networks/dalmart").content.decode()
    assert "Its documents show 1 of 5 duties." in open_to_all and "Not met" not in open_to_all
    link = re.search(r'href="(/promises/\w+/eca_board_provider-forward_redress)"', open_to_all)
    assert link and "0 of 6" in public.get(link[1]).content.decode()


def test_empty_pages_say_what_to_do(world: SimpleNamespace) -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    assert "No network" in client.get("/networks").content.decode()
    client.force_login(world.dojin)
    assert "No operator has signed anything" in client.get("/agreements").content.decode()

"""The inbox's pages: queues, a finding with its evidence in place, decisions from line and page, sellers, precision."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils.translation import override

from mapae.desk.cases import evidence
from mapae.desk.cases.actions import run
from mapae.desk.cases.models import Case
from mapae.desk.findings.intake import import_run
from mapae.desk.findings.models import Decision, Finding
from mapae.desk.findings.queue import Filters, facets, page
from mapae.model.finding import Reason
from tests.desk.findings_files import finding, listing, write_run


def _client(person: object, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(person)  # type: ignore[arg-type]
    client.cookies["django_language"] = language
    return client


@pytest.fixture
def inbox(world: SimpleNamespace, tmp_path: Path) -> SimpleNamespace:
    """Forty findings: two operators, three checks, all severities, two on trial; with records."""
    severities = ("info", "low", "medium", "high", "critical")
    rows = [
        finding(
            number,
            severity=severities[number % 5],
            score=0.5 + number / 100,
            operator="Dalmart" if number % 4 == 0 else "Lumibay",
            measure="counterfeits" if number % 3 == 0 else "hazardous_goods",
            check="counterfeits.text" if number % 3 == 0 else "hazardous_goods.recalls",
            seller_id=f"S-{number % 7}",
            shadow=number > 38,
        )
        for number in range(1, 41)
    ]
    import_run(write_run(tmp_path / "out", rows, [listing(number) for number in range(1, 41)]))
    return world


def test_a_queue_runs_page_by_page_through_every_finding_once(inbox: SimpleNamespace) -> None:
    seen: list[Finding] = []
    filters = Filters()
    while True:
        found = page(filters, size=7)
        seen += found.rows
        if not found.after:
            break
        filters = Filters.read({"after": found.after})
    assert len(seen) == len({row.pk for row in seen}) == 38
    assert seen == sorted(seen, key=lambda row: (-row.severity, -row.score, row.pk))


@pytest.mark.parametrize(
    "query",
    [
        {"measure": "counterfeits"},
        {"severity": "4"},
        {"operator": "dalmart"},
        {"operator": "none"},
        {"operator": "lumibay", "measure": "hazardous_goods", "severity": "0"},
        {"shadow": "1"},
        {"state": "rejected"},
    ],
)
def test_counts_beside_filters_are_what_the_queue_holds(
    inbox: SimpleNamespace, query: dict[str, str]
) -> None:
    filters = Filters.read(query)
    assert facets(filters)["state"].get(filters.state, 0) == len(page(filters, size=100).rows)


def test_an_address_that_makes_no_sense_shows_the_whole_queue(inbox: SimpleNamespace) -> None:
    filters = Filters.read({"state": "lost", "severity": "99", "after": "x:y", "shadow": "maybe"})
    assert len(page(filters, size=100).rows) == 38
    answer = _client(inbox.sora).get("/inbox?after=1:2&severity=%00&operator=nobody")
    assert answer.status_code == 200


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    "address",
    [
        "/inbox",
        "/inbox?state=rejected",
        "/inbox?shadow=1",
        "/inbox/sellers",
        "/inbox/precision",
        "/inbox/seller?id=S-3",
    ],
)
def test_pages_open_for_officers_and_auditors(inbox: SimpleNamespace, address: str, language: str) -> None:
    for person in (inbox.sora, inbox.yuna):
        answer = _client(person, language).get(address)
        assert answer.status_code == 200, address
        assert f'<html lang="{language}">' in answer.content.decode()


def test_pages_are_closed_to_everybody_else(inbox: SimpleNamespace) -> None:
    number = Finding.objects.values_list("pk", flat=True).first()
    for address in ("/inbox", f"/inbox/{number}", "/inbox/precision.json", "/inbox/seller?id=S-3"):
        assert _client(inbox.minjun).get(address).status_code == 403
        assert Client().get(address).status_code == 302
    assert _client(inbox.yuna).post(f"/inbox/{number}/do/accept").status_code == 403
    assert Finding.objects.get(pk=number).state == "new"


def test_hidden_findings_of_checks_on_trial_are_shown_by_a_switch_only(inbox: SimpleNamespace) -> None:
    client = _client(inbox.sora)
    plain, trial = client.get("/inbox?operator=lumibay"), client.get("/inbox?shadow=1")
    assert "치발기 39" not in plain.content.decode()
    assert "치발기 39" in trial.content.decode()
    assert "on trial" in plain.content.decode()


def test_a_finding_shows_its_evidence_in_place_and_markup_of_sellers_is_inert(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    reasons = (
        Reason("title", 0, 14, "BabySoft T-100", "T-100", "the recalled model"),
        Reason("description", 12, 17, "T-100", "T-100", "the recalled model"),
    )
    hostile = finding(1, reasons=reasons, subject_url="javascript:alert(1)")
    import_run(write_run(tmp_path / "out", [hostile], [listing(1)]))
    text = _client(world.sora).get(f"/inbox/{Finding.objects.get().pk}").content.decode()
    assert "<mark>BabySoft T-100</mark> 치발기 1" in text
    assert "말랑한 실리콘 치발기 <mark>T-100</mark> &lt;script&gt;" in text
    assert 'href="javascript' not in text
    assert 'href="/law/PSF-10-2"' in text
    assert "<p>Where harm is confirmed" in text
    assert "cpsc:26063" in text
    assert "9,900" in text


def test_a_seller_by_name_is_shown_to_officers_and_not_to_auditors(inbox: SimpleNamespace) -> None:
    number = Finding.objects.values_list("pk", flat=True).first()
    assert "반짝상회" in _client(inbox.sora).get(f"/inbox/{number}").content.decode()
    assert "반짝상회" not in _client(inbox.yuna).get(f"/inbox/{number}").content.decode()


def test_accepting_from_the_page_joins_the_case_that_was_chosen(inbox: SimpleNamespace) -> None:
    client = _client(inbox.sora)
    one, two = Finding.objects.filter(measure="hazardous_goods", operator=inbox.lumibay, shadow=False)[:2]
    answer = client.post(f"/inbox/{one.pk}/do/accept", {"case": "new", "title": "예시 사건"}, follow=True)
    case = Case.objects.get()
    assert case.title == "예시 사건"
    assert case.number in answer.content.decode()
    assert case.number in client.get(f"/inbox/{two.pk}").content.decode()
    client.post(f"/inbox/{two.pk}/do/accept", {"case": case.number})
    assert case.items.filter(kind="listing").count() == 2


def test_a_case_of_another_body_can_neither_be_seen_nor_joined(inbox: SimpleNamespace) -> None:
    other = run("open", inbox.dojin, operator=inbox.lumibay, matter="local_agents", title="비공개 사건")
    row = Finding.objects.filter(measure="hazardous_goods", operator=inbox.lumibay).first()
    answer = _client(inbox.sora).post(f"/inbox/{row.pk}/do/accept", {"case": other.number})
    assert answer.status_code == 404
    Finding.objects.filter(pk=row.pk).update(case=other, state="accepted")
    text = _client(inbox.sora).get(f"/inbox/{row.pk}").content.decode()
    assert other.number not in text
    assert "case of another body" in text


def test_a_line_is_answered_to_htmx_with_its_new_state_and_an_undo(inbox: SimpleNamespace) -> None:
    client = _client(inbox.sora)
    row = Finding.objects.filter(measure="hazardous_goods", operator=inbox.lumibay).first()
    head = {"hx-request": "true"}
    answer = client.post(f"/inbox/{row.pk}/do/reject", {"reason": "wrong_product"}, headers=head)
    text = answer.content.decode()
    assert text.lstrip().startswith("<td")
    assert "Wrong product" in text
    assert "autofocus" in text
    back = client.post(f"/inbox/{row.pk}/do/undo", headers=head).content.decode()
    assert 'data-key="a"' in back
    again = client.post(f"/inbox/{row.pk}/do/undo", headers=head).content.decode()
    assert 'role="alert"' in again


def test_ticked_findings_are_rejected_together_and_the_queue_keeps_its_filters(
    inbox: SimpleNamespace,
) -> None:
    numbers = list(Finding.objects.filter(measure="counterfeits").values_list("pk", flat=True)[:3])
    form = {"ids": numbers, "do": "reject", "reason": "lawful", "back": "measure=counterfeits&severity=2"}
    answer = _client(inbox.sora).post("/inbox/bulk", form)
    assert answer.headers["Location"] == "/inbox?measure=counterfeits&severity=2"
    assert Decision.objects.filter(reason="lawful").count() == 3


def test_bulk_without_the_right_or_without_a_reason_says_so_and_changes_nothing(
    inbox: SimpleNamespace,
) -> None:
    numbers = list(Finding.objects.filter(shadow=False).values_list("pk", flat=True)[:3])
    client = _client(inbox.sora)
    refused = client.post("/inbox/bulk", {"ids": numbers, "do": "accept"}, follow=True).content.decode()
    assert "may not be accepted in bulk yet" in refused
    assert "Choose why" in client.post("/inbox/bulk", {"ids": numbers}, follow=True).content.decode()
    assert "at least one" in client.post("/inbox/bulk", {"do": "accept"}, follow=True).content.decode()
    assert not Decision.objects.exists()


def test_back_leads_into_the_inbox_only(inbox: SimpleNamespace) -> None:
    row = Finding.objects.first()
    form = {"reason": "duplicate", "back": "https://elsewhere.example/?state=new"}
    answer = _client(inbox.sora).post(f"/inbox/{row.pk}/do/reject", form)
    assert answer.headers["Location"] == "/inbox"


def test_merging_and_naming_the_operator_work_from_the_page(world: SimpleNamespace, tmp_path: Path) -> None:
    rows = [finding(1, operator="새마켓"), finding(1, operator="새마켓", check="hazardous_goods.kc")]
    import_run(write_run(tmp_path / "out", rows))
    one, two = Finding.objects.order_by("pk")
    client = _client(world.sora)
    assert "Whose platform" in client.get(f"/inbox/{one.pk}").content.decode()
    client.post(f"/inbox/{one.pk}/do/operator", {"operator": "dalmart"})
    client.post(f"/inbox/{one.pk}/do/merge", {"ids": [two.pk]})
    two.refresh_from_db()
    assert (two.state, two.operator) == ("merged", world.dalmart)


def test_pictures_come_from_evidence_kept_here_and_from_nowhere_else(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    address = "https://lumibay.example/p/1.png"
    record = listing(1, image_urls=f'["{address}", "https://elsewhere.example/2.png"]')
    import_run(write_run(tmp_path / "out", [finding(1)], [record]))
    row, client = Finding.objects.get(), _client(world.sora)
    assert "<img class" not in client.get(f"/inbox/{row.pk}").content.decode()
    kept = evidence.keep(b"\x89PNG picture (invented)", "image/png", url=address)
    hidden = evidence.keep(b"another file", "image/png", url="https://elsewhere.example/9.png")
    page_text = client.get(f"/inbox/{row.pk}").content.decode()
    assert f"/inbox/{row.pk}/picture/{kept.sha256}" in page_text
    assert 'src="https' not in page_text
    answer = client.get(f"/inbox/{row.pk}/picture/{kept.sha256}")
    assert answer.headers["Content-Type"] == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert client.get(f"/inbox/{row.pk}/picture/{hidden.sha256}").status_code == 404


def test_a_seller_is_followed_over_platforms_by_number_and_by_name(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    rows = [
        finding(1),
        finding(2, operator="Dalmart", seller_id="D-5"),
        finding(3, operator="Dalmart", seller_id="D-6"),
    ]
    world.dalmart.sellers.create(seller_id="D-5", name=world.seller.name)
    import_run(write_run(tmp_path / "out", rows))
    text = _client(world.sora).get("/inbox/seller?id=S-77&operator=lumibay").content.decode()
    assert "치발기 1" in text
    assert "치발기 2" in text
    assert "치발기 3" not in text
    assert _client(world.sora).get("/inbox/seller?id=nobody").status_code == 404


def test_precision_is_told_as_page_and_as_data(inbox: SimpleNamespace) -> None:
    client = _client(inbox.sora)
    row = Finding.objects.filter(check_key="counterfeits.text").first()
    client.post(f"/inbox/{row.pk}/do/reject", {"reason": "lawful"})
    found = {each["check"]: each for each in client.get("/inbox/precision.json").json()["checks"]}
    assert found["counterfeits.text"]["wrong"] == {"lawful": 1}
    assert found["hazardous_goods.recalls"]["precision"] is None
    with override("en"):
        assert "Lawful 1" in client.get("/inbox/precision").content.decode()


def test_an_empty_inbox_says_what_to_do_next(world: SimpleNamespace) -> None:
    text = _client(world.sora).get("/inbox").content.decode()
    assert "mapae desk import OUT" in text
    assert "No finding matches" in _client(world.sora).get("/inbox?measure=counterfeits").content.decode()


def test_a_decision_refused_on_the_findings_page_leads_back_to_that_page(inbox: SimpleNamespace) -> None:
    number = Finding.objects.filter(state="new").first().pk
    answer = _client(inbox.sora).post(
        f"/inbox/{number}/do/reject", {"reason": "other", "back": "severity=4"}, follow=True
    )
    assert answer.redirect_chain == [(f"/inbox/{number}?severity=4", 302)]
    assert "Write a note that says why." in answer.content.decode()


def test_a_line_accepted_says_which_case_it_went_to_to_those_who_may_see_it(inbox: SimpleNamespace) -> None:
    number = Finding.objects.filter(state="new").first().pk
    _client(inbox.sora).post(f"/inbox/{number}/do/accept", {"case": "new"})
    case = Case.objects.get().number
    assert case in _client(inbox.sora).get("/inbox?state=accepted").content.decode()
    assert case not in _client(inbox.dojin).get("/inbox?state=accepted").content.decode()

"""Pages of documents: an officer drafts, another approves, it is served; a stranger verifies; others see nothing."""

from __future__ import annotations

import hashlib
import io
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from PIL import Image

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases import evidence
from mapae.desk.cases.actions import run
from mapae.desk.documents.models import Document, Outbox, Service
from mapae.desk.documents.wording import form
from tests.desk.letters import NOON, approved, drafted, open_case, portal_consent, posted


@pytest.fixture(autouse=True)
def _frozen():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


def _client(user: User | None = None, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    if user is not None:
        client.force_login(user)
    return client


def test_a_draft_says_what_law_wants_of_each_item_and_is_not_there_yet(world: SimpleNamespace) -> None:
    case = open_case(world)
    sora = _client(world.sora)
    draft = drafted(world, case, "takedown_recommendation")
    text = sora.get(f"/documents/{draft.code}").content.decode()
    assert "What the letter lacks" in text
    assert "<li>Picture: item 1, 2</li>" in text and "<li>Reason: item 2</li>" in text
    assert "Product: item" not in text
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    kept = evidence.keep(out.getvalue(), "image/png", by=world.sora, name="치발기.png")
    for item in case.items.all():
        item.evidence.add(kept)
    reasons = {str(case.items.last().pk): "같은 모델 번호를 확인함"}
    run("draft", world.sora, case, document=draft, items=case.items.all(), reasons=reasons)
    assert "What the letter lacks" not in sora.get(f"/documents/{draft.code}").content.decode()
    guidance = drafted(world, case)
    assert "What the letter lacks" not in sora.get(f"/documents/{guidance.code}").content.decode()


def test_from_the_ladder_to_a_served_letter(world: SimpleNamespace) -> None:
    case = open_case(world)
    portal_consent(world)
    sora, hana = _client(world.sora), _client(world.hana)
    ladder = sora.get(f"/cases/{case.number}/documents/new")
    assert "Takedown recommendation" in ladder.content.decode()
    assert "2026-12-03" in ladder.content.decode()
    shown = sora.get(
        f"/cases/{case.number}/documents/new?kind=takedown_recommendation&language=en"
    ).content.decode()
    assert "U.S. Consumer Product Safety Commission (notice 26063)" in shown
    posted = {
        "kind": "takedown_recommendation", "language": "en", "items": [item.pk for item in case.items.all()],
        "request": "Deletion of the pages", "disclosure": "open", f"reason-{case.items.first().pk}": "Small parts come off",
    }  # fmt: skip
    done = sora.post(f"/cases/{case.number}/documents/new", posted, follow=True)
    document = Document.objects.get()
    assert done.redirect_chain == [(f"/documents/{document.code}", 302)]
    assert "Small parts come off" in done.content.decode()
    assert "Waiting for your approval" in hana.get("/documents").content.decode()
    hana.post(f"/documents/{document.code}/act", {"verb": "approve"})
    sora.post(f"/documents/{document.code}/serve", {"channel": "portal"})
    document.refresh_from_db()
    assert document.state == "served"
    pdf = _client(world.minjun).get(f"/documents/{document.code}/letter.pdf")
    assert pdf.content == evidence.read(document.pdf)


def test_what_is_refused_becomes_a_message_and_what_was_written_stays(world: SimpleNamespace) -> None:
    case = open_case(world)
    data = {
        "kind": "guidance",
        "language": "en",
        "request": "You must act",
        "items": [case.items.first().pk],
        "via": "Gaon",
    }
    shown = _client(world.sora).post(f"/cases/{case.number}/documents/new", data).content.decode()
    assert "binds nobody, so it may not say: must" in shown
    assert "You must act" in shown and 'value="Gaon"' in shown
    assert not Document.objects.exists()


def test_a_draft_is_sent_back_changed_and_withdrawn_on_pages(world: SimpleNamespace) -> None:
    case = open_case(world)
    document = drafted(world, case)
    sora, hana = _client(world.sora), _client(world.hana)
    hana.post(f"/documents/{document.code}/act", {"verb": "send_back", "reason": "Say more"})
    assert "Say more" in sora.get(f"/documents/{document.code}/edit").content.decode()
    sora.post(
        f"/documents/{document.code}/edit",
        {"language": "ko", "request": "고침", "items": [case.items.first().pk]},
    )
    document.refresh_from_db()
    assert (document.state, document.content["request"]) == ("draft", "고침")
    sora.post(f"/documents/{document.code}/act", {"verb": "withdraw_draft"})
    document.refresh_from_db()
    assert document.state == "withdrawn"


def test_service_is_recorded_with_an_uploaded_proof(world: SimpleNamespace) -> None:
    case = open_case(world)
    service = posted(world, approved(world, case))
    sora = _client(world.sora)
    shown = sora.post(
        f"/services/{service.pk}/record", {"outcome": "served", "on": "no day"}, follow=True
    ).content.decode()
    assert "This is no day." in shown
    proof = SimpleUploadedFile("receipt.txt", "배달증명".encode())
    shown = sora.post(
        f"/services/{service.pk}/record",
        {"outcome": "served", "on": "2026-11-25", "proof": proof},
        follow=True,
    ).content.decode()
    service.refresh_from_db()
    assert service.served_at is not None and service.proof is not None
    assert "receipt.txt" in shown


def test_a_failed_and_a_doubtful_mail_are_settled_on_the_page(world: SimpleNamespace) -> None:
    case = open_case(world)
    document = approved(world, case)
    run("serve", world.sora, case, document=document, channel="email")
    sora = _client(world.sora)
    Outbox.objects.update(state="in_doubt")
    assert "It arrived" in sora.get(f"/documents/{document.code}").content.decode()
    assert "in doubt" in sora.get("/documents").content.decode()
    row = Outbox.objects.get()
    sora.post(f"/outbox/{row.pk}/settle", {"how": "arrived"})
    row.refresh_from_db()
    assert (row.state, Service.objects.get().sent_at) == ("handed_over", clock.now())


@pytest.mark.parametrize("who", ["dojin_outside", "minjun", "rival", "ex", "taeho", "mei"])
def test_persons_outside_the_case_see_no_draft(world: SimpleNamespace, who: str) -> None:
    case = open_case(world)
    document = drafted(world, case)
    case.joint.clear()
    client = _client(getattr(world, who.removesuffix("_outside")))
    for address in (f"/documents/{document.code}", f"/documents/{document.code}/letter.pdf"):
        assert client.get(address).status_code in (403, 404)
    assert client.post(f"/documents/{document.code}/act", {"verb": "approve"}).status_code in (403, 404)


def test_an_agent_reads_the_letter_only_once_it_is_served(world: SimpleNamespace) -> None:
    case = open_case(world)
    document = approved(world, case)
    portal_consent(world)
    minjun = _client(world.minjun)
    assert minjun.get(f"/documents/{document.code}/letter.json").status_code == 404
    run("serve", world.sora, case, document=document, channel="portal")
    assert (
        hashlib.sha256(minjun.get(f"/documents/{document.code}/letter.json").content).hexdigest()
        == document.digest
    )
    assert _client(world.rival).get(f"/documents/{document.code}/letter.json").status_code == 404


@pytest.mark.parametrize("language", ["ko", "en", "zh-hans"])
def test_anyone_verifies_a_letter_and_no_person_is_named(world: SimpleNamespace, language: str) -> None:
    document = approved(world, open_case(world))
    client = _client(language=language)
    found = client.get("/letters", {"code": document.code.lower()}, follow=True)
    shown = found.content.decode()
    assert document.number in shown and document.digest in shown
    assert form("force")["guidance"][language[:2]] in shown
    assert "Sora" not in shown and "Hana" not in shown and "한들" not in shown
    facts = client.get(f"/letters/{document.code}.json").json()
    assert (facts["number"], facts["withdrawn"]) == (document.number, False)
    assert "Sora" not in str(facts)


def test_a_file_is_told_to_be_the_letter_or_not(world: SimpleNamespace) -> None:
    document = approved(world, open_case(world))
    content, client = evidence.read(document.pdf), _client()
    address = f"/letters/{document.code}"
    assert "to the last byte" in client.post(address, {"file": io.BytesIO(content)}).content.decode()
    assert "differs" in client.post(address, {"file": io.BytesIO(content + b" ")}).content.decode()
    assert "to the last byte" in client.post(address, {"sha256": document.digest.upper()}).content.decode()


def test_an_unknown_code_and_a_draft_are_no_letters_and_a_withdrawn_one_says_so(
    world: SimpleNamespace,
) -> None:
    case = open_case(world)
    draft, gone, client = drafted(world, case), approved(world, case), _client()
    for code in ("AAAA-BBBB-CCCC", draft.code):
        assert client.get(f"/letters/{code}").status_code == 404
        assert client.get(f"/letters/{code}.json").status_code == 404
    run("withdraw_draft", world.sora, case, document=gone)
    assert "was withdrawn" in client.get(f"/letters/{gone.code}").content.decode()

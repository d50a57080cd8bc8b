"""The same content may come from several people: nobody reads what somebody else called it, in no room, file or letter."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mapae.desk.answers.models import Contest, DraftAnswer, Reply
from mapae.desk.cases.actions import run
from mapae.desk.cases.evidence import keep
from mapae.desk.cases.models import Evidence
from mapae.desk.rights.models import Right
from mapae.desk.rights.register import add_right, register
from tests.desk.answered import contested, items, served
from tests.desk.helping import signed_in
from tests.desk.letters import NOON

WORDS = "공급계약서 (예시)".encode()
SECRET = "김지우-진단서"  # what a consumer called it first


@pytest.fixture(autouse=True)
def _first(settings, tmp_path):  # type: ignore[no-untyped-def]
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


def first_by_a_consumer() -> Evidence:
    return keep(WORDS, "text/plain", name=f"{SECRET}.txt", rung="stated")


def seen(client: Client, name: str, *at: object) -> str:
    """What is answered, with the name of a download."""
    answer = client.get(reverse(name, args=at))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.headers.get("Content-Disposition", "") + answer.content.decode(errors="replace")


def test_officers_read_files_of_objections_and_replies_as_the_agent_called_them(
    world: SimpleNamespace,
) -> None:
    kept, document = first_by_a_consumer(), served(world)
    case, agent, officer = document.case, signed_in(world.minjun), signed_in(world.sora)
    sent = {"kind": "contest", "ground": "authorised", "text": "정식 판매 계약", "do": "keep"}
    file = SimpleUploadedFile("contract.txt", WORDS)
    agent.post(reverse("agent-item", args=[items(document)[0].pk]), {**sent, "files": [file]})
    assert DraftAnswer.objects.get().called == "contract.txt"
    agent.post(reverse("agent-submit", args=[case.number]))
    contest = Contest.objects.get()
    run("object", world.minjun, case, document=document, reply={"text": "이의", "files": contest.attached})
    reply = Reply.objects.get()
    pages = [
        seen(officer, "contest", contest.pk), seen(officer, "contest-file", contest.pk, kept.pk),
        seen(officer, "objection", reply.pk), seen(officer, "reply-file", reply.pk, kept.pk),
    ]  # fmt: skip
    assert all("contract.txt" in page and SECRET not in page for page in pages)


def test_a_draft_that_is_thrown_away_and_taken_back_keeps_the_names_of_its_files(
    world: SimpleNamespace,
) -> None:
    first_by_a_consumer()
    document, agent = served(world), signed_in(world.minjun)
    item = items(document)[0]
    sent = {"kind": "contest", "ground": "authorised", "text": "정식 판매 계약", "do": "keep"}
    file = SimpleUploadedFile("contract.txt", WORDS)
    agent.post(reverse("agent-item", args=[item.pk]), {**sent, "files": [file]})
    agent.post(reverse("agent-discard", args=[item.pk]))
    assert not DraftAnswer.objects.exists()
    agent.post(reverse("agent-take-back"))
    assert DraftAnswer.objects.get().called == "contract.txt"


def test_of_answers_from_before_names_were_kept_the_hash_stands_for_the_name(world: SimpleNamespace) -> None:
    kept, document = first_by_a_consumer(), served(world)
    answer = contested(items(document)[0], files=(kept,))
    contest = run("contest", world.minjun, document.case, answers=[answer])[0]
    Contest.objects.update(names={})
    page = seen(signed_in(world.sora), "contest", contest.pk)
    assert SECRET not in page and f"{kept.sha256[:12]}.txt" in page


def test_letters_and_the_page_of_a_case_name_evidence_only_as_officers_or_the_desk_did(
    world: SimpleNamespace,
) -> None:
    document = served(world)
    case, item = document.case, items(document)[0]
    kept = first_by_a_consumer()
    own = keep(b"look", "text/plain", by=world.sora, name="screen.txt", rung="captured")
    look = keep(b"page", "text/plain", name="LU1.warc.gz", rung="captured")
    item.evidence.add(kept, own, look)
    officer = signed_in(world.sora)
    letter = json.dumps(compose_of(world, document), ensure_ascii=False)
    page = seen(officer, "case", case.number)
    download = seen(officer, "case-evidence", case.number, kept.pk)
    for place in (letter, page, download):
        assert SECRET not in place and kept.sha256[:12] in place
    for place in (letter, page):
        assert "screen.txt" in place and "LU1.warc.gz" in place


def compose_of(world: SimpleNamespace, document) -> list[str]:  # type: ignore[no-untyped-def]
    """The list of evidence of a letter on the document's items."""
    from mapae.desk.documents.compose import _evidence

    return _evidence(items(document))


def test_no_rights_holder_and_no_officer_reads_what_another_called_the_same_proof(
    world: SimpleNamespace,
) -> None:
    other = register("먼저(예시)", email="first@mail.example").holder
    add_right(
        other, "copyright", "그림", files=[keep(WORDS, "text/plain", name=f"{SECRET}.txt", rung="stated")]
    )
    mine = register("나중(예시)", email="later@mail.example").holder
    add_right(mine, "copyright", "그림", files=[keep(WORDS, "text/plain", name="mine.txt", rung="stated")])
    officer, kept = signed_in(world.sora), Right.objects.get(holder=mine).files.get()
    for place in (
        seen(officer, "rights-holder", mine.number),
        seen(officer, "rights-holder-file", mine.number, kept.pk),
    ):
        assert "mine.txt" in place and SECRET not in place
    assert SECRET in seen(officer, "rights-holder", other.number)

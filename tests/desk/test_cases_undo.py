"""What can be taken back cheaply: a case closed by mistake, a draft that was withdrawn."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from mapae.desk.answers.models import DraftAnswer
from mapae.desk.cases.actions import Refused, run
from tests.desk.answered import items, served
from tests.desk.letters import NOON, drafted, open_case


@pytest.fixture(autouse=True)
def _english():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


def test_a_case_closed_by_mistake_is_reopened_and_what_was_lawful_is_looked_at_again(
    world: SimpleNamespace,
) -> None:
    case = open_case(world)
    finding = case.items.exclude(finding=None).get().finding
    finding.case, finding.state = case, "accepted"
    finding.save()
    run("close", world.sora, case, outcome="lawful")
    finding.refresh_from_db()
    assert finding.state == "settled"
    with pytest.raises(Refused, match="reason"):
        run("reopen", world.sora, case, reason=" ")
    run("reopen", world.sora, case, reason="잘못 종결함")
    case.refresh_from_db(), finding.refresh_from_db()
    assert (case.state, case.outcome, case.closed_at, finding.state) == ("open", "", None, "accepted")


def test_a_reopened_case_stands_where_its_letters_say(world: SimpleNamespace) -> None:
    document = served(world)
    run("close", world.sora, document.case, outcome="no_ground")
    run("reopen", world.sora, document.case, reason="잘못 종결함")
    document.case.refresh_from_db()
    assert document.case.state == "asked"


def test_a_draft_that_was_withdrawn_is_taken_up_again_by_its_drafter_until_it_has_a_number(
    world: SimpleNamespace,
) -> None:
    case = open_case(world)
    document = drafted(world, case)
    run("withdraw_draft", world.sora, case, document=document)
    with pytest.raises(Refused, match="Only its drafter"):
        run("take_up_draft", world.hana, case, document=document)
    run("take_up_draft", world.sora, case, document=document)
    run("approve", world.hana, case, document=document)
    run("withdraw_draft", world.sora, case, document=document)
    document.refresh_from_db()
    with pytest.raises(Refused, match="draft anew"):
        run("take_up_draft", world.sora, case, document=document)


def test_a_draft_answer_thrown_away_is_taken_back_once(world: SimpleNamespace) -> None:
    document = served(world)
    item = items(document)[0]
    client = Client()
    client.force_login(world.mei)
    client.post(
        f"/agent/items/{item.pk}",
        {"kind": "contest", "ground": "authorised", "text": "계약 (예시)", "do": "draft"},
    )
    client.post(f"/agent/items/{item.pk}/discard")
    assert not DraftAnswer.objects.exists()
    page = f"/agent/cases/{document.case.number}"
    assert "/agent/drafts/take-back" in client.get(page).content.decode()
    client.post("/agent/drafts/take-back")
    draft = DraftAnswer.objects.get()
    assert (draft.item, draft.kind, draft.ground, draft.text) == (
        item,
        "contest",
        "authorised",
        "계약 (예시)",
    )
    assert "/agent/drafts/take-back" not in client.get(page).content.decode()
    assert client.post("/agent/drafts/take-back").status_code == 302

"""Drafting, approving, sending back, withdrawing: who may, what law allows, what is frozen."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import time_machine
from django.utils import translation

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import Refused, run
from mapae.desk.documents.ladder import ladder
from mapae.desk.documents.letter import digest, from_json
from mapae.desk.documents.models import Document
from mapae.desk.law import book
from mapae.desk.parties.facts import add_fact
from mapae.workflow import document_kinds
from tests.desk import letters
from tests.desk.letters import NOON, approved, drafted, open_case, portal_consent


@pytest.fixture(autouse=True)
def _english():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


def test_the_ladder_says_of_every_kind_whether_it_is_open_and_why_not(world: SimpleNamespace) -> None:
    steps = {step.kind.key: step for step in ladder(open_case(world), world.sora)}
    assert list(steps)[:2] == ["guidance", "agreement_request"]
    assert steps["takedown_recommendation"].open
    assert not steps["block_request"].open
    assert "not competent" in steps["block_request"].reason
    assert "2026-12-03" in steps["takedown_recommendation_children"].reason


def test_weak_evidence_closes_a_recommendation_but_not_guidance(world: SimpleNamespace) -> None:
    case = open_case(world, rung="seen")
    steps = {step.kind.key: step for step in ladder(case, world.sora)}
    assert steps["guidance"].open
    assert "Confirmed by an officer" in steps["takedown_recommendation"].reason
    with pytest.raises(Refused, match="evidence"):
        drafted(world, case, "takedown_recommendation")


@pytest.mark.parametrize("how", ["domestic", "below_the_thresholds"])
def test_a_takedown_recommendation_goes_only_to_an_overseas_intermediary(
    world: SimpleNamespace, how: str
) -> None:
    case = open_case(world)
    world.lumibay.overseas = how != "domestic"
    world.lumibay.save()
    if how == "below_the_thresholds":
        small = {"korean_address": "no", "revenue_krw_prior_year": "1,000", "consumers_monthly_avg_q4": "10"}
        for name, value in small.items():
            add_fact(
                world.sora, world.lumibay, name, value, source="annual report (invented)", as_of=world.today
            )
    case.refresh_from_db()
    with pytest.raises(Refused, match="no overseas intermediary"):
        drafted(world, case, "takedown_recommendation")
    assert drafted(world, case, "guidance")


def test_a_case_without_items_rests_on_what_the_drafter_confirms(world: SimpleNamespace) -> None:
    case = open_case(world, matter="local_agents")
    case.items.all().delete()
    officer = _person(world, "Ari")
    steps = {step.kind.key: step for step in ladder(case, officer)}
    assert steps["corrective_recommendation"].open
    with pytest.raises(Refused, match="evidence"):
        drafted(world, case, "corrective_recommendation", by=officer, facts="예시", items=())
    assert drafted(
        world, case, "corrective_recommendation", by=officer, facts="예시", items=(), confirmed=True
    )


def test_one_weak_item_is_enough_to_refuse_the_document(world: SimpleNamespace) -> None:
    case = open_case(world)
    case.items.filter(subject_id="L-1002").update(rung="stated")
    with pytest.raises(Refused, match="evidence"):
        drafted(world, case, "takedown_recommendation")
    assert drafted(world, case, "takedown_recommendation", items=case.items.filter(subject_id="L-1001"))


@pytest.mark.parametrize("words", ["내려야 하여야 합니다", "You must remove it", "必须下架", "불응 시 처벌"])
def test_guidance_that_compels_cannot_be_drafted(world: SimpleNamespace, words: str) -> None:
    with pytest.raises(Refused, match="binds nobody"):
        drafted(world, open_case(world), "guidance", request=words)


def test_a_kind_of_another_matter_cannot_be_drafted(world: SimpleNamespace) -> None:
    with pytest.raises(Refused, match="not for this matter"):
        drafted(world, open_case(world), "information_demand")


def test_a_body_announces_only_acts_that_it_may_do(world: SimpleNamespace) -> None:
    case = open_case(world)
    steps = {step.kind.key: step for step in ladder(case, world.sora)}
    assert "Korea Fair Trade Commission" in steps["corrective_order"].reason
    with pytest.raises(Refused, match="your body may do"):
        drafted(world, case, "prior_notice", intends="corrective_order", facts="예시")
    assert drafted(world, case, "prior_notice", intends="publish_violation", facts="예시")
    officer = _person(world, "Ari")
    assert drafted(world, case, "prior_notice", by=officer, intends="corrective_order", facts="예시")
    age = open_case(world, matter="age_restricted")
    with pytest.raises(Refused, match="your body may do"):
        drafted(world, age, "prior_notice", by=officer, intends="corrective_order", facts="예시")


def test_whoever_drafted_cannot_approve(world: SimpleNamespace) -> None:
    case = open_case(world)
    document = run("draft", world.hana, case, kind="guidance", items=case.items.all())
    with pytest.raises(Refused, match="drafted"):
        run("approve", world.hana, case, document=document)
    with pytest.raises(Refused):
        run("approve", world.sora, case, document=document)
    assert run("approve", world.juho, case, document=document).state == "approved"


def test_an_approver_of_another_body_cannot_approve(world: SimpleNamespace) -> None:
    case = open_case(world)
    other = _person(world, "Bora")
    with pytest.raises(Refused, match="Another body"):
        run("approve", other, case, document=drafted(world, case))


def test_approval_numbers_dates_and_freezes_the_letter(world: SimpleNamespace) -> None:
    case = open_case(world)
    first, second = approved(world, case), approved(world, case)
    assert (first.number, second.number) == ("산업통상부-2026-1", "산업통상부-2026-2")
    letter = from_json(first.content["letter"])
    assert (letter.approver, letter.drafter, letter.issued_on) == ("Hana", "Sora", "2026-11-25")
    assert first.digest == digest(letter)
    world.lumibay.name_ko = "다른 이름"
    world.lumibay.save()
    assert digest(from_json(Document.objects.get(pk=first.pk).content["letter"])) == first.digest


def test_what_is_approved_is_not_changed_any_more(world: SimpleNamespace) -> None:
    case = open_case(world)
    document = approved(world, case)
    with pytest.raises(Refused, match="not changed"):
        run("draft", world.sora, case, document=document, items=case.items.all(), request="다른 요청")


def test_a_draft_sent_back_goes_to_its_drafter_with_the_reason_and_loses_approvals(
    world: SimpleNamespace,
) -> None:
    case = open_case(world)
    document = drafted(world, case)
    with pytest.raises(Refused, match="Say why"):
        run("send_back", world.hana, case, document=document, reason=" ")
    run("send_back", world.hana, case, document=document, reason="근거를 더 적어 주세요")
    document.refresh_from_db()
    assert (document.state, document.returned_because) == ("returned", "근거를 더 적어 주세요")
    with pytest.raises(Refused, match="does not wait"):
        run("approve", world.hana, case, document=document)
    with pytest.raises(Refused, match="drafter"):
        run("draft", world.juho, case, document=document, items=case.items.all())
    run("draft", world.sora, case, document=document, items=case.items.all(), request="고친 요청")
    document.refresh_from_db()
    assert (document.state, document.returned_because) == ("draft", "")


def test_an_order_needs_a_prior_notice_heard_and_two_persons(world: SimpleNamespace) -> None:
    case = open_case(world, matter="local_agents")
    officer, first, second = (_person(world, name) for name in ("Ari", "Bora", "Chan"))
    with pytest.raises(Refused, match="Prior notice"):
        drafted(world, case, "corrective_order", by=officer, facts="국내대리인이 없음")
    notice = drafted(
        world, case, "prior_notice", by=officer, intends="corrective_order", facts="국내대리인이 없음"
    )
    run("approve", first, case, document=notice)
    portal_consent(world)
    run("serve", officer, case, document=notice, channel="portal")
    with pytest.raises(Refused, match="Prior notice"):
        drafted(world, case, "corrective_order", by=officer, facts="국내대리인이 없음")
    with time_machine.travel(NOON.replace(month=12, day=8), tick=False):
        order = drafted(world, case, "corrective_order", by=officer, facts="국내대리인이 없음")
        run("approve", first, case, document=order)
        order.refresh_from_db()
        assert (order.state, order.number) == ("draft", "")
        with pytest.raises(Refused, match="another person"):
            run("approve", first, case, document=order)
        run("approve", second, case, document=order)
        order.refresh_from_db()
        assert (order.state, order.number) == ("approved", "공정거래위원회-2026-2")
        assert order.content["letter"]["reviewers"] == ["Bora"]


def test_a_notice_of_one_act_does_not_open_another(world: SimpleNamespace) -> None:
    case = open_case(world, matter="local_agents")
    officer, first = _person(world, "Ari"), _person(world, "Bora")
    notice = drafted(
        world, case, "prior_notice", by=officer, intends="publish_violation", facts="국내대리인이 없음"
    )
    run("approve", first, case, document=notice)
    portal_consent(world)
    run("serve", officer, case, document=notice, channel="portal")
    with (
        time_machine.travel(NOON.replace(month=12, day=8), tick=False),
        pytest.raises(Refused, match="Prior notice"),
    ):
        drafted(world, case, "corrective_order", by=officer, facts="국내대리인이 없음")


def test_guidance_starts_no_statutory_clock() -> None:
    kinds = document_kinds(book())
    assert [kinds[key].clock for key in ("guidance", "agreement_request")] == [None, None]


def test_a_prior_notice_says_which_act_is_intended(world: SimpleNamespace) -> None:
    case = open_case(world, matter="local_agents")
    with pytest.raises(Refused, match="intended"):
        drafted(world, case, "prior_notice", by=_person(world, "Ari"), intends="guidance")


def test_what_burdens_states_its_facts(world: SimpleNamespace) -> None:
    case = open_case(world, matter="local_agents")
    with pytest.raises(Refused, match="State the facts"):
        drafted(world, case, "prior_notice", by=_person(world, "Ari"), intends="corrective_order")


def test_a_request_left_out_is_the_one_the_pack_suggests(world: SimpleNamespace) -> None:
    case = open_case(world)
    assert "내려 주시기를" in drafted(world, case, request="").content["request"]


def test_an_approved_document_can_be_withdrawn_until_it_is_sent(world: SimpleNamespace) -> None:
    case = open_case(world)
    document, sent = approved(world, case), approved(world, case)
    run("withdraw_draft", world.sora, case, document=document)
    document.refresh_from_db()
    assert document.state == "withdrawn"
    letters.posted(world, sent)
    with pytest.raises(Refused, match="has been sent"):
        run("withdraw_draft", world.sora, case, document=sent)


def _person(world: SimpleNamespace, name: str) -> User:
    return User.objects.create_user(
        f"{name.lower()}@kftc.example", name=name, role="officer", body=world.kftc, approves=True
    )

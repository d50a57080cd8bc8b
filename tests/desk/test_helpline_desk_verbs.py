"""Verbs on complaints: who may do what, and the whole way from the agent's answer to the mediation's end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from mapae.desk.audit.models import AuditEntry
from mapae.desk.cases.actions import Refused
from mapae.desk.cases.actions import run as run_case
from mapae.desk.documents.models import Outbox
from mapae.desk.helpline.actions import allowed, run
from mapae.desk.helpline.consumer.story import letters_to
from mapae.desk.helpline.desk_daily import round_of_work
from mapae.desk.helpline.desk_due import standing
from mapae.desk.helpline.models import Complaint, ComplaintDue, Correction
from mapae.desk.helpline.share import decide, shared_fields
from tests.desk.helping import complaint, handed_over, signed_in

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _then():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOW, tick=False), translation.override("en"):
        yield


def _events(found: Complaint) -> list[str]:
    return list(found.events.values_list("kind", flat=True))


def _mails() -> int:
    """How many are for the consumer."""
    return Outbox.objects.filter(channel="email", address__startswith="helpline:").count()


def _to_the_firm(world: SimpleNamespace, found: Complaint) -> list[str]:
    """What the firm was told of this complaint since the last call, in English."""
    rows = Outbox.objects.filter(address=world.firm.email, key__startswith=f"helpline:{found.pk}:")
    told = [row.payload["text"].splitlines()[1] for row in rows.order_by("pk")]
    rows.delete()
    return told


def test_nothing_goes_to_the_agent_before_the_consumer_agreed(world: SimpleNamespace) -> None:
    made = complaint(world)
    with pytest.raises(Refused, match="has not agreed"):
        run("hand_over", world.dojin, made)
    decide(made, agrees=False)
    with pytest.raises(Refused, match="has not agreed"):
        run("hand_over", world.dojin, made)
    assert made.state == "received" and shared_fields(made) == {}


def test_the_agents_periods_run_from_the_handing_over_and_the_firm_is_told_without_facts(
    world: SimpleNamespace,
) -> None:
    made = handed_over(world)
    found = standing(made)
    assert (found.who, found.by, found.by_law) == ("agent", date(2026, 11, 30), True)
    mail = Outbox.objects.get(address=world.firm.email)
    assert made.number in mail.payload["text"]
    assert "치발기" not in str(mail.payload) and "jiwoo" not in str(mail.payload)
    assert ComplaintDue.objects.get(complaint=made).due == date(2026, 11, 30)


def test_no_complaint_is_handed_over_where_the_operator_has_no_live_mandate(world: SimpleNamespace) -> None:
    made = complaint(world)
    decide(made, agrees=True)
    world.mandate.ends_on = world.today - timedelta(days=1)
    world.mandate.save()
    with pytest.raises(Refused, match="no local agent"):
        run("hand_over", world.dojin, made)


def test_only_the_firm_of_the_live_mandate_answers(world: SimpleNamespace) -> None:
    made = handed_over(world)
    for stranger in (world.rival, world.ex):
        with pytest.raises(Refused, match="not yours"):
            run("answer", stranger, made, text="답변")
    with pytest.raises(Refused, match="role"):
        run("answer", world.mei, made, text="답변")
    run("answer", world.minjun, made, text="전액 환불합니다.", offer="refund", performs_by=date(2026, 12, 2))
    assert made.state == "answered"
    assert _events(made)[-2:] == ["progress_told", "result_told"]


def test_the_whole_way_to_a_mediation_that_silence_accepts(world: SimpleNamespace) -> None:
    made = handed_over(world)
    run("ask", world.minjun, made, text="사진이 있나요?")
    run("reply", "consumer", made, text="네, 보냈습니다.")
    assert made.state == "handed_over" and made.answers.get(kind="question").reply == "네, 보냈습니다."
    run("tell_progress", world.minjun, made, text="확인하고 있습니다.")
    run("answer", world.minjun, made, text="환불할 수 없습니다.", offer="refused")
    before = _mails()
    run("decline", "consumer", made, text="부러진 제품입니다.")
    assert made.answers.get(kind="result").verdict == "declined" and _mails() == before
    run("apply_redress", "consumer", made)
    assert standing(made).by == date(
        2026, 12, 28
    )  # the thirtieth day is the holiday of 25 December, then a weekend
    run("extend_redress", world.dojin, made, days=20, reason="시험이 필요합니다.")
    assert standing(made).by == date(2027, 1, 14)
    run("apply_mediation", world.dojin, made)
    run("propose", world.dojin, made, text="판매자는 12,900원을 환불한다.")
    assert standing(made).by == date(2026, 12, 10)
    run("accept_proposal", world.minjun, made)
    assert made.state == "proposed"
    with pytest.raises(Refused, match="still runs"):
        run("lapse_proposal", None, made)
    with time_machine.travel(NOW + timedelta(days=16), tick=False):
        round_of_work(NOW + timedelta(days=16))
        made.refresh_from_db()
    assert (made.state, made.outcome) == ("closed", "mediated")
    assert not ComplaintDue.objects.filter(complaint=made).exists()
    assert _mails() > before


def test_both_sides_acceptance_ends_the_mediation_and_one_refusal_fails_it(world: SimpleNamespace) -> None:
    first, second = handed_over(world), handed_over(world)
    for each in (first, second):
        run("apply_redress", "consumer", each)
        run("apply_mediation", world.dojin, each)
        run("propose", world.dojin, each, text="환불한다.")
        run("accept_proposal", "consumer", each)
        with pytest.raises(Refused, match="already"):
            run("accept_proposal", world.dojin, each, party="consumer")
    run("accept_proposal", world.dojin, first, party="operator")
    run("decline_proposal", world.minjun, second)
    assert [(each.state, each.outcome) for each in (first, second)] == [
        ("closed", "mediated"),
        ("closed", "mediation_failed"),
    ]


def test_a_side_that_has_accepted_speaks_no_second_time(world: SimpleNamespace) -> None:
    made = handed_over(world)
    run("apply_redress", "consumer", made)
    run("apply_mediation", world.dojin, made)
    run("propose", world.dojin, made, text="환불한다.")
    run("accept_proposal", world.minjun, made)
    for verb in ("accept_proposal", "decline_proposal"):
        with pytest.raises(Refused, match="already"):
            run(verb, world.minjun, made)
    page = signed_in(world.minjun).get(reverse("agent-complaint", args=(made.number,))).content.decode()
    assert "accept_proposal" not in page and "환불한다." in page
    assert made.number not in signed_in(world.minjun).get(reverse("agent-complaints")).content.decode()
    assert (standing(made).who, ComplaintDue.objects.get(complaint=made).who) == ("consumer", "consumer")
    page = signed_in(world.dojin).get(reverse("complaint", args=(made.number,))).content.decode()
    assert 'value="consumer"' in page and '<option value="operator">' not in page


def test_a_firm_is_told_of_each_step_of_a_mediation_since_its_silence_accepts(world: SimpleNamespace) -> None:
    made = handed_over(world)
    run("ask", world.minjun, made, text="사진이 있나요?")
    _to_the_firm(world, made)
    run("reply", "consumer", made, text="네.")
    run("apply_redress", "consumer", made)
    run("apply_mediation", world.dojin, made)
    run("set_session", world.dojin, made, day=date(2026, 12, 2), text="오후 2시, 회의실")
    run("propose", world.dojin, made, text="환불한다.")
    run("accept_proposal", world.minjun, made)
    with time_machine.travel(NOW + timedelta(days=16), tick=False):
        round_of_work(NOW + timedelta(days=16))
    told = _to_the_firm(world, made)
    words = ("replied", "session", "Silence until its last day", "the mediation stands")
    assert len(told) == len(words) and all(word in line for word, line in zip(words, told, strict=True))
    assert all(made.number in line for line in told)


def test_a_firm_is_told_nothing_of_what_it_may_not_see(world: SimpleNamespace) -> None:
    made = complaint(world)
    run("advise", None, made)
    run("apply_redress", "consumer", made)
    run("apply_mediation", world.dojin, made)
    run("propose", world.dojin, made, text="환불한다.")
    assert _to_the_firm(world, made) == []


def test_both_sides_are_told_the_day_of_a_session_which_is_not_past(world: SimpleNamespace) -> None:
    made = handed_over(world)
    run("apply_redress", "consumer", made)
    run("apply_mediation", world.dojin, made)
    for wrong in (None, date(2026, 11, 24)):
        with pytest.raises(Refused, match="still to come"):
            run("set_session", world.dojin, made, day=wrong, text="오후 2시")
    with pytest.raises(Refused, match="where"):
        run("set_session", world.dojin, made, day=date(2026, 12, 2), text=" ")
    before = _mails()
    run("set_session", world.dojin, made, day=date(2026, 12, 2), text="오후 2시, 회의실")
    assert made.state == "mediation" and _mails() == before + 1
    page = signed_in(world.minjun).get(reverse("agent-complaint", args=(made.number,))).content.decode()
    assert "2026-12-02 · 오후 2시, 회의실" in page
    assert [words for _at, _what, words, _by in letters_to(made)] == ["2026-12-02 · 오후 2시, 회의실"]


@pytest.mark.parametrize(
    ("outcome", "says"),
    [("mediated", "enforced"), ("mediation_failed", "court"), ("advice_only", "tell us anew")],
)
def test_what_can_be_done_after_the_end_follows_from_the_outcome(
    world: SimpleNamespace, outcome: str, says: str
) -> None:
    made = complaint(world)
    run("close", None, made, outcome=outcome)
    assert says in standing(made).if_not["en"]


def test_redress_is_extended_once_and_by_sixty_days_at_most(world: SimpleNamespace) -> None:
    made = complaint(world)
    run("advise", None, made)
    run("apply_redress", "consumer", made)
    for days, reason in ((61, "사유"), (0, "사유"), (10, " ")):
        with pytest.raises(Refused):
            run("extend_redress", world.dojin, made, days=days, reason=reason)
    run("extend_redress", world.dojin, made, days=60, reason="원인 시험")
    with pytest.raises(Refused, match="already"):
        run("extend_redress", world.dojin, made, days=1, reason="또")


def test_a_day_to_come_is_refused(world: SimpleNamespace) -> None:
    made = complaint(world)
    run("advise", None, made)
    with pytest.raises(Refused, match="still to come"):
        run("apply_redress", world.dojin, made, on=date(2026, 11, 26))


def test_a_network_has_three_business_days_to_pass_on_and_redress_runs_from_there(
    world: SimpleNamespace,
) -> None:
    made = complaint(world)
    decide(made, agrees=True)
    run("send_to_network", world.dojin, made)
    assert (standing(made).who, standing(made).by) == ("network", date(2026, 11, 30))
    run("record_forwarded", world.dojin, made)
    assert made.state == "redress" and standing(made).clock.kind.key == "redress_agreement"  # type: ignore[union-attr]


def test_an_officer_of_another_body_sees_only_what_was_referred_or_joined_to_a_case(
    world: SimpleNamespace,
) -> None:
    made = complaint(world)
    with pytest.raises(Refused, match="not yours"):
        run("note", world.sora, made, text="메모")
    run("refer", world.dojin, made, body=world.motir, text="제품 안전은 산업통상부가 맡습니다.")
    run("note", world.sora, made, text="메모")
    assert made.body == world.motir and made.events.get(kind="noted").told == "메모"


def test_a_referral_without_words_gives_the_packs_reason_in_the_consumers_language(
    world: SimpleNamespace,
) -> None:
    made = complaint(world, text="세관에서 소포가 유치됐다고 관세를 두 번 내라고 합니다.", language="en")
    made.responsible = "customs"
    made.save()
    kcs = type(world.kftc).objects.create(key="kcs", name_ko="관세청", name_en="Korea Customs Service")
    with pytest.raises(Refused, match="why"):
        run("refer", world.dojin, made, body=world.motir)
    run("refer", world.dojin, made, body=kcs)
    assert "customs service" in made.events.get(kind="referred").told


def test_a_correction_keeps_what_was_before_and_moves_what_is_due(world: SimpleNamespace) -> None:
    made = complaint(world)
    run("advise", None, made)
    was = made.category
    run(
        "correct",
        world.dojin,
        made,
        category="unsafe_product",
        hazard=True,
        last_day=date(2026, 12, 4),
        why="발진",
    )
    kept = Correction.objects.filter(complaint=made)
    assert {(row.field, row.after) for row in kept} >= {("category", "unsafe_product"), ("hazard", "true")}
    assert kept.get(field="category").before == was and made.triage["category"] == was
    assert ComplaintDue.objects.get(complaint=made).due == date(2026, 12, 4)
    with pytest.raises(Refused, match="Nothing differs"):
        run("correct", world.dojin, made, category="unsafe_product")


def test_what_is_joined_to_another_complaint_gets_its_outcome_and_both_consumers_are_told(
    world: SimpleNamespace,
) -> None:
    first, second = handed_over(world), complaint(world, email="other@mail.example")
    run("merge", world.dojin, second, into=first)
    run("answer", world.minjun, first, text="환불합니다.", offer="refund")
    run("accept", "consumer", first)
    run("confirm_performed", "consumer", first)
    second.refresh_from_db()
    assert (second.state, second.outcome) == ("closed", "settled")
    told = Outbox.objects.filter(key__startswith=f"helpline:{second.pk}:close")
    assert told.count() == 1


def test_a_complaint_taken_back_leaves_those_joined_to_it_alive_and_the_agent_without_it(
    world: SimpleNamespace,
) -> None:
    first, second = handed_over(world), complaint(world, email="other@mail.example")
    run("merge", world.dojin, second, into=first)
    run("take_back", "consumer", first)
    second.refresh_from_db()
    assert (first.outcome, second.state, second.duplicate_of) == ("taken_back", "advised", None)
    assert shared_fields(first) == {} and allowed(world.minjun, first) == []


def test_a_complaint_in_a_case_shows_its_clocks_there_whenever_it_joined(world: SimpleNamespace) -> None:
    case = run_case("open", world.sora, operator=world.lumibay, matter="hazardous_goods", title="치발기")
    case.joint.add(world.kftc)
    made = handed_over(world)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        run("attach", world.dojin, made, case=case)
        run("tell_progress", world.minjun, made, text="확인 중")
    assert dict(case.dues.values_list("key", "due")) == {"complaint_result": date(2026, 12, 9)}
    assert case.items.get(kind="complaint").subject_id == made.number
    assert "지우" not in str(case.items.values())
    with pytest.raises(Refused, match="already"):
        run("attach", world.dojin, made, case=case)


def test_every_act_leaves_an_audit_entry_without_words_of_persons(world: SimpleNamespace) -> None:
    made = handed_over(world)
    run("answer", world.minjun, made, text="비밀스러운 답변", offer="refund")
    entries = AuditEntry.objects.filter(subject=f"complaint:{made.pk}")
    assert {"complaint_handed_over", "result_told"} <= {entry.data.get("event") for entry in entries}
    assert "비밀" not in str(list(entries.values())) and "jiwoo" not in str(list(entries.values()))


def test_a_failed_verb_changes_nothing(world: SimpleNamespace) -> None:
    made = handed_over(world)
    before = (_events(made), _mails(), made.answers.count())
    with pytest.raises(Refused):
        run("answer", world.minjun, made, text="환불", performs_by=date(2026, 11, 1))
    assert (_events(made), _mails(), made.answers.count()) == before

"""Service: sent, delivered and served are three moments, and only the last starts clocks."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import translation

from mapae.desk import clock
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document, Outbox
from mapae.desk.documents.outbox import run_outbox
from mapae.desk.documents.service import effective_on, settle_public_notices
from mapae.desk.documents.worker import transports
from mapae.desk.law import book
from mapae.workflow import clocks
from tests.desk.letters import NOON, approved, open_case, portal_consent, posted, proof


@pytest.fixture(autouse=True)
def _english():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


def _clocks(case: Case, document: Document) -> list[str]:
    events = [event.plain() for event in case.events.all()]
    return [
        each.due.isoformat()
        for each in clocks(events, {document.code: ["takedown_report"]}, book(), clock.today())
    ]


def _served(case: Case) -> list[str]:
    return [event.on.isoformat() for event in case.events.filter(kind="served")]


def test_post_is_sent_then_served_with_proof_and_only_then_a_clock_runs(world: SimpleNamespace) -> None:
    case = open_case(world)
    document = approved(world, case, "takedown_recommendation")
    service = posted(world, document)
    case.refresh_from_db()
    assert (case.state, service.sent_at is not None, service.served_at) == ("asked", True, None)
    assert _clocks(case, document) == []
    with time_machine.travel(NOON + timedelta(days=5), tick=False):
        run("record_service", world.sora, case, service=service, outcome="delivered", on=date(2026, 11, 28))
        assert _clocks(case, document) == []
        with pytest.raises(Refused, match="proof"):
            run("record_service", world.sora, case, service=service, outcome="served")
        run(
            "record_service",
            world.sora,
            case,
            service=service,
            outcome="served",
            on=date(2026, 11, 28),
            proof=proof(world),
        )
    assert _clocks(case, document) == ["2026-12-08"]
    assert _served(case) == ["2026-11-28"]
    assert {item.state for item in case.items.all()} == {"asked"}


@pytest.mark.parametrize("on", [date(2026, 11, 24), date(2026, 11, 26)])
def test_a_day_before_sending_or_in_the_future_is_refused(world: SimpleNamespace, on: date) -> None:
    case = open_case(world)
    service = posted(world, approved(world, case))
    with pytest.raises(Refused, match="day lies"):
        run("record_service", world.sora, case, service=service, outcome="delivered", on=on)


def test_portal_without_consent_serves_nothing_and_with_it_serves_at_once(world: SimpleNamespace) -> None:
    case = open_case(world)
    document = approved(world, case, "takedown_recommendation")
    with pytest.raises(Refused, match="consented"):
        run("serve", world.sora, case, document=document, channel="portal")
    portal_consent(world)
    service = run("serve", world.sora, case, document=document, channel="portal")
    assert service.sent_at == service.delivered_at == service.served_at == clock.now()
    assert _clocks(case, document) == ["2026-12-07"]  # 5 December is a Saturday
    assert not Outbox.objects.exists()


@pytest.mark.parametrize("change", ["withdrawn", "mandate_ended", "not_yet"])
def test_a_consent_that_does_not_hold_today_serves_nothing(world: SimpleNamespace, change: str) -> None:
    case = open_case(world)
    document = approved(world, case)
    if change == "withdrawn":
        world.consent.withdrawn_on = world.today
    elif change == "mandate_ended":
        world.mandate.ends_on = world.today - timedelta(days=1)
    else:
        world.consent.consented_on = world.today + timedelta(days=1)
    world.consent.save()
    world.mandate.save()
    with pytest.raises(Refused, match="consented"):
        run("serve", world.sora, case, document=document, channel="email")


def test_email_waits_in_the_outbox_and_nothing_is_sent_yet(world: SimpleNamespace) -> None:
    case = open_case(world)
    service = run("serve", world.sora, case, document=approved(world, case), channel="email")
    row = Outbox.objects.get()
    assert (row.state, row.address, row.service) == ("waiting", "serve@handeul.example", service)
    assert service.sent_at is None
    assert list(case.events.filter(kind__in=["sent", "served"])) == []


def test_consent_withdrawn_before_the_mail_leaves_stops_it(world: SimpleNamespace) -> None:
    case = open_case(world)
    service = run("serve", world.sora, case, document=approved(world, case), channel="email")
    world.consent.withdrawn_on = world.today
    world.consent.save()
    run_outbox(transports())
    service.refresh_from_db()
    assert (Outbox.objects.get().state, service.failed_at, service.document.state) == (
        "failed",
        clock.now(),
        "approved",
    )


def test_a_document_is_not_served_twice_at_once_but_again_after_a_failure(world: SimpleNamespace) -> None:
    case = open_case(world)
    document = approved(world, case)
    service = posted(world, document)
    with pytest.raises(Refused, match="already being served"):
        posted(world, document)
    with pytest.raises(Refused, match="why it failed"):
        run("record_service", world.sora, case, service=service, outcome="failed")
    run("record_service", world.sora, case, service=service, outcome="failed", detail="수취인 불명")
    assert posted(world, document).pk != service.pk


def test_an_unapproved_document_and_an_unknown_way_are_refused(world: SimpleNamespace) -> None:
    case = open_case(world)
    from tests.desk.letters import drafted

    with pytest.raises(Refused, match="not approved"):
        posted(world, drafted(world, case))
    with pytest.raises(Refused, match="no such way"):
        run("serve", world.sora, case, document=approved(world, case), channel="pigeon")
    with pytest.raises(Refused, match="address"):
        run("serve", world.sora, case, document=approved(world, case), channel="post")


def test_public_notice_needs_a_ground_and_takes_effect_when_fourteen_days_have_passed(
    world: SimpleNamespace,
) -> None:
    case = open_case(world)
    document = approved(world, case)
    with pytest.raises(Refused, match="ground"):
        run("serve", world.sora, case, document=document, channel="public_notice", address="관보")
    service = run(
        "serve",
        world.sora,
        case,
        document=document,
        channel="public_notice",
        address="관보",
        because="address_unknown",
    )
    assert effective_on(date(2026, 11, 25)) == date(2026, 12, 10)
    with time_machine.travel(NOON + timedelta(days=14), tick=False):
        assert settle_public_notices(clock.now()) == 0
        with pytest.raises(Refused, match="2026-12-10"):
            run("record_service", world.sora, case, service=service, outcome="served", proof=proof(world))
    with time_machine.travel(NOON + timedelta(days=15), tick=False):
        assert settle_public_notices(clock.now()) == 1
        assert settle_public_notices(clock.now()) == 0
    assert _served(case) == ["2026-12-10"]


def test_the_officer_of_a_joint_body_cannot_serve_the_letter_of_another(world: SimpleNamespace) -> None:
    case = open_case(world)
    document = approved(world, case)
    with pytest.raises(Refused, match="Another body"):
        run("serve", world.dojin, case, document=document, channel="post", address="x")

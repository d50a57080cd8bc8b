"""The desk looks for surges of its complaints once a day; an alert opens a draft case, which an officer takes on or ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine

from mapae.desk.cases.models import Case
from mapae.desk.findings.accept import accept, open_cases
from mapae.desk.findings.decide import reject
from mapae.desk.findings.drafts import draft_cases
from mapae.desk.findings.models import Finding, Run
from mapae.desk.helpline.models import Complaint
from mapae.desk.parties.models import Operator
from mapae.desk.publication.surges import look_daily

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)


def _complaint(operator: Operator, number: int, at: datetime, text: str) -> Complaint:
    return Complaint(
        number=f"2026-H-{number:06d}", link="x", link_digest=f"{number:064}", received_at=at, operator=operator,
        text=text, gist=text, relay=f"r{number}", category="delivery",
    )  # fmt: skip


def _received(world: SimpleNamespace, surge: int) -> None:
    """Three a day on each of two shops for eighty days, and so many more about Lumibay on the last day."""
    told: list[tuple[Operator, datetime, str]] = []
    for back in range(80, 0, -1):
        day = NOW - timedelta(days=back)
        told += [
            (operator, day, "배송이 늦어요") for operator in (world.lumibay, world.dalmart) for _ in range(3)
        ]
    told += [(world.lumibay, NOW - timedelta(days=1), "치발기가 부러졌어요")] * surge
    rows = [_complaint(operator, number, at, text) for number, (operator, at, text) in enumerate(told)]
    Complaint.objects.bulk_create(rows)


@pytest.mark.slow
def test_a_surge_comes_into_the_inbox_once_and_opens_one_draft_case_that_acceptance_makes_a_case(
    world: SimpleNamespace,
) -> None:
    _received(world, 40)
    with time_machine.travel(NOW, tick=False):
        look_daily(NOW)
        look_daily(NOW)
        assert Run.objects.count() == 1
        found = Finding.objects.get(check_key="helpline.surges", subject_id="operator:Lumibay")
        assert found.operator == world.lumibay and found.subject_kind == "series"
        assert "치발기" in str(found.reasons)
        look_daily(NOW + timedelta(days=1))
        assert Finding.objects.filter(subject_id="operator:Lumibay").count() == 1
        draft = Case.objects.get(operator=world.lumibay)
        assert (draft.matter, draft.draft, draft.owner, draft.lead) == ("helpline", True, None, world.kftc)
        assert (
            found.state == "new"
            and draft.items.get(kind="series", subject_id=found.subject_id).finding == found
        )
        assert accept(world.dojin, [found]) == [draft]
    draft.refresh_from_db()
    assert not draft.draft


def test_a_rejected_alert_ends_its_draft_once_no_other_alert_waits_in_it(world: SimpleNamespace) -> None:
    alerts = [_alert(world.lumibay, subject) for subject in ("operator:Lumibay", "category:delivery")]
    nobodys = _alert(None, "category:refund_delay")
    with time_machine.travel(NOW, tick=False):
        (draft,) = draft_cases(Finding.objects.all())
        assert draft_cases(Finding.objects.all()) == [] and draft.items.count() == 2
        assert not nobodys.items.exists()
        for alert, state in zip(alerts, ("open", "closed"), strict=True):
            reject(world.dojin, [alert], "duplicate")
            draft.refresh_from_db()
            assert draft.state == state
    assert draft.outcome == "no_ground"


def test_an_alert_about_no_shop_opens_a_draft_at_the_one_with_most_of_its_complaints(
    world: SimpleNamespace,
) -> None:
    Complaint.objects.bulk_create(
        _complaint(world.dalmart if number % 3 else world.lumibay, number, NOW - timedelta(days=1), "늦어요")
        for number in range(6)
    )
    whole, other = _alert(None, "category:delivery"), _alert(None, "category:refund_delay")
    with time_machine.travel(NOW, tick=False):
        look_daily(NOW)
        draft = Case.objects.get()
        assert draft.operator == world.dalmart and not other.items.exists()
        assert [(case, bool(case.because)) for case in open_cases(world.dojin, whole)] == [(draft, True)]
        assert accept(world.dojin, [whole], case=draft) == [draft]
    whole.refresh_from_db()
    assert whole.operator == world.dalmart and whole.state == "accepted"


def _alert(operator: Operator | None, subject: str) -> Finding:
    platform = operator.name_en if operator else ""
    run = Run.objects.create(digest=subject, manifest={}, path=subject, findings=1, started_at=NOW)
    return Finding.objects.create(
        run=run, finding_id=subject, check_key="helpline.surges", measure="helpline", subject_kind="series",
        subject_id=subject, subject_title=subject, operator=operator, platform=platform, severity=1,
        score=0.9, reference_id="surge", as_of=NOW.date(), evidence_key=subject, reasons=[], first_seen_at=NOW,
    )  # fmt: skip


@pytest.mark.slow
def test_nothing_is_raised_where_nothing_rose(world: SimpleNamespace) -> None:
    _received(world, 0)
    with time_machine.travel(NOW, tick=False):
        look_daily(NOW)
    assert Run.objects.count() == 1 and not Finding.objects.exists()


@pytest.mark.django_db
def test_a_handful_of_complaints_is_not_looked_at(world: SimpleNamespace) -> None:
    look_daily(NOW)
    assert not Run.objects.exists()

"""Due dates over all cases, and the calendar that shows them elsewhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import AuditEntry
from mapae.desk.cases.actions import run
from mapae.desk.cases.actions._action import log
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document

START = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)  # noon in Korea, a Friday before Chuseok


def _as(user: User, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


@pytest.fixture
def case(world: SimpleNamespace) -> Case:
    made: Case = run(
        "open", world.sora, operator=world.lumibay, matter="hazardous_goods", title="치발기 (예시)"
    )
    return made


def _serve(world: SimpleNamespace, case: Case, kind: str = "takedown_recommendation") -> Document:
    document = Document.objects.create(
        case=case, kind=kind, body=case.lead, code=f"C{case.pk}{kind}"[:20], addressee="Lumibay", drafter=world.sora,
        drafted_at=clock.now(), served_at=clock.now(), state="served",
    )  # fmt: skip
    log(case, "served", world.sora, ref=document.code)
    Case.objects.filter(pk=case.pk).update(state="asked")
    return document


def _page(client: Client, name: str, *args: object, **query: object) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_due_dates_are_listed_next_first_with_law_and_target_apart(
    world: SimpleNamespace, case: Case
) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        client = _as(world.sora)
        _serve(world, case)
        week = _page(client, "overdue", when="week")
        assert week.index("2026-09-22") < week.index("Target, not law")
        assert "Nothing is overdue." in _page(client, "overdue")
        assert "2026-09-28" in _page(client, "overdue", when="all", kind="law")
        assert "2026-09-22" not in _page(client, "overdue", when="all", kind="law")
        traveller.shift(timedelta(days=11))
        late = _page(client, "overdue", whose="mine")
        assert late.count("<tr data-row") == 2
        assert "2026-09-28" in late
        assert case.number not in _page(_as(world.dojin), "overdue")


def test_the_calendar_holds_the_due_dates_and_no_names(world: SimpleNamespace, case: Case) -> None:
    with time_machine.travel(START, tick=False):
        _serve(world, case)
        page = _as(world.sora).get(reverse("overdue")).context["feed"]
        content = Client().get(page).content
        entries = Calendar.from_ical(content).walk("VEVENT")
        assert sorted(each["dtstart"].dt for each in entries) == [
            date(2026, 9, 22), date(2026, 9, 28), date(2026, 9, 29),
        ]  # fmt: skip
        assert "목표" in content.decode() or "target" in content.decode()
        assert b"Lumibay" not in content
        assert "치발기".encode() not in content
        assert Client().get(page.replace(".ics", "x.ics")).status_code == 404
        _as(world.sora).post(reverse("calendar-new"))
        assert Client().get(page).status_code == 404
        assert AuditEntry.objects.filter(kind="calendar_address").count() == 1


def test_a_person_who_left_has_no_calendar(world: SimpleNamespace) -> None:
    page = _as(world.sora).get(reverse("overdue")).context["feed"]
    assert Client().get(page).status_code == 200
    User.objects.filter(pk=world.sora.pk).update(is_active=False)
    assert Client().get(page).status_code == 404

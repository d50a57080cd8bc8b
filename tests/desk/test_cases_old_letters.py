"""A letter that is older than the law of its clock: the pages say so, and nothing is overdue or fails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mapae.desk.accounts.models import User
from mapae.desk.cases import due
from mapae.desk.cases.actions._action import log
from mapae.desk.cases.clocks import told_clocks
from mapae.desk.cases.models import Case, Due
from mapae.desk.documents.compose import compose
from mapae.desk.documents.models import Document
from mapae.errors import UsageError
from tests.desk.calling import bearer, get
from tests.desk.letters import NOON, open_case

SERVED = datetime(2026, 5, 4, 3, tzinfo=UTC)
YEARS = timedelta(days=400)
WORDS = {"en": "no rule on that day", "ko": "당시 규정 없음", "zh-hans": "当时无规定"}


@pytest.fixture
def case(world: SimpleNamespace) -> Case:
    """A letter served on 4 May 2026, as taken over from files; the period of the report is law from 3 June."""
    with time_machine.travel(NOON, tick=False):
        case = open_case(world)
        document = Document.objects.create(
            case=case, kind="takedown_recommendation", body=case.lead, code="OLD-1", addressee="Lumibay",
            drafter=world.sora, drafted_at=SERVED, served_at=SERVED, state="served",
        )  # fmt: skip
        document.items.set(case.items.all())
        log(case, "served", world.sora, ref=document.code, on="2026-05-04")
        Case.objects.filter(pk=case.pk).update(state="asked")
    return case


def _text(user: User, name: str, case: Case, language: str) -> str:
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = language
    response = client.get(reverse(name, args=(case.number,)))
    assert response.status_code == 200
    return response.content.decode()


def test_it_has_its_targets_and_no_period_of_law_then_and_later(case: Case) -> None:
    for later in (timedelta(0), YEARS):
        with time_machine.travel(NOON + later, tick=False):
            running, without = told_clocks(case)
            assert [each.kind.key for each in running] == ["takedown_2", "takedown_5"]
            assert [each.kind.key for each in without] == ["takedown_report"]
            due.refresh_stale()
            assert not Due.objects.filter(statutory=True).exists()


@pytest.mark.parametrize("language", sorted(WORDS))
def test_officer_and_agent_are_told_that_law_set_no_period(
    world: SimpleNamespace, case: Case, language: str
) -> None:
    with time_machine.travel(NOON, tick=False):
        pages = [_text(world.minjun, "agent-case", case, language)]
        pages += [_text(world.sora, "case", case, language)] if language != "zh-hans" else []
    for page in pages:
        assert page.count(WORDS[language]) == 1
        assert "2026" in page.partition(WORDS[language])[2].partition("</div>")[0]


def test_the_api_tells_the_period_that_does_not_run_and_no_letter_is_composed_for_that_day(
    world: SimpleNamespace, case: Case
) -> None:
    with time_machine.travel(NOON, tick=False):
        told = get(f"/cases/{case.number}/clocks", bearer(world.sora, "read")).json()
    assert [(row["key"], row["on"], row["since"]) for row in told["unruled"]] == [
        ("takedown_report", "2026-05-04", "2026-06-03")
    ]
    with pytest.raises(UsageError, match="law sets no value"):
        compose(Document.objects.get(code="OLD-1"), SERVED.date())

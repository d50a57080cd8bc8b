"""Pages ask the database a fixed number of questions, however many rows they show."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mapae.desk.cases import due
from mapae.desk.cases.actions import run
from mapae.desk.cases.models import Case, CaseEvent, Due
from mapae.desk.findings.intake import import_run
from mapae.desk.findings.models import Decision, Finding
from tests.desk.findings_files import finding, write_run

_MOST = 15  # for lists
_MOST_OF_A_CASE = 25


@pytest.fixture
def officer(world: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(world.sora)
    return client


def _asked(client: Client, url: str) -> list[str]:
    client.get(url)  # what is read once a process is read now
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in queries]


def _case(world: SimpleNamespace, title: str, items: int = 0) -> Case:
    case: Case = run(
        "open", world.sora, operator=world.lumibay, matter="hazardous_goods", title=f"치발기 {title}"
    )
    for number in range(items):
        run(
            "join",
            world.sora,
            case,
            kind="listing",
            subject_id=f"L-{number}",
            title="치발기",
            seller=world.seller,
        )
    Due.objects.create(
        case=case, key="takedown_2", ref="D", statutory=False, whose="operator", started_on=world.today, due=world.today
    )  # fmt: skip
    return case


def test_the_inbox_asks_as_often_for_a_full_page_as_for_one_line(
    world: SimpleNamespace, officer: Client, tmp_path: Path
) -> None:
    import_run(write_run(tmp_path / "a", [finding(1)]))
    one = _asked(officer, "/inbox")
    import_run(write_run(tmp_path / "b", [finding(number, operator="Dalmart") for number in range(2, 60)]))
    assert len(_asked(officer, "/inbox")) == len(one) <= _MOST
    last = Finding.objects.order_by("-severity", "-score", "id")[25]
    after = f"{last.severity}:{last.score!r}:{last.pk}"
    assert len(_asked(officer, f"/inbox?after={after}")) <= len(one) + 2
    for row in Finding.objects.all():
        Decision.objects.create(finding=row, verdict="accepted", by=world.sora, at=row.first_seen_at)
    Finding.objects.update(state="accepted")
    assert len(_asked(officer, "/inbox?state=accepted")) == len(one)


def test_no_page_of_the_inbox_counts_findings_row_by_row(
    world: SimpleNamespace, officer: Client, tmp_path: Path
) -> None:
    import_run(write_run(tmp_path / "a", [finding(number) for number in range(30)]))
    for url in (
        "/inbox",
        "/inbox?measure=hazardous_goods&severity=3",
        "/inbox?operator=lumibay",
        "/inbox/precision",
    ):
        counting = [sql for sql in _asked(officer, url) if "COUNT(" in sql and "findings_finding" in sql]
        assert all("findings_decision" in sql for sql in counting), counting


@pytest.mark.parametrize(
    "url", ["/cases?queue=body", "/cases?queue=overdue", "/due", "/due?when=all", "/search?q=치발기"]
)
def test_a_list_of_cases_asks_as_often_for_thirty_as_for_two(
    world: SimpleNamespace, officer: Client, url: str
) -> None:
    for number in range(2):
        _case(world, str(number))
    Due.objects.update(due="2026-01-05")
    two = _asked(officer, url)
    for number in range(2, 32):
        _case(world, str(number))
    Due.objects.update(due="2026-01-05")
    assert len(_asked(officer, url)) == len(two) <= _MOST


def test_a_case_page_asks_as_often_for_forty_listings_and_fifty_events_as_for_one(
    world: SimpleNamespace, officer: Client
) -> None:
    one, many = _case(world, "1", items=1), _case(world, "2", items=40)
    last = CaseEvent.objects.filter(case=many).count()
    CaseEvent.objects.bulk_create(
        CaseEvent(
            case=many,
            seq=last + n + 1,
            kind="noted",
            at=many.opened_at,
            actor=world.hana,
            data={"text": "메모"},
        )
        for n in range(50)
    )
    due.refresh_stale()
    few = _asked(officer, f"/cases/{one.number}")
    assert len(_asked(officer, f"/cases/{many.number}")) <= len(few) <= _MOST_OF_A_CASE

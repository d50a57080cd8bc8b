"""The audit log for auditors: filtered by person, exported and checked, each of which leaves an entry."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from mapae.desk.audit.models import AuditEntry, record
from mapae.desk.cases.actions import run
from tests.desk.people import PASSWORD


@pytest.fixture
def yuna(world: SimpleNamespace, client: Client) -> Client:
    """Yuna, signed in, with a case that Sora opened."""
    run("open", world.sora, operator=world.lumibay, matter="hazardous_goods", title="예시")
    record(world.dojin, "read_personal", "contest:5")
    assert client.login(username=world.yuna.email, password=PASSWORD)
    return client


def test_the_page_names_persons_and_what_they_did(yuna: Client, world: SimpleNamespace) -> None:
    text = yuna.get(reverse("audit")).content.decode()
    assert "Sora" in text
    assert "개인정보 열람" in text
    assert "contest:5" in text


def test_a_persons_trail_shows_only_theirs_and_asking_for_it_is_recorded(
    yuna: Client, world: SimpleNamespace
) -> None:
    answer = yuna.get(reverse("audit"), {"actor": world.dojin.email})
    assert {row["entry"].actor for row in answer.context["rows"]} == {f"user:{world.dojin.pk}"}
    last = AuditEntry.objects.latest("seq")
    assert (last.kind, last.actor, last.subject) == (
        "read_trail",
        f"user:{world.yuna.pk}",
        f"user:{world.dojin.pk}",
    )
    assert world.dojin.email not in str(last.data)


def test_what_was_done_to_a_person_is_found_by_their_address_with_their_name(
    yuna: Client, world: SimpleNamespace
) -> None:
    record(world.taeho, "role_change", f"user:{world.mei.pk}", role="agent")
    answer = yuna.get(reverse("audit"), {"subject": world.mei.email})
    (row,) = answer.context["rows"]
    assert (row["person"], row["about"]) == (world.taeho, world.mei)
    text = answer.content.decode()
    assert "역할·권한 변경" in text and "role=agent" in text
    last = AuditEntry.objects.latest("seq")
    assert (last.kind, last.subject) == ("read_trail", f"user:{world.mei.pk}")


@pytest.mark.parametrize(
    "asked",
    [
        {"actor": "nobody@desk.example"},
        {"subject": "nobody@desk.example"},
        {"subject": "case:999"},
        {"first": "2999-01-01"},
        {"last": "2001-01-01"},
        {"kind": "read_personal", "subject": "case:1000"},
    ],
)
def test_what_nothing_matches_says_what_to_do_next(yuna: Client, asked: dict[str, str]) -> None:
    answer = yuna.get(reverse("audit"), asked)
    assert not answer.context["rows"]
    assert "조건을 넓히거나" in answer.content.decode()


@pytest.mark.parametrize(
    "asked", [{"first": "2026-99-99"}, {"below": "x"}, {"below": "9" * 40}, {"kind": "<b>"}]
)
def test_what_cannot_be_read_is_left_out(yuna: Client, asked: dict[str, str]) -> None:
    answer = yuna.get(reverse("audit"), asked)
    assert answer.status_code == 200
    assert answer.context["rows"]


def test_pages_follow_one_another_without_gap(yuna: Client, world: SimpleNamespace) -> None:
    for number in range(150):
        record("import", "import_run", f"run:{number}")
    first = yuna.get(reverse("audit"))
    second = yuna.get(reverse("audit") + first.context["more"])
    seen = [row["entry"].seq for row in (*first.context["rows"], *second.context["rows"])]
    assert seen == list(range(max(seen), 0, -1))
    assert not second.context["more"]


def test_an_export_holds_the_filtered_entries_and_is_an_entry_itself(
    yuna: Client, world: SimpleNamespace
) -> None:
    answer = yuna.post(reverse("audit-export"), {"kind": "read_personal"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("seq,at,actor")
    assert len(lines) == 2
    last = AuditEntry.objects.latest("seq")
    assert (last.kind, last.data["entries"]) == ("export_audit", 1)


def test_a_log_whose_end_is_kept_nowhere_says_so(yuna: Client) -> None:
    assert "아직 데이터베이스 밖에 보관한 끝값이 없습니다" in yuna.get(reverse("audit")).content.decode()


def test_checking_says_that_all_is_well_and_is_recorded(yuna: Client, world: SimpleNamespace) -> None:
    answer = yuna.post(reverse("audit-check"), follow=True)
    assert "빠짐없이 이어지고" in answer.content.decode()
    assert AuditEntry.objects.latest("seq").kind == "checked_audit"


def test_administrators_read_the_log_but_export_nothing(client: Client, world: SimpleNamespace) -> None:
    client.force_login(world.taeho)
    assert client.get(reverse("audit")).status_code == 200
    assert client.post(reverse("audit-export")).status_code == 403
    client.force_login(world.sora)
    assert client.get(reverse("audit")).status_code == 403

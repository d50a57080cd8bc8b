"""The ground the desk stands on: cases open under their lead body, history cannot be changed, data is sealed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from mapae.desk.audit.models import AuditEntry, link
from mapae.desk.cases import evidence
from mapae.desk.cases.actions import Refused, allowed, run
from mapae.desk.cases.models import Case, CaseEvent
from mapae.desk.fields import seal, unseal
from mapae.desk.routes import routes
from mapae.errors import InputError


def _open(world: SimpleNamespace) -> Case:
    case: Case = run(
        "open", world.sora, operator=world.lumibay, matter="hazardous_goods", title="치발기 (예시)"
    )
    return case


def test_a_case_is_led_by_the_body_that_the_pack_names(world: SimpleNamespace) -> None:
    case = _open(world)
    assert (case.lead.key, case.state, case.owner) == ("motir", "open", world.sora)
    assert case.number == f"{case.opened_at.year}-MOTIR-000001"
    assert _open(world).number.endswith("-000002")


def test_an_officer_of_another_body_and_an_agent_may_not_act(world: SimpleNamespace) -> None:
    case = _open(world)
    assert "draft" in allowed(world.sora, case)
    assert allowed(world.dojin, case) == []
    assert "draft" not in allowed(world.minjun, case)
    with pytest.raises(Refused):
        run("open", world.minjun, operator=world.lumibay, matter="counterfeits", title="x")


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_refuses_to_change_history(world: SimpleNamespace, change: str) -> None:
    case = _open(world)
    for model in (CaseEvent, AuditEntry):
        rows = model.objects.all()
        assert rows.exists()
        with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
            rows.update(kind="other") if change == "update" else rows._raw_delete("default")
    assert case.events.count() == 1


def test_every_action_adds_a_link_to_the_audit_chain(world: SimpleNamespace) -> None:
    _open(world)
    _open(world)
    before = "0" * 64
    for entry in AuditEntry.objects.all():
        assert entry.chain == link(
            before, entry.seq, entry.at, entry.actor, entry.kind, entry.subject, entry.data
        )
        assert "예시" not in str(entry.data)
        before = entry.chain


def test_evidence_is_kept_by_content_and_a_changed_file_is_found(world: SimpleNamespace) -> None:
    kept = evidence.keep(b"<html>", "text/html", by=world.sora, name="page.html")
    assert evidence.keep(b"<html>", "text/html").pk == kept.pk
    assert evidence.read(kept) == b"<html>"
    evidence.place(kept.sha256).write_bytes(b"changed")
    with pytest.raises(InputError):
        evidence.read(kept)
    evidence.place(kept.sha256).unlink()


def test_personal_data_is_sealed_and_opens_with_an_older_key(settings) -> None:  # type: ignore[no-untyped-def]
    from cryptography.fernet import Fernet

    token = seal("홍길동")
    assert "홍" not in token
    settings.DATA_KEYS = [Fernet.generate_key().decode(), *settings.DATA_KEYS]
    assert unseal(token) == "홍길동"


def test_every_route_names_who_may_call_it_once() -> None:
    every = list(routes())
    assert len({route.name for route in every}) == len(every)
    assert all(route.who for route in every)


def test_the_first_page_opens_without_an_account(db: None) -> None:
    assert Client().get("/nowhere").status_code == 404


def test_the_models_and_migrations_agree(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    assert connection.vendor in ("sqlite", "postgresql")

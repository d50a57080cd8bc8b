"""What a person sees: cases of their body, or of operators of a live mandate, and only what was served."""

from __future__ import annotations

from types import SimpleNamespace

from mapae.desk import clock
from mapae.desk.cases.actions import run
from mapae.desk.documents.models import Document
from mapae.desk.scope import cases_for, documents_for, operators_for


def _case(world: SimpleNamespace, *, served: bool) -> Document:
    case = run("open", world.sora, operator=world.lumibay, matter="hazardous_goods", title="예시")
    return Document.objects.create(
        case=case, kind="guidance", body=world.motir, code=f"X{case.pk}", addressee="Lumibay", drafter=world.sora,
        drafted_at=clock.now(), served_at=clock.now() if served else None,
    )  # fmt: skip


def test_officers_see_cases_their_body_leads_or_joins(world: SimpleNamespace) -> None:
    case = _case(world, served=False).case
    assert list(cases_for(world.sora)) == [case]
    assert not cases_for(world.dojin).exists()
    case.joint.add(world.kftc)
    assert list(cases_for(world.dojin)) == [case]


def test_agents_see_only_what_was_served_under_a_live_mandate(world: SimpleNamespace) -> None:
    _case(world, served=False)
    shown = _case(world, served=True)
    assert list(cases_for(world.minjun)) == [shown.case]
    assert list(documents_for(world.mei)) == [shown]
    assert not cases_for(world.rival).exists()
    assert not cases_for(world.ex).exists()
    assert [operator.key for operator in operators_for(world.minjun)] == ["lumibay"]


def test_a_mandate_that_ends_takes_the_cases_away(world: SimpleNamespace) -> None:
    _case(world, served=True)
    world.mandate.ends_on = world.mandate.starts_on
    world.mandate.save()
    assert not cases_for(world.minjun).exists()


def test_administrators_see_no_cases_and_auditors_all(world: SimpleNamespace) -> None:
    _case(world, served=False)
    assert not cases_for(world.taeho).exists()
    assert cases_for(world.yuna).count() == 1

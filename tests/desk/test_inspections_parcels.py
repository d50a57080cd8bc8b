"""Parcels and the case of their sender: equal numbers join without a person, names are suggested with their reason."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mapae.desk.cases.actions import run
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.findings.accept import accept, open_cases
from mapae.desk.findings.decide import reject, undo
from mapae.desk.findings.intake import import_run
from mapae.desk.findings.models import Finding
from mapae.model.finding import Reason
from tests.desk.findings_files import finding, listing, write_run


def parcel(number: int = 1, **changes: Any) -> Any:
    fields = {
        "check": "consignments.brands",
        "measure": "consignments",
        "subject_kind": "consignment",
        "subject_id": f"P-{number}",
        "reference_id": "brand:Nike",
        "provision": "CUS 235",
        "operator": None,
        "seller_id": "S-77",
        "subject_title": "NlKE 운동화 미러급",
        "subject_url": None,
        "reasons": (Reason("description", 0, 4, "NlKE", "Nike", "the brand's name", 0.9),),
    }
    return finding(**{**fields, **changes})


def record(number: int = 1, **changes: Any) -> dict[str, Any]:
    fields = {"consignment_id": f"P-{number}", "description": "NlKE 운동화 미러급", "seller_id": "S-77"}
    return {**fields, **changes}


def arrive(folder: Path, findings: list[Any], records: list[dict[str, Any]]) -> list[Finding]:
    import_run(write_run(folder, findings, records, kind="consignment"))
    return list(Finding.objects.filter(subject_kind="consignment").order_by("subject_id"))


@pytest.fixture
def case(world: SimpleNamespace, tmp_path: Path) -> Case:
    """A case of Sora's about a listing of seller S-77."""
    import_run(write_run(tmp_path / "listings", [finding(1)], [listing(1)]))
    (made,) = accept(world.sora, [Finding.objects.get(subject_id="L-1")])
    return made


def test_a_parcel_with_the_number_of_a_cases_seller_joins_it_by_itself(world, case, tmp_path):
    (found,) = arrive(tmp_path / "p", [parcel()], [record()])
    item = CaseItem.objects.get(case=case, kind="parcel")
    assert (item.subject_id, item.finding_id, item.seller_id) == ("P-1", found.pk, world.seller.pk)
    assert found.state == "new"
    event = case.events.get(item=item)
    assert event.kind == "joined" and event.actor is None


def test_a_parcel_that_came_first_joins_when_the_listing_is_accepted(world, tmp_path):
    arrive(tmp_path / "p", [parcel()], [record()])
    import_run(write_run(tmp_path / "l", [finding(1)], [listing(1)]))
    (made,) = accept(world.sora, [Finding.objects.get(subject_id="L-1")])
    assert made.items.filter(kind="parcel", subject_id="P-1").count() == 1


def test_importing_again_joins_nothing_twice(case, tmp_path):
    arrive(tmp_path / "p", [parcel()], [record()])
    arrive(tmp_path / "q", [parcel(), parcel(2)], [record(), record(2)])
    assert list(case.items.filter(kind="parcel").values_list("subject_id", flat=True)) == ["P-1", "P-2"]


def test_a_number_under_another_name_or_a_name_alone_is_only_suggested(world, case, tmp_path):
    other = arrive(
        tmp_path / "p",
        [parcel(), parcel(2, seller_id="X-1")],
        [record(seller="Other Trade"), record(2, seller_id="X-1", seller="반짝상회(예시)")],
    )
    assert not case.items.filter(kind="parcel").exists()
    by_number, by_name = (open_cases(world.sora, each)[0] for each in other)
    assert "발송인 번호" in by_number.because and "발송인 이름" in by_name.because
    assert accept(world.sora, [other[1]], case=case) == [case]
    other[1].refresh_from_db()
    assert other[1].state == "accepted" and other[1].operator_id == case.operator_id


def test_two_cases_of_a_seller_leave_the_choice_to_a_person(world, case, tmp_path):
    import_run(write_run(tmp_path / "l", [finding(2, measure="counterfeits")], [listing(2)]))
    accept(world.sora, [Finding.objects.get(subject_id="L-2")])
    (found,) = arrive(tmp_path / "p", [parcel()], [record()])
    assert not CaseItem.objects.filter(kind="parcel").exists()
    assert len([each for each in open_cases(world.sora, found) if each.because]) >= 1


def test_a_closed_or_strangers_case_takes_no_parcel(world, case, tmp_path):
    run("close", world.sora, case, outcome="lawful", text="예시")
    (found,) = arrive(tmp_path / "p", [parcel()], [record()])
    assert not CaseItem.objects.filter(kind="parcel").exists() and open_cases(world.sora, found) == []


def test_rejecting_the_finding_takes_the_parcel_out_and_undoing_an_acceptance_too(world, case, tmp_path):
    first, second = arrive(tmp_path / "p", [parcel(), parcel(2)], [record(), record(2)])
    reject(world.sora, [first], "lawful")
    assert case.items.get(subject_id="P-1").state == "withdrawn"
    accept(world.sora, [second], case=case)
    undo(world.sora, second.decisions.get())
    second.refresh_from_db()
    assert second.state == "new" and case.events.filter(kind="left").count() == 2

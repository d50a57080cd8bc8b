"""Deciding on findings: accepted into cases, rejected with a reason, merged, and undone; all that follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from mapae.desk import clock
from mapae.desk.audit.models import AuditEntry
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.models import Document
from mapae.desk.findings.accept import accept, name_operator, open_cases
from mapae.desk.findings.decide import merge, reject, undo
from mapae.desk.findings.intake import import_run
from mapae.desk.findings.models import Decision, Finding
from mapae.desk.findings.precision import precision_of_checks
from mapae.desk.findings.wrong import recount
from tests.desk.findings_files import finding, listing, write_run

_CHECK = "hazardous_goods.recalls"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


def _have(folder: Path, count: int = 1, **changes: object) -> list[Finding]:
    rows = [finding(number, **changes) for number in range(1, count + 1)]
    import_run(write_run(folder, rows, [listing(number) for number in range(1, count + 1)]))
    return list(Finding.objects.order_by("pk"))


def _prove(world: SimpleNamespace, folder: Path, count: int = 50) -> None:
    """Decisions that give the check the right to bulk."""
    rows = _have(folder, count)
    now = clock.now()
    Decision.objects.bulk_create(
        Decision(finding=row, verdict="accepted", by=world.sora, at=now) for row in rows
    )
    Finding.objects.update(state="accepted")


def test_accepting_opens_a_case_with_the_listing_and_its_record(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    (row,) = _have(tmp_path / "a")
    (case,) = accept(world.sora, [row])
    assert (case.operator, case.matter, case.lead) == (world.lumibay, "hazardous_goods", world.motir)
    item = case.items.get(kind="listing")
    assert (item.subject_id, item.platform, item.state, item.rung) == ("L-1", "Lumibay", "found", "seen")
    assert item.snapshot["description"].startswith("말랑한")
    assert item.seller == world.seller
    row.refresh_from_db()
    assert (row.state, row.case) == ("accepted", case)
    assert AuditEntry.objects.filter(kind="accept_finding", subject=f"finding:{row.pk}").exists()


def test_the_notice_that_a_listing_fits_becomes_part_of_the_case(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    rows = _have(tmp_path / "a", 2)
    for row in rows:
        accept(world.sora, [row])
    case = Case.objects.get()
    assert [item.subject_id for item in case.items.filter(kind="recall")] == ["cpsc:26063"]
    assert case.items.filter(kind="listing").count() == 2


def test_a_second_finding_joins_the_open_case_unless_a_new_one_is_asked_for(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    one, two, three = _have(tmp_path / "a", 3)
    (first,) = accept(world.sora, [one])
    assert open_cases(world.sora, two) == [first]
    assert accept(world.sora, [two]) == [first]
    (other,) = accept(world.sora, [three], new=True, title="다른 사건 (예시)")
    assert other != first
    assert other.title == "다른 사건 (예시)"


def test_each_recall_is_a_matter_of_its_own_and_what_names_none_never_joins_its_case(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    changes = (
        {},
        {"reference_id": "cpsc:26481"},
        {"reference_id": "kc:children", "check": "hazardous_goods.kc"},
    )
    rows = [finding(number, **change) for number, change in enumerate(changes, 1)]
    import_run(write_run(tmp_path / "a", rows, [listing(number) for number in (1, 2, 3)]))
    one, two, three = Finding.objects.order_by("pk")
    cases = [*accept(world.sora, [one]), *accept(world.sora, [two]), *accept(world.sora, [three])]
    assert len(set(cases)) == 3
    import_run(write_run(tmp_path / "b", [finding(4)], [listing(4)]))
    four = Finding.objects.latest("pk")
    assert [(case, getattr(case, "sure", True)) for case in open_cases(world.sora, four)] == [
        (cases[0], True), (cases[2], False), (cases[1], False),
    ]  # fmt: skip
    assert accept(world.sora, [four]) == [cases[0]]


def test_a_case_that_is_closed_held_or_of_another_body_is_not_proposed(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    one, two = _have(tmp_path / "a", 2)
    (case,) = accept(world.sora, [one])
    assert open_cases(world.dojin, two) == []
    run("hold", world.sora, case, reason="확인 중")
    assert open_cases(world.sora, two) == []


def test_a_case_of_another_operator_takes_no_finding(world: SimpleNamespace, tmp_path: Path) -> None:
    (row,) = _have(tmp_path / "a")
    other = run("open", world.sora, operator=world.dalmart, matter="hazardous_goods", title="예시")
    with pytest.raises(Refused, match="another operator"):
        accept(world.sora, [row], case=other)
    row.refresh_from_db()
    assert row.state == "new"
    assert not Decision.objects.exists()


def test_a_finding_of_nobodys_platform_waits_until_somebody_names_the_operator(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    one, two = _have(tmp_path / "a", 2, operator="Nowhere Mall")
    with pytest.raises(Refused, match="whose platform"):
        accept(world.sora, [one])
    assert name_operator(world.sora, one, world.dalmart) == 2
    (case,) = accept(world.sora, [one])
    assert case.operator == world.dalmart
    assert Finding.objects.get(pk=two.pk).operator == world.dalmart
    import_run(write_run(tmp_path / "b", [finding(9, operator="nowhere  mall")]))
    assert Finding.objects.get(subject_id="L-9").operator == world.dalmart


def test_only_officers_decide(world: SimpleNamespace, tmp_path: Path) -> None:
    (row,) = _have(tmp_path / "a")
    for person in (world.minjun, world.yuna, world.taeho):
        with pytest.raises(Refused):
            accept(person, [row])
        with pytest.raises(Refused):
            reject(person, [row], "lawful")


def test_several_at_once_want_a_check_that_has_proved_itself(world: SimpleNamespace, tmp_path: Path) -> None:
    rows = _have(tmp_path / "a", 3)
    with pytest.raises(Refused, match="0 of 0 decisions"):
        accept(world.sora, rows)
    assert not Case.objects.exists()


def test_a_proved_check_is_accepted_in_bulk_into_one_case_and_that_proves_nothing_more(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    _prove(world, tmp_path / "a")
    import_run(write_run(tmp_path / "b", [finding(number) for number in range(100, 105)]))
    rows = list(Finding.objects.filter(state="new"))
    (case,) = accept(world.sora, rows)
    assert case.items.filter(kind="listing").count() == 5
    (record,) = [row for row in precision_of_checks() if row.check == _CHECK]
    assert (record.accepted, record.decided, record.right) == (50, 50, "bulk")


def test_a_notice_that_had_to_be_withdrawn_takes_the_right_to_bulk(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    _prove(world, tmp_path / "a", 49)
    import_run(write_run(tmp_path / "b", [finding(100)]))
    (case,) = accept(world.sora, list(Finding.objects.filter(state="new")))
    assert next(row for row in precision_of_checks() if row.check == _CHECK).right == "bulk"
    CaseItem.objects.filter(case=case, kind="listing").update(state="restored")
    recount(case)
    record = next(row for row in precision_of_checks() if row.check == _CHECK)
    assert (record.accepted, record.decided, record.right) == (49, 50, "reviewed")
    assert record.wrong == {"withdrawn": 1}


def test_a_case_closed_as_lawful_counts_against_the_check_and_its_findings_stay(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    (row,) = _have(tmp_path / "a")
    (case,) = accept(world.sora, [row])
    run("close", world.sora, case, outcome="lawful")
    record = next(row for row in precision_of_checks() if row.check == _CHECK)
    assert (record.accepted, record.decided, record.wrong) == (0, 1, {"withdrawn": 1})
    with pytest.raises(Refused, match="closed"):
        undo(world.sora, row.decisions.get())
    import_run(write_run(tmp_path / "b", [finding(1, check="hazardous_goods.substances")]))
    assert Finding.objects.get(check_key="hazardous_goods.substances").state == "settled"


def test_lawful_settles_the_same_evidence_wherever_it_stands(world: SimpleNamespace, tmp_path: Path) -> None:
    _have(tmp_path / "a")
    import_run(write_run(tmp_path / "b", [finding(1, check="hazardous_goods.substances"), finding(2)]))
    one, same, other = Finding.objects.order_by("pk")
    reject(world.sora, [one], "lawful")
    states = [Finding.objects.get(pk=row.pk).state for row in (one, same, other)]
    assert states == ["rejected", "settled", "new"]
    undo(world.sora, one.decisions.get())
    assert Finding.objects.filter(state="new").count() == 3
    assert one.decisions.get().undone_at is not None


def test_another_reason_settles_nothing(world: SimpleNamespace, tmp_path: Path) -> None:
    _have(tmp_path / "a")
    import_run(write_run(tmp_path / "b", [finding(1, check="hazardous_goods.substances")]))
    one, same = Finding.objects.order_by("pk")
    reject(world.sora, [one], "wrong_product")
    assert Finding.objects.get(pk=same.pk).state == "new"


def test_other_wants_a_note_and_no_reason_is_refused(world: SimpleNamespace, tmp_path: Path) -> None:
    (row,) = _have(tmp_path / "a")
    for reason, note in (("other", "  "), ("", ""), ("because", "")):
        with pytest.raises(Refused):
            reject(world.sora, [row], reason, note)
    reject(world.sora, [row], "other", "전시용 모형")
    assert row.decisions.get().note == "전시용 모형"


def test_what_is_decided_cannot_be_decided_again(world: SimpleNamespace, tmp_path: Path) -> None:
    (row,) = _have(tmp_path / "a")
    reject(world.sora, [row], "wrong_product")
    with pytest.raises(Refused, match="decided already"):
        accept(world.sora, [row])
    undo(world.sora, row.decisions.get())
    with pytest.raises(Refused, match="undone already"):
        undo(world.sora, row.decisions.get())


def test_an_acceptance_undone_takes_the_item_out_and_doing_it_again_brings_it_back(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    (row,) = _have(tmp_path / "a")
    (case,) = accept(world.sora, [row])
    undo(world.sora, row.decisions.get())
    item = case.items.get(kind="listing")
    assert (item.state, Finding.objects.get().state) == ("withdrawn", "new")
    assert case.items.get(kind="recall").state == "withdrawn"
    assert case.events.filter(kind="left", item=item).exists()
    assert accept(world.sora, [row]) == [case]
    item.refresh_from_db()
    assert (item.state, case.items.get(kind="recall").state) == ("found", "")
    record = next(row for row in precision_of_checks() if row.check == _CHECK)
    assert (record.accepted, record.decided) == (1, 1)


def test_an_acceptance_is_not_undone_once_a_document_names_the_item(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    (row,) = _have(tmp_path / "a")
    (case,) = accept(world.sora, [row])
    document = Document.objects.create(
        case=case, kind="guidance", body=world.motir, code="X1", addressee="Lumibay", drafter=world.sora,
        drafted_at=clock.now(),
    )  # fmt: skip
    document.items.add(case.items.get(kind="listing"))
    with pytest.raises(Refused, match="named in a document"):
        undo(world.sora, row.decisions.get())
    row.refresh_from_db()
    assert row.state == "accepted"


def test_merged_findings_follow_the_one_that_stands_for_them(world: SimpleNamespace, tmp_path: Path) -> None:
    _have(tmp_path / "a")
    import_run(write_run(tmp_path / "b", [finding(1, check="hazardous_goods.substances", seen="T-100")]))
    kept, other = Finding.objects.order_by("pk")
    merge(world.sora, kept, [other])
    other.refresh_from_db()
    assert (other.state, other.merged_into) == ("merged", kept)
    (case,) = accept(world.sora, [kept])
    other.refresh_from_db()
    assert other.case == case
    undo(world.sora, other.decisions.get())
    other.refresh_from_db()
    assert (other.state, other.merged_into, other.case) == ("new", None, None)


def test_findings_on_different_items_and_sellers_are_not_merged(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    _have(tmp_path / "a")
    import_run(write_run(tmp_path / "b", [finding(2, seller_id="S-78")]))
    one, two = Finding.objects.order_by("pk")
    with pytest.raises(Refused, match="same item or seller"):
        merge(world.sora, one, [two])
    with pytest.raises(Refused, match="into itself"):
        merge(world.sora, one, [one])

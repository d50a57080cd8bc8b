"""Importing runs: every finding once, in bounded batches, whatever happens in between."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models import Count

from mapae.desk import clock
from mapae.desk.findings import intake
from mapae.desk.findings.models import Decision, Finding, Run, SellerRank, Subject, Tally
from mapae.desk.findings.operators import match_waiting
from mapae.desk.findings.rows import evidence_key
from mapae.desk.findings.subjects import picture_addresses, record_of
from mapae.desk.findings.tallies import counts, put_together
from mapae.errors import InputError
from mapae.model.finding import Reason
from tests.desk.findings_files import finding, listing, write_run


def _many(folder: Path, count: int) -> Path:
    return write_run(folder, [finding(number) for number in range(count)], group=7)


def test_a_run_comes_in_once_however_often_it_is_imported(world: SimpleNamespace, tmp_path: Path) -> None:
    folder = _many(tmp_path / "out", 25)
    run = intake.import_run(folder, batch=10)
    again = intake.import_run(folder, batch=10)
    assert (run.pk, run.done, run.findings) == (again.pk, 25, 25)
    assert run.finished_at is not None
    assert Finding.objects.count() == 25


def test_two_runs_that_share_findings_give_each_one_once(world: SimpleNamespace, tmp_path: Path) -> None:
    intake.import_run(_many(tmp_path / "a", 12))
    intake.import_run(_many(tmp_path / "b", 20))
    assert Run.objects.count() == 2
    assert Finding.objects.count() == 20


@pytest.mark.parametrize("stop", [1, 2, 3, 4])
def test_an_import_that_was_cut_off_goes_on_where_it_stopped(
    world: SimpleNamespace, tmp_path: Path, stop: int
) -> None:
    class Cut(Exception):
        pass

    def progress(done: int, _: int) -> None:
        if done >= min(stop * 5, 18):
            raise Cut

    folder = _many(tmp_path / "out", 18)
    with pytest.raises(Cut):
        intake.import_run(folder, batch=5, progress=progress)
    assert Run.objects.get().done == Finding.objects.count() == min(stop * 5, 18)
    assert Run.objects.get().finished_at is None
    run = intake.import_run(folder, batch=4)
    assert Finding.objects.count() == run.done == 18


def test_a_finding_keeps_what_screening_said(world: SimpleNamespace, tmp_path: Path) -> None:
    intake.import_run(write_run(tmp_path / "out", [finding(3)]))
    found = Finding.objects.get()
    assert (found.check_key, found.severity, found.state) == ("hazardous_goods.recalls", 3, "new")
    assert found.operator == world.lumibay
    assert found.reasons[0]["seen"] == "BabySoft T-100"
    assert found.score == pytest.approx(0.9)
    assert (found.provision, found.provision_from.isoformat()) == ("PSF 10-2", "2026-06-03")


@pytest.mark.parametrize("platform", ["LUMIBAY", "Ｌｕｍｉｂａｙ", "루미베이", "lumi bay", "流觅湾"])
def test_the_operator_is_known_by_any_spelling_of_its_platform(
    world: SimpleNamespace, tmp_path: Path, platform: str
) -> None:
    intake.import_run(write_run(tmp_path / "out", [finding(operator=platform)]))
    assert Finding.objects.get().operator == world.lumibay


def test_a_platform_of_nobody_waits_until_an_operator_has_its_name(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    intake.import_run(write_run(tmp_path / "out", [finding(operator="Nowhere Mall")]))
    assert Finding.objects.get().operator is None
    world.dalmart.platforms = ["Dalmart", "nowhere mall"]
    world.dalmart.save()
    assert match_waiting() == 1
    assert Finding.objects.get().operator == world.dalmart


def test_text_that_no_database_keeps_is_cleaned_and_spans_stay_true(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    odd = finding(seen="Baby\0Soft", subject_id="L-\0 1", subject_title="Baby\0Soft 치발기")
    record = listing(listing_id="L-\0 1", title="Baby\0Soft 치발기")
    intake.import_run(write_run(tmp_path / "out", [odd], [record]))
    found = Finding.objects.get()
    assert found.reasons[0]["seen"] == "Baby\ufffdSoft"
    assert record_of(found)["title"][:9] == "Baby\ufffdSoft"


def test_records_of_found_subjects_are_kept_and_others_are_not(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    records = [listing(number) for number in range(10)]
    intake.import_run(write_run(tmp_path / "out", [finding(4)], records))
    assert Subject.objects.count() == 1
    assert record_of(Finding.objects.get())["description"].startswith("말랑한")


def test_a_finding_without_its_record_still_has_its_title(world: SimpleNamespace, tmp_path: Path) -> None:
    intake.import_run(write_run(tmp_path / "out", [finding(4)]))
    assert record_of(Finding.objects.get()) == {"title": "BabySoft T-100 치발기 4"}


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ('["https://a.example/1.png", "https://a.example/2.png"]', 2),
        ("https://a.example/1.png|https://a.example/2.png", 2),
        ("[broken", 1),
        ("", 0),
        (None, 0),
    ],
)
def test_picture_addresses_are_read_in_any_form(value: str | None, found: int) -> None:
    assert len(picture_addresses({"image_urls": value})) == found


def test_evidence_that_was_decided_lawful_comes_in_settled(world: SimpleNamespace, tmp_path: Path) -> None:
    intake.import_run(write_run(tmp_path / "a", [finding(1)]))
    first = Finding.objects.get()
    Decision.objects.create(finding=first, verdict="rejected", reason="lawful", by=world.sora, at=clock.now())
    moved = finding(1, reasons=(Reason("title", 4, 18, "BabySoft T-100", "T-100"),), check="other.check")
    intake.import_run(write_run(tmp_path / "b", [moved, finding(2)]))
    states = dict(Finding.objects.exclude(pk=first.pk).values_list("subject_id", "state"))
    assert states == {"L-1": "settled", "L-2": "new"}


def test_the_key_of_evidence_does_not_hang_on_place_or_order() -> None:
    one = {"field": "title", "seen": "a", "matched": "b", "start": 0}
    two = {"field": "text", "seen": "c", "matched": "d", "start": 9}
    key = evidence_key("listing", "Lumibay", "1", "cpsc:1", [one, two])
    assert key == evidence_key("listing", "Lumibay", "1", "cpsc:1", [two, {**one, "start": 5}])
    assert key != evidence_key("listing", "Lumibay", "1", "cpsc:1", [two])
    assert key != evidence_key("listing", "Dalmart", "1", "cpsc:1", [one, two])
    assert len(key) == 32


def test_counts_are_kept_by_the_database_through_every_change(world: SimpleNamespace, tmp_path: Path) -> None:
    rows = [finding(n, severity=("low", "high")[n % 2], shadow=n > 7) for n in range(10)]
    intake.import_run(write_run(tmp_path / "out", rows))
    Finding.objects.filter(subject_id="L-1").update(state="rejected")
    Finding.objects.filter(subject_id="L-2").delete()
    Finding.objects.filter(subject_id="L-3").update(operator=None)
    put_together(at_least=1)
    for by in ("state", "severity", "measure"):
        counted = Finding.objects.values_list(by).annotate(n=Count("id")).order_by()
        assert counts(by) == dict(counted)
    assert counts("severity", state="new", shadow=False) == {1: 3, 3: 3}
    assert counts("operator", state="new", shadow=False) == {0: 1, world.lumibay.pk: 5}


def test_differences_are_put_together_without_changing_a_count(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    intake.import_run(_many(tmp_path / "out", 10))
    for number in range(4):
        Finding.objects.filter(subject_id=f"L-{number}").update(state="rejected")
    before, rows = counts("state"), Tally.objects.count()
    put_together(at_least=1)
    assert counts("state") == before == {"new": 6, "rejected": 4}
    assert Tally.objects.count() == 2 <= rows
    assert connection.vendor == "sqlite" or rows > 2


def test_sellers_are_ranked_by_open_findings(world: SimpleNamespace, tmp_path: Path) -> None:
    rows = [finding(n, seller_id="S-1" if n < 5 else "S-2") for n in range(7)]
    intake.import_run(write_run(tmp_path / "out", rows))
    assert list(SellerRank.objects.values_list("seller_id", "n")) == [("S-1", 5), ("S-2", 2)]


def test_a_folder_without_findings_is_told_apart(db: None, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no finished screening run"):
        intake.import_run(tmp_path)
    folder = write_run(tmp_path / "out", [finding()])
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"a": [1]}), folder / "findings.parquet")
    with pytest.raises(InputError, match="no file of findings"):
        intake.import_run(folder)

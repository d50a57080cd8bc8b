"""The training desk's further rooms hold work on the day of the tour, made by the same acts as anybody's."""

from __future__ import annotations

from datetime import date

import pytest

from mapae.app.demo_data import write_sample
from mapae.desk.agreements.models import OperatorEvent
from mapae.desk.findings.models import Finding
from mapae.desk.markets.models import MarketFile
from mapae.desk.merchants.markers import markers
from mapae.desk.merchants.models import DisclosureReply, MerchantReport
from mapae.desk.rights.models import ClaimBatch, RightsHolder
from mapae.desk.training.rooms import Rooms
from mapae.desk.training.times import at, move_to
from mapae.desk.training.world import make_world


@pytest.fixture
def told(db, settings, tmp_path):
    """A world whose rooms were filled day by day until the tour's."""
    settings.TRAINING = True
    write_sample(tmp_path / "sample", counts={})
    make_world()
    rooms = Rooms(tmp_path)
    for day in (date(2026, 8, 26), date(2026, 9, 4), date(2026, 9, 21)):
        move_to(at(day, 18))
        rooms.evening()
    return rooms


def test_every_room_is_filled_once_and_only_with_what_has_happened(told):
    assert not told.plans
    assert {report.confidence for report in MerchantReport.objects.all()} == {
        "anonymous",
        "body",
        "disclosed",
    }
    assert MarketFile.objects.count() == 1
    assert set(OperatorEvent.objects.values_list("operator__key", flat=True)) == {"lumibay", "dalmart"}
    assert max(event.at for event in OperatorEvent.objects.all()) < "2026-09-22"
    before = MerchantReport.objects.count()
    told.evening()
    assert MerchantReport.objects.count() == before


def test_what_a_merchant_agreed_to_is_told_and_answered_and_the_drop_after_a_report_is_seen(told):
    assert DisclosureReply.objects.get().disclosure.report.matter == "ranking"
    report = MerchantReport.objects.get(matter="delisting")
    assert [found["look"] for found in markers(report)] == ["bad"]


def test_claims_of_a_holder_become_findings_and_faulty_lines_are_told(told):
    assert RightsHolder.objects.get().state == "admitted"
    batch = ClaimBatch.objects.get()
    assert (batch.rows, batch.claims.count(), [row["line"] for row in batch.rejects]) == (6, 4, [6, 7]), (
        batch.rejects
    )
    assert Finding.objects.filter(finding_id__in=batch.claims.values("finding_id")).count() == 4

"""The month of invented work: every step is taken by the desk's own actions, none is refused, cases stand in every state."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapae.desk.audit.models import AuditEntry
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.models import Document
from mapae.desk.training.load import TOUR_DAY
from mapae.desk.training.month import play_month
from mapae.desk.training.reading import story
from mapae.desk.training.world import make_world
from mapae.workflow.states import CASE_STATES


@pytest.mark.slow
def test_a_month_is_played_without_a_refusal(db, settings) -> None:  # type: ignore[no-untyped-def]
    settings.TRAINING, settings.MAIL = True, replace(settings.MAIL, arrives="accepted")
    make_world()
    assert play_month(TOUR_DAY) == []
    assert Case.objects.count() == len(story("month")["cases"]) >= 40
    assert set(Case.objects.values_list("state", flat=True)) == set(CASE_STATES)
    assert Case.objects.values("lead").distinct().count() == 5
    assert Case.objects.values("operator").distinct().count() == 4
    assert {"draft", "returned", "approved", "sent", "served"} <= set(
        Document.objects.values_list("state", flat=True)
    )
    assert {"contested", "restoring", "restored", "time_asked", "removed", "asked"} <= set(
        CaseItem.objects.values_list("state", flat=True)
    )
    days = set(Case.objects.values_list("opened_at__date", flat=True))
    assert len(days) >= 15
    assert AuditEntry.objects.count() >= 300
    assert not Document.objects.filter(content__specimen__isnull=True).exists()


def test_every_step_of_a_plot_is_one_that_can_be_played() -> None:
    from mapae.desk.training.play import Play

    month = story("month")
    for name, plot in month["plots"].items():
        for row in plot:
            assert hasattr(Play, f"_{row.split()[1]}"), f"{name}: {row}"
    assert {plot for _matter, _operator, plot, _day, _count in month["cases"]} <= set(month["plots"])

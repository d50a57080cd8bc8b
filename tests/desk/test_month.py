"""The month of invented work: every step is taken by the desk's own actions, none is refused, cases stand in every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mapae.desk.answers.models import Reply
from mapae.desk.audit.models import AuditEntry
from mapae.desk.cases.models import Case, CaseEvent, CaseItem
from mapae.desk.documents.models import Document
from mapae.desk.parties.duties import decide
from mapae.desk.parties.models import DutyDecision, Operator, OperatorFact, PublicationCheck, RegisterSnapshot
from mapae.desk.publication.cells import least
from mapae.desk.training.load import TOUR_DAY
from mapae.desk.training.month import play_month
from mapae.desk.training.reading import story
from mapae.desk.training.register import make_register
from mapae.desk.training.times import at, move_to
from mapae.desk.training.world import make_world
from mapae.desk.verification.figures import count
from mapae.workflow.states import CASE_STATES


@pytest.mark.slow
def test_a_month_is_played_without_a_refusal_and_gives_figures_of_both_sides(db, settings) -> None:  # type: ignore[no-untyped-def]
    settings.TRAINING, settings.MAIL = True, replace(settings.MAIL, arrives="accepted")
    make_world()
    assert play_month(TOUR_DAY) == []
    assert Case.objects.count() == len(story("month")["cases"]) >= 40
    assert set(Case.objects.values_list("state", flat=True)) == set(CASE_STATES)
    assert Case.objects.values("lead").distinct().count() == 5
    assert Case.objects.values("operator").distinct().count() == 5
    assert {"draft", "returned", "approved", "sent", "served"} <= set(
        Document.objects.values_list("state", flat=True)
    )
    assert {"contested", "restoring", "restored", "time_asked", "removed", "asked"} <= set(
        CaseItem.objects.values_list("state", flat=True)
    )
    assert Reply.objects.filter(kind="objection", decision__verdict="partly").exists()
    assert {"time_declined", "time_granted"} <= set(CaseEvent.objects.values_list("kind", flat=True))
    days = set(Case.objects.values_list("opened_at__date", flat=True))
    assert len(days) >= 15
    assert AuditEntry.objects.count() >= 300
    assert not Document.objects.filter(content__specimen__isnull=True).exists()
    counted = {(row["figure"], row["side"]): row for row in count(TOUR_DAY)[1] if not row["operator"]}
    for figure in ("removed_5", "declared_5", "declared_true", "relisted", "wrongful"):
        assert counted[figure, "domestic"]["n"] >= least() and counted[figure, "overseas"]["n"] >= least(), (
            figure
        )


def test_every_step_of_a_plot_is_one_that_can_be_played() -> None:
    from mapae.desk.training.play import Play

    month = story("month")
    for name, plot in month["plots"].items():
        for row in plot:
            assert hasattr(Play, f"_{row.split()[1]}"), f"{name}: {row}"
    assert {plot for _matter, _operator, plot, _day, _count in month["cases"]} <= set(month["plots"])


def test_the_register_tells_duties_by_facts_with_source_and_leaves_one_operator_unknown_on_purpose(
    db, settings
) -> None:  # type: ignore[no-untyped-def]
    settings.TRAINING = True
    move_to(at(date(2026, 8, 24), 8))
    make_world()
    make_register()
    make_register()  # once is enough
    told = {
        key: {each.regime: each.answer for each in DutyDecision.objects.filter(operator__key=key)}
        for key in ("lumibay", "dalmart", "pinecove", "tidewick")
    }
    assert (told["lumibay"]["PIPA"], told["dalmart"]["PIPA"], told["pinecove"]["PIPA"]) == (
        "yes",
        "no",
        "yes",
    )
    assert told["lumibay"]["ECA"] == "not_in_force"  # until 2027-01-21
    assert "unknown" in told["tidewick"].values() and "unknown" not in told["lumibay"].values()
    assert not OperatorFact.objects.filter(source="").exists()
    assert set(PublicationCheck.objects.values_list("operator__key", "complete")) >= {
        ("lumibay", True),
        ("dalmart", False),
    }
    assert RegisterSnapshot.objects.exists()
    decide(Operator.objects.get(key="lumibay"), date(2027, 1, 21))
    assert DutyDecision.objects.filter(operator__key="lumibay", regime="ECA", answer="yes").exists()

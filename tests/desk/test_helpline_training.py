"""The helpline's month of invented consumers: every step by the real verbs, none refused, complaints in many states."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from mapae.desk.helpline.models import AgentAnswer, Complaint
from mapae.desk.publication.cells import least
from mapae.desk.training import phone
from mapae.desk.training.consumers import Consumers
from mapae.desk.training.reading import story
from mapae.desk.training.times import at, move_to
from mapae.desk.training.world import make_world


def test_a_month_of_consumers_is_played_without_a_refusal(db: None, settings: Any) -> None:
    settings.TRAINING = True
    make_world()
    played = Consumers()
    for number in range(29):
        move_to(at(date(2026, 8, 24) + timedelta(days=number), 18, 30))
        played.evening()
    assert played.refused == []
    states = set(Complaint.objects.values_list("state", flat=True))
    assert {"received", "advised", "handed_over", "asked", "answered", "closed", "redress"} <= states
    assert Complaint.objects.count() >= 30 and AgentAnswer.objects.filter(verdict="declined").exists()
    at_home = Complaint.objects.filter(operator__overseas=False)
    august = at_home.filter(received_at__month=8).count()
    assert august >= least() and not at_home.filter(events__kind="complaint_handed_over").exists()
    assert at_home.filter(state="accepted").exists() or at_home.filter(outcome="settled").exists()
    assert {"ko", "en", "zh-hans"} == set(Complaint.objects.values_list("language", flat=True))
    assert phone.told() is None, "the first complaint over the web at the tour's shop is Jiwoo's own"


def test_every_way_is_made_of_steps_that_can_be_played() -> None:
    from mapae.desk.training.consumers import _STEPS

    assert {row.split()[1] for way in story("helpline")["ways"] for row in way} <= set(_STEPS)

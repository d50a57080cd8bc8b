"""Training mode: the tour walks to its end, persons and days change by a click, and none of it exists elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from mapae.desk import clock
from mapae.desk.audit.models import AuditEntry
from mapae.desk.cases.due import refresh_stale
from mapae.desk.cases.models import CaseItem
from mapae.desk.training.complaints import hand_over, withdrawal
from mapae.desk.training.faces import faces
from mapae.desk.training.pictures import picture
from mapae.desk.training.routes import ROUTES
from mapae.desk.training.times import LATEST, move_by, next_due
from mapae.desk.training.tour_acts import ACTS, DEADLINE
from mapae.desk.training.world import make_world, person
from tests.desk.people import make_world as make_other_world
from tests.desk.touring import begin, walk


@pytest.mark.slow
def test_one_button_walks_the_tour_from_a_finding_to_a_verified_outcome(settings, desk_server) -> None:  # type: ignore[no-untyped-def]
    case = begin(settings, desk_server.url)
    client = Client(headers={"accept-language": "en"})
    assert walk(client) == [act.key for act in ACTS]
    case.refresh_from_db()
    states = dict(case.items.filter(kind="listing", platform="Lumibay").values_list("subject_id", "state"))
    assert sorted(states.values()).count("removed") + sorted(states.values()).count("relisted") == 7
    assert states["LU4471200988"] == "removed", "missed at first"
    assert states["LU4471200913"] == "restored"
    assert case.state == "open", "what was sold again reopens the case"
    assert case.items.filter(subject_id="DA8830417756").exists()
    assert {"complaint_handed_over", "served", "report_received", "checked", "restored", "relisted"} <= set(
        case.events.values_list("kind", flat=True)
    )
    assert b"You have seen it all" in client.get("/tour").content
    assert case.items.filter(kind="listing", finding__reference_id="cpsc:26481").count() >= 7


@pytest.mark.slow
def test_the_target_skips_chuseok_and_law_counts_from_service(settings, desk_server) -> None:  # type: ignore[no-untyped-def]
    case = begin(settings, desk_server.url)
    client = Client(headers={"accept-language": "en"})
    client.post("/tour/do", {"step": "4"})
    refresh_stale()
    due = dict(case.dues.values_list("key", "due"))
    assert due["takedown_2"] == date(2026, 9, 28)
    assert due["takedown_5"] == date(2026, 10, 1)
    assert due["takedown_report"] == date(2026, 10, 2)
    assert client.post("/training/clock", {"to": "due"}).status_code == 302
    assert clock.today() == next_of(due.values())
    mail = client.get("/training/mail").content.decode()
    assert "serve@handeul.example" in mail
    assert ".pdf" in mail


def next_of(days) -> date:  # type: ignore[no-untyped-def]
    """The first of the days after the tour's first."""
    return min(day for day in days if day > date(2026, 9, 22))


def test_nothing_of_training_mode_exists_in_a_real_desk(db, settings) -> None:  # type: ignore[no-untyped-def]
    settings.TRAINING = False
    client = Client()
    for route in ROUTES:
        place = route.path.replace("<slug:name>", "a").replace("<int:number>", "0")
        place = place.replace("<slug:platform>", "lumibay").replace("<slug:listing_id>", "a")
        assert client.get(f"/{place}").status_code == 404, route.path
        assert client.post(f"/{place}").status_code == 404, route.path


def test_one_click_changes_the_person_and_is_written_down(db, settings) -> None:  # type: ignore[no-untyped-def]
    settings.TRAINING = True
    make_world()
    client = Client()
    for face in faces():
        answer = client.post("/training/become", {"person": face.key, "next": "/tour/jiwoo"})
        assert (answer.status_code, answer["Location"]) == (302, "/tour/jiwoo")
        assert client.session.get("_auth_user_id") == (str(person(face.key).pk) if face.email else None)
    written = AuditEntry.objects.filter(kind="became_in_training").count()
    assert written == len([face for face in faces() if face.email])
    assert client.post("/training/become", {"person": "nobody"}).status_code == 404
    away = client.post("/training/become", {"person": "sora", "next": "https://elsewhere.example/"})
    assert away["Location"] == "/tour"


def test_the_world_has_bodies_operators_agents_and_can_be_made_twice(db, settings) -> None:  # type: ignore[no-untyped-def]
    settings.TRAINING = True
    make_world()
    make_world()
    from mapae.desk.bodies.models import Body
    from mapae.desk.parties.models import Mandate, Operator

    assert (Body.objects.count(), Operator.objects.count(), Mandate.objects.count()) == (7, 6, 3)
    assert person("sora").check_password("training-only-2026")


def test_withdrawal_from_the_toy_ends_after_chuseok_with_its_working() -> None:
    found = withdrawal(date(2026, 9, 18))
    assert (found["end"], found["days"], found["provision"]) == (date(2026, 9, 28), 7, "ECA 17")
    assert [counted for _line, counted in found["working"]].count(True) >= 7


def test_a_complaint_handed_over_twice_runs_one_pair_of_clocks(db) -> None:  # type: ignore[no-untyped-def]
    from mapae.desk.cases.actions import run

    world = make_other_world(date(2026, 11, 25))
    case = run("open", world.sora, operator=world.lumibay, matter="hazardous_goods", title="x")
    for _again in range(2):
        hand_over(None, case, "C-1", title="치발기", platform="Lumibay")
    assert case.events.filter(kind="complaint_handed_over").count() == 1
    assert CaseItem.objects.filter(case=case, kind="complaint").count() == 1
    assert set(case.dues.values_list("key", flat=True)) == {"complaint_progress", "complaint_result"}
    assert next_due() is not None


def test_the_demo_clock_moves_but_not_out_of_sight(db, settings) -> None:  # type: ignore[no-untyped-def]
    settings.TRAINING = True
    before = clock.today()
    move_by(3)
    assert clock.today() == before + timedelta(days=3)
    move_by(99_999)
    assert clock.today() <= before + LATEST + timedelta(days=1)
    client = Client()
    for wrong in ("", "tomorrow", "2026-99-99", "--5", "1" * 30):
        assert client.post("/training/clock", {"to": wrong}).status_code == 302
    assert client.post("/training/clock", {"to": "2026-09-28"}).status_code == 302
    assert clock.today() == DEADLINE


def test_a_desk_without_a_copy_refuses_to_start_over(db, settings) -> None:  # type: ignore[no-untyped-def]
    settings.TRAINING = True
    answer = Client(headers={"accept-language": "en"}).post("/training/reset", follow=True)
    assert b"keeps no copy" in answer.content
    assert answer.status_code == 404, "a desk that was not loaded has no tour"


def test_the_same_goods_look_the_same_whole_or_cropped() -> None:
    assert picture("teether-1") == picture("teether-1")
    assert len({picture("teether-1"), picture("teether-2"), picture("teether-1-crop")}) == 3

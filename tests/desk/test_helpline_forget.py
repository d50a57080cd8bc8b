"""A complaint that ended three years ago loses the person; what figures count, and that it happened, stays."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from mapae.desk.audit.models import AuditEntry
from mapae.desk.cases import evidence
from mapae.desk.cases.actions import run as run_case
from mapae.desk.cases.models import Evidence
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.desk_search import newest
from mapae.desk.helpline.forget import forget_old, kept_months
from mapae.desk.helpline.intake import added
from mapae.desk.helpline.models import Complaint, ComplaintEvent
from tests.desk.helping import complaint, handed_over

THEN, BEFORE, AFTER = (
    datetime(2026, 11, 25, 3, tzinfo=UTC),
    datetime(2029, 11, 24, 3, tzinfo=UTC),
    datetime(2029, 11, 26, 3, tzinfo=UTC),
)
SECRETS = ("지우", "jiwoo@mail.example", "010-0000-0001", "LB-2026-000777", "더 적습니다")


@pytest.fixture
def ended(world: SimpleNamespace, tmp_path: Path, settings: SimpleNamespace) -> Complaint:
    """Handed over, answered, accepted, closed; with a file of its own and one that is evidence in a case too."""
    settings.EVIDENCE_ROOT = tmp_path
    with time_machine.travel(THEN, tick=False):
        made = handed_over(world)
        files = [evidence.keep(text, "text/plain", name="x.txt") for text in (b"own", b"shared")]
        added(made, "더 적습니다", files)
        case = run_case("open", world.sora, operator=world.lumibay, matter="hazardous_goods", title="t")
        item = run_case("join", world.sora, case, kind="listing", subject_id="L1", title="t")
        item.evidence.add(files[1])
        run("answer", world.minjun, made, offer="refund", text="지우 님께 환불합니다.")
        run("accept", "consumer", made)
        run("confirm_performed", "consumer", made)
    return made


def _at(moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        forget_old(moment)


def test_after_its_time_no_word_of_the_person_is_left_and_the_course_stays(ended: Complaint) -> None:
    _at(BEFORE)
    ended.refresh_from_db()
    assert ended.name == "지우" and kept_months() == 36
    course = list(ended.events.values_list("seq", "kind", "at"))
    _at(AFTER)
    ended.refresh_from_db()
    assert [ended.name, ended.email, ended.phone, ended.order_number, ended.text, ended.gist] == [""] * 6
    assert (ended.category, ended.operator.key, ended.state) != ("", "", "") and ended.forgotten_at == AFTER
    assert list(ended.events.values_list("seq", "kind", "at")) == course
    left = [each.told for each in ended.events.all()] + [row.shown for row in ended.shares.all()]
    left += [row.text + row.reply for row in ended.answers.all()] + [ended.words.folded, str(ended.triage)]
    assert not any(secret in words for secret in SECRETS for words in left)
    assert newest(Complaint.objects.all(), "치발기가 부러졌어요", 5) == []


def test_it_is_done_once_and_noted_without_words(ended: Complaint) -> None:
    _at(AFTER)
    _at(AFTER)
    (entry,) = AuditEntry.objects.filter(kind="complaint_forgotten")
    assert (entry.subject, entry.data) == (f"complaint:{ended.pk}", {"files": 2})


def test_files_go_too_unless_a_case_holds_them(
    ended: Complaint, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _at(AFTER)
    assert ended.files.count() == 0
    (left,) = Evidence.objects.filter(name="x.txt")
    assert evidence.read(left) == b"shared"
    assert [
        path.read_bytes() for path in evidence.place(left.sha256).parents[2].rglob("*") if path.is_file()
    ] == [b"shared"]


def test_what_belongs_to_a_live_case_or_is_not_closed_stays(ended: Complaint, world: SimpleNamespace) -> None:
    with time_machine.travel(THEN, tick=False):
        open_one = complaint(world)
        case = run_case("open", world.sora, operator=world.lumibay, matter="hazardous_goods", title="t")
    Complaint.objects.filter(pk=ended.pk).update(case=case)
    _at(AFTER)
    assert Complaint.objects.filter(forgotten_at__isnull=True, pk__in=(ended.pk, open_one.pk)).count() == 2


@pytest.mark.parametrize("change", [{"told": "other"}, {"told": "", "kind": "other"}, {"data": {"x": 1}}])
def test_an_event_can_be_emptied_of_words_and_changed_in_no_other_way(
    ended: Complaint, change: dict[str, object]
) -> None:
    event = ComplaintEvent.objects.filter(complaint=ended).exclude(told="").first()
    assert event is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        ComplaintEvent.objects.filter(pk=event.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM helpline_complaintevent WHERE id = %s", [event.pk])

"""Writing through the API: answers and decisions by the same actions as the pages, each done once."""

from __future__ import annotations

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection, connections
from django.db.models import Sum

from mapae.desk import clock
from mapae.desk.api.models import CallCount, KeptAnswer
from mapae.desk.audit.models import AuditEntry
from mapae.desk.documents.models import Document
from mapae.desk.findings.models import Decision, Finding
from tests.desk.answered import items, served
from tests.desk.calling import bearer, get, post, slug
from tests.desk.letters import NOON
from tests.desk.people import make_world


@pytest.fixture
def document(world: SimpleNamespace) -> Document:
    """A document that Lumibay was served."""
    return served(world)


@pytest.fixture
def finding(world: SimpleNamespace, document: Document) -> Finding:
    """A new finding of Lumibay, with the other one standing beside it on the same subject."""
    first = items(document)[0].finding
    assert first is not None
    first.state, first.operator, first.platform, first.seller_id = "new", world.lumibay, "Lumibay", "S-77"
    first.subject_title = "Mungmung teether ring"
    first.save()
    return first


def test_answers_are_taken_together_or_not_at_all(world: SimpleNamespace, document: Document) -> None:
    one, two = items(document)
    path, moment = f"/cases/{document.case.number}/answers", clock.now().isoformat()
    good = {"item": one.pk, "kind": "removed", "removed_at": moment}
    bad = {"item": two.pk, "kind": "contest"}
    refused = post(path, bearer(world.minjun, "answer"), {"answers": [good, bad]})
    assert slug(refused) == "wrong-answers"
    assert refused.json()["errors"][0].startswith(f"{two.pk}: ")
    unknown = post(path, bearer(world.minjun, "answer"), {"answers": [{**good, "item": 10**9}]})
    assert (slug(unknown), unknown.json()["errors"]) == ("unknown-items", [str(10**9)])
    assert slug(post(path, bearer(world.rival, "answer"), {"answers": [good]})) == "not-found"
    assert slug(post(path, bearer(world.mei, "answer"), {"answers": [good]})) == "not-allowed"
    assert not one.answers.exists()
    assert post(path, bearer(world.minjun, "answer"), {"answers": [good]}).json() == {"submitted": 1}
    assert one.answers.get().by == world.minjun


def test_the_audit_log_names_the_token_that_wrote_and_none_for_who_signed_in(
    world: SimpleNamespace, document: Document
) -> None:
    path = f"/cases/{document.case.number}/answers"
    answer = {"item": items(document)[0].pk, "kind": "removed", "removed_at": clock.now().isoformat()}
    post(path, bearer(world.minjun, "answer"), {"answers": [answer]})
    entry = AuditEntry.objects.filter(actor=f"user:{world.minjun.pk}").latest("seq")
    assert entry.data["token"] == world.minjun.tokens.get().pk
    assert not any("token" in each.data for each in AuditEntry.objects.filter(actor=f"user:{world.sora.pk}"))


def test_the_same_key_and_request_get_the_same_answer_and_are_done_once(
    world: SimpleNamespace, document: Document
) -> None:
    one, two = items(document)
    path, moment = f"/cases/{document.case.number}/answers", clock.now().isoformat()
    headers = bearer(world.minjun, "answer", **{"Idempotency-Key": "batch-1"})
    body = {"answers": [{"item": one.pk, "kind": "removed", "removed_at": moment}]}
    first, again = post(path, headers, body), post(path, headers, body)
    assert (first.content, again.content) == (b'{"submitted":1}', b'{"submitted":1}')
    assert ("Idempotent-Replayed" in first, again["Idempotent-Replayed"]) == (False, "true")
    assert one.answers.count() == 1
    other = {"answers": [{"item": two.pk, "kind": "removed", "removed_at": moment}]}
    assert slug(post(path, headers, other)) == "key-reused"
    assert not two.answers.exists()
    newer = bearer(world.minjun, "answer", **{"Idempotency-Key": "batch-1"})
    assert post(path, newer, body)["Idempotent-Replayed"] == "true"
    with time_machine.travel(clock.now() + timedelta(hours=25), tick=False):
        later = bearer(world.minjun, "answer", **{"Idempotency-Key": "batch-1"})
        assert post(path, later, other).json() == {"submitted": 1}


def test_a_request_that_failed_keeps_no_answer_and_can_be_mended_under_its_key(
    world: SimpleNamespace, document: Document
) -> None:
    one, _two = items(document)
    path = f"/cases/{document.case.number}/answers"
    headers = bearer(world.minjun, "answer", **{"Idempotency-Key": "k"})
    assert slug(post(path, headers, {"answers": [{"item": one.pk, "kind": "contest"}]})) == "wrong-answers"
    assert not KeptAnswer.objects.exists()
    good = {"answers": [{"item": one.pk, "kind": "removed", "removed_at": clock.now().isoformat()}]}
    assert post(path, headers, good).status_code == 200


def test_a_key_belongs_to_its_person(world: SimpleNamespace, finding: Finding) -> None:
    path, body = f"/findings/{finding.pk}/reject", {"reason": "duplicate"}
    for user in (world.sora, world.dojin):
        answer = post(path, bearer(user, "decide", **{"Idempotency-Key": "same"}), body)
        assert answer.status_code == (200 if user == world.sora else 409)
        assert "Idempotent-Replayed" not in answer


@pytest.mark.parametrize("key", ["x" * 256, "한글", "a\tb"])
def test_a_key_that_is_none_is_refused(world: SimpleNamespace, finding: Finding, key: str) -> None:
    headers = bearer(world.sora, "decide", **{"Idempotency-Key": key})
    assert slug(post(f"/findings/{finding.pk}/undo", headers)) == "invalid"


def test_findings_are_listed_and_shown_with_their_evidence(world: SimpleNamespace, finding: Finding) -> None:
    listed = get("/findings?operator=lumibay&measure=hazardous_goods", bearer(world.sora, "read")).json()
    assert [row["id"] for row in listed["rows"]] == [finding.pk]
    assert listed["total"] == 1
    assert get("/findings?severity=4", bearer(world.sora, "read")).json()["rows"] == []
    shown = get(f"/findings/{finding.pk}", bearer(world.sora, "read")).json()
    (reason,) = shown["reasons"]
    assert (reason["seen"], reason["start"], reason["end"]) == ("Mungmung ", 0, 9)
    assert slug(get("/findings", bearer(world.minjun, "read"))) == "not-allowed"
    assert slug(get("/findings/123456", bearer(world.sora, "read"))) == "not-found"


def test_pages_of_findings_go_on_behind_the_last(world: SimpleNamespace, finding: Finding) -> None:
    rows = Finding.objects.values().get(pk=finding.pk)
    for number in range(4):
        copy = {**rows, "id": None, "finding_id": f"c{number}", "score": 0.5 + number / 10}
        Finding.objects.create(**copy)
    headers, seen, after = bearer(world.sora, "read"), [], ""
    while after is not None:
        page = get(f"/findings?limit=2&after={after}", headers).json()
        seen += [row["score"] for row in page["rows"]]
        after = page["next"]
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 5


def test_an_officer_accepts_undoes_rejects_as_on_the_page(world: SimpleNamespace, finding: Finding) -> None:
    headers, path = bearer(world.sora, "decide", "read"), f"/findings/{finding.pk}"
    taken = post(f"{path}/accept", headers, {"case": "new", "title": "새 사건 (예시)"}).json()
    assert taken["state"] == "accepted"
    assert taken["case"] == get("/cases?q=예시", headers).json()["rows"][-1]["number"]
    again = post(f"{path}/accept", headers, {})
    assert (slug(again), "undo that first" in again.json()["detail"]) == ("refused", True)
    assert post(f"{path}/undo", headers).json() == {"id": finding.pk, "state": "new", "case": None}
    assert slug(post(f"{path}/reject", headers, {"reason": "nonsense"})) == "refused"
    assert slug(post(f"{path}/reject", headers, {"reason": "other"})) == "refused"
    said = {"reason": "other", "note": "사람이 쓴 메모"}
    assert post(f"{path}/reject", headers, said).json()["state"] == "rejected"
    kinds = set(AuditEntry.objects.values_list("kind", flat=True))
    assert {"accept_finding", "undo_finding", "reject_finding"} <= kinds
    officer, auditor = (
        get(path, bearer(who, "read")).json()["decisions"][0] for who in (world.sora, world.yuna)
    )
    assert (officer["note"], officer["by"]) == ("사람이 쓴 메모", "Sora")
    assert (auditor["note"], auditor["by"]) == ("", "")
    assert slug(post(f"{path}/undo", bearer(world.yuna, "decide"))) == "not-allowed"


def test_a_finding_goes_into_no_case_that_is_not_the_officers(
    world: SimpleNamespace, finding: Finding
) -> None:
    answer = post(
        f"/findings/{finding.pk}/accept", bearer(world.sora, "decide"), {"case": "2026-NOPE-000001"}
    )
    assert slug(answer) == "not-found"
    assert not Decision.objects.exists()


def test_findings_on_one_subject_are_merged(world: SimpleNamespace, finding: Finding) -> None:
    row = Finding.objects.values().get(pk=finding.pk)
    twin = Finding.objects.create(**{**row, "id": None, "finding_id": "twin"})
    headers = bearer(world.sora, "decide")
    assert slug(post(f"/findings/{finding.pk}/merge", headers, {"others": [10**9]})) == "not-found"
    assert slug(post(f"/findings/{finding.pk}/merge", headers, {"others": [finding.pk]})) == "refused"
    assert post(f"/findings/{finding.pk}/merge", headers, {"others": [twin.pk]}).json()["state"] == "new"
    twin.refresh_from_db()
    assert (twin.state, twin.merged_into) == ("merged", finding)


def test_auditors_read_no_field_that_names_a_person(world: SimpleNamespace, finding: Finding) -> None:
    from mapae.desk.findings.models import Subject

    record = {
        "title": "Mungmung teether ring",
        "seller_name": "반짝상회",
        "extra": '{"phone": "1"}',
        "price": 3.0,
    }
    Subject.objects.create(
        run=finding.run, kind="listing", platform="Lumibay", subject_id="L-1001", record=record
    )
    officer, auditor = (
        get(f"/findings/{finding.pk}", bearer(who, "read")).json()["record"]
        for who in (world.sora, world.yuna)
    )
    assert officer["seller_name"] == "반짝상회"
    assert set(auditor) == {"title", "price"}


def test_looks_and_relistings_are_read_by_authorities(world: SimpleNamespace, document: Document) -> None:
    from mapae.desk.cases.actions import run

    one, two = items(document)
    case = document.case
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        run("verify", world.sora, case, items=[one], verdict="still_up", detail="열림")
    two.relisted_from = one
    two.save()
    looks = get(f"/cases/{case.number}/checks", bearer(world.sora, "read")).json()["rows"]
    assert [(row["item"], row["subject_id"], row["verdict"]) for row in looks] == [
        (one.pk, "L-1001", "still_up")
    ]
    back = get("/relistings", bearer(world.yuna, "read")).json()["rows"]
    assert [(row["id"], row["relisted_from"]) for row in back] == [(two.pk, one.pk)]
    for path in (f"/cases/{case.number}/checks", "/relistings"):
        assert slug(get(path, bearer(world.minjun, "read"))) == "not-allowed"


@pytest.mark.slow
@pytest.mark.django_db(transaction=connection.vendor == "postgresql")
def test_one_request_that_is_sent_many_times_at_once_is_done_once() -> None:
    """At once on PostgreSQL; on SQLite in memory, which one connection alone can see, one after the other."""
    many = 6 if connection.vendor == "postgresql" else 1
    world = make_world(NOON.date())
    document = served(world)
    one = items(document)[0]
    headers = bearer(world.minjun, "answer", **{"Idempotency-Key": "at once"})
    body = {"answers": [{"item": one.pk, "kind": "removed", "removed_at": clock.now().isoformat()}]}
    start, answers = threading.Barrier(many), []

    def send() -> None:
        start.wait()
        answers.append(post(f"/cases/{document.case.number}/answers", headers, body))
        if many > 1:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(many if many > 1 else 0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while len(answers) < 6:
        send()
    assert [answer.content for answer in answers] == [b'{"submitted":1}'] * 6
    assert sum("Idempotent-Replayed" in answer for answer in answers) == 5
    assert one.answers.count() == 1
    assert CallCount.objects.aggregate(n=Sum("n"))["n"] == 6

"""The API: a token acts as its person and sees what the person's pages show; lists, errors, limits."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mapae.desk.accounts.models import ApiToken, User
from mapae.desk.api.limits import A_MINUTE, OPEN_A_MINUTE
from mapae.desk.api.models import CallCount
from mapae.desk.documents.models import Document
from mapae.desk.parties.duties import decide
from tests.desk.answered import contest, items, removed, served
from tests.desk.calling import bearer, get, post, slug
from tests.desk.letters import NOON, open_case


@pytest.fixture
def document(world: SimpleNamespace) -> Document:
    """A document that Lumibay was served."""
    return served(world)


def test_persons_see_the_cases_that_their_pages_show(world: SimpleNamespace, document: Document) -> None:
    number = document.case.number
    seen = {}
    for name in ("sora", "minjun", "mei", "rival", "ex", "yuna"):
        rows = get("/cases", bearer(getattr(world, name), "read")).json()["rows"]
        seen[name] = [row["number"] for row in rows]
    mine = {"sora": [number], "minjun": [number], "mei": [number], "yuna": [number]}
    assert seen == {**mine, "rival": [], "ex": []}


def test_officers_read_a_case_with_its_owner_and_auditors_without_names(
    world: SimpleNamespace, document: Document
) -> None:
    case = document.case
    case.owner = world.sora
    case.save()
    path = f"/cases/{case.number}"
    officer, auditor, firm = (
        get(path, bearer(who, "read")).json() for who in (world.sora, world.yuna, world.minjun)
    )
    assert (officer["owner"], auditor["owner"], firm["owner"]) == ("Sora", "", "")
    assert officer["joint"] == ["kftc", "motir"]
    told = {
        name: get(f"{path}/timeline", bearer(getattr(world, name), "read")).json()["rows"]
        for name in ("sora", "yuna", "minjun")
    }
    assert "Sora" in {row["who"] for row in told["sora"]}
    assert {row["who"] for row in told["yuna"]} == {""}
    assert [row["kind"] for row in told["minjun"]] == ["served"]


def test_the_story_pages_from_the_newest_to_the_first(world: SimpleNamespace, document: Document) -> None:
    headers, path = bearer(world.sora, "read"), f"/cases/{document.case.number}/timeline"
    whole = [row["seq"] for row in get(path, headers).json()["rows"]]
    seen, after = [], ""
    while after is not None:
        page = get(f"{path}?limit=2&after={after}", headers).json()
        seen += [row["seq"] for row in page["rows"]]
        after = page["next"]
    assert seen == whole == list(range(len(whole), 0, -1))


def test_clocks_come_with_their_working_and_law_apart_from_targets(
    world: SimpleNamespace, document: Document
) -> None:
    path = f"/cases/{document.case.number}/clocks"
    rows = get(path, bearer(world.minjun, "read")).json()["rows"]
    law = next(row for row in rows if row["statutory"])
    target = next(row for row in rows if not row["statutory"])
    assert law["provision"]
    assert not target["provision"]
    assert law["about"] == document.code
    assert law["working"][-1]["day"] == law["due"]
    assert len([step for step in law["working"] if step["counted"]]) == 10
    korean = get(path, {**bearer(world.minjun, "read"), "Accept-Language": "ko"}).json()["rows"]
    assert korean[0]["working"][0]["text"] != rows[0]["working"][0]["text"]


def test_verbs_say_why_they_are_closed(world: SimpleNamespace, document: Document) -> None:
    path = f"/cases/{document.case.number}/verbs"
    officer = {row["verb"]: row for row in get(path, bearer(world.sora, "read")).json()["rows"]}
    firm = {row["verb"]: row for row in get(path, bearer(world.mei, "read")).json()["rows"]}
    assert officer["note"]["allowed"]
    assert (firm["note"]["allowed"], bool(firm["note"]["why"])) == (False, True)


def test_an_item_shows_a_firm_its_own_answers_only(world: SimpleNamespace, document: Document) -> None:
    from mapae.desk.cases.actions import run
    from mapae.desk.parties.models import Mandate

    first, second = items(document)
    run("record_answer", world.minjun, document.case, answers=[removed(first, text="메모 (예시)")])
    contest(world, document.case, second)
    Mandate.objects.create(
        firm=world.rival_firm, operator=world.lumibay, regime="PIPA", starts_on=world.today
    )
    seen = {
        name: get(f"/items/{first.pk}", bearer(getattr(world, name), "read")).json()
        for name in ("sora", "mei", "rival", "yuna")
    }
    assert seen["yuna"]["answers"] == [{**seen["sora"]["answers"][0], "text": ""}]
    assert [len(seen[name]["answers"]) for name in ("sora", "mei", "rival")] == [1, 1, 0]
    assert seen["mei"]["documents"] == [document.code]
    assert seen["mei"]["case"] == document.case.number


def test_a_document_says_its_force_and_three_moments_of_service(
    world: SimpleNamespace, document: Document
) -> None:
    found = get(f"/documents/{document.code}", bearer(world.minjun, "read")).json()
    assert (found["force"], found["binding"]) == ("recommendation", False)
    assert found["items"] == [item.pk for item in items(document)]
    (service,) = found["services"]
    assert service["channel"] == "portal"
    assert service["served_at"]
    page = get(f"/documents/{document.code}/letter.html", bearer(world.minjun, "read"))
    assert "<script>alert" not in page.content.decode()
    assert "sandbox" in page["Content-Security-Policy"]
    file = get(f"/documents/{document.code}/letter.pdf", bearer(world.minjun, "read"))
    assert file.content.startswith(b"%PDF-")


def test_limbs_of_a_duty_are_for_authorities_and_a_firm_sees_its_own_mandates(
    world: SimpleNamespace, document: Document
) -> None:
    decide(world.lumibay, world.today)
    officer, firm = (
        get("/operators/lumibay/duties", bearer(who, "read")).json()["rows"]
        for who in (world.sora, world.minjun)
    )
    assert [row["answer"] for row in officer] == [row["answer"] for row in firm]
    assert any(row["limbs"] for row in officer)
    assert not any(row["limbs"] for row in firm)
    mandates = {
        name: get("/operators/lumibay/mandates", bearer(getattr(world, name), "read")).json()["rows"]
        for name in ("sora", "minjun")
    }
    assert {row["firm_en"] for row in mandates["sora"]} == {"Handeul Law", "Yetteo Law"}
    assert {row["firm_en"] for row in mandates["minjun"]} == {"Handeul Law"}
    assert [row["key"] for row in get("/operators", bearer(world.minjun, "read")).json()["rows"]] == [
        "lumibay"
    ]
    assert len(get("/operators?q=DAL", bearer(world.sora, "read")).json()["rows"]) == 1


def test_register_figures_and_letters_open_without_a_token(
    world: SimpleNamespace, document: Document
) -> None:
    decide(world.lumibay, world.today)
    rows = get("/register?q=handeul", {}).json()["rows"]
    assert {row["operator"] for row in rows} == {"lumibay"}
    assert {each["key"] for each in get("/figures", {}).json()["definitions"]} >= {"removed_2", "relisted"}
    assert get(f"/letters/{document.code}", {}).json()["sha256_json"] == document.digest
    assert slug(get("/letters/NOPE", {})) == "not-found"
    assert slug(get("/register?snapshot=nope", {})) == "not-found"
    assert get("/register", {})["Cache-Control"] == "public, max-age=60"


def test_a_token_that_opens_nothing_is_told_so_as_a_problem(
    world: SimpleNamespace, document: Document
) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, bearer(world.minjun, "read", days=-1)):
        answer = get("/cases", headers)
        assert (answer.status_code, slug(answer)) == (401, "no-token")
        assert "Bearer" in answer["WWW-Authenticate"]
    assert slug(get("/cases", bearer(world.minjun, "answer"))) == "not-allowed"


def test_a_token_opens_no_more_than_its_persons_role_does_now(
    world: SimpleNamespace, document: Document
) -> None:
    headers = bearer(world.minjun, "read", "answer", "decide", "audit")
    assert get("/me", headers).json()["scopes"] == ["read", "answer"]
    assert slug(get("/audit/heads", headers)) == "not-allowed"
    User.objects.filter(pk=world.minjun.pk).update(role="headquarters")
    assert get("/me", headers).json()["scopes"] == ["read"]
    assert slug(get("/cases", bearer(world.taeho, "read"))) == "not-allowed"
    User.objects.filter(pk=world.minjun.pk).update(is_active=False)
    assert slug(get("/me", headers)) == "no-token"


def test_pages_follow_one_another_and_no_cursor_serves_another_list(
    world: SimpleNamespace, document: Document
) -> None:
    headers, path = bearer(world.minjun, "read"), f"/cases/{document.case.number}/items?limit=1"
    first = get(path, headers).json()
    second = get(f"{path}&after={first['next']}", headers).json()
    assert [first["rows"][0]["id"], second["rows"][0]["id"]] == [item.pk for item in items(document)]
    assert second["next"] is None
    assert slug(get(f"/cases?after={first['next']}", headers)) == "bad-cursor"
    assert slug(get("/cases?after=7", headers)) == "bad-cursor"


def test_filters_narrow_the_list_of_cases(world: SimpleNamespace, document: Document) -> None:
    headers = bearer(world.sora, "read")
    number = document.case.number
    shown = {
        query: [row["number"] for row in get(f"/cases?{query}", headers).json()["rows"]]
        for query in (
            "operator=lumibay",
            "operator=dalmart",
            "queue=body",
            "queue=closed",
            "state=asked",
            "q=치발기",
        )
    }
    assert {query for query, rows in shown.items() if rows == [number]} == {
        "operator=lumibay", "queue=body", "state=asked", "q=치발기",
    }  # fmt: skip
    assert get("/cases?queue=mine", bearer(world.minjun, "read")).json()["rows"] == []
    assert slug(get("/cases?queue=nope", headers)) == "invalid"


def test_what_has_not_changed_is_not_sent_again(world: SimpleNamespace, document: Document) -> None:
    headers = bearer(world.minjun, "read")
    first = get(f"/cases/{document.case.number}/items", headers)
    again = get(f"/cases/{document.case.number}/items", {**headers, "If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert int(again["RateLimit-Remaining"]) == int(first["RateLimit-Remaining"]) - 1
    one = items(document)[0]
    one.state = "removed"
    one.save()
    changed = get(f"/cases/{document.case.number}/items", {**headers, "If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "private" in first["Cache-Control"]
    assert "Authorization" in first["Vary"]


def test_a_token_that_calls_too_often_waits_for_the_next_minute(world: SimpleNamespace) -> None:
    headers = bearer(world.minjun, "read")
    with time_machine.travel(NOON, tick=False):
        assert get("/me", headers)["RateLimit-Remaining"] == str(A_MINUTE - 1)
        row = CallCount.objects.get()
        assert row.who == f"token:{world.minjun.tokens.get().pk}"
        CallCount.objects.update(n=A_MINUTE - 1)
        assert get("/me", headers)["RateLimit-Remaining"] == "0"
        answer = get("/me", headers)
        assert (slug(answer), answer["Retry-After"], answer["RateLimit-Limit"]) == (
            "too-many",
            "60",
            str(A_MINUTE),
        )
    with time_machine.travel(NOON.replace(minute=7), tick=False):
        assert get("/me", headers).status_code == 200
    assert CallCount.objects.count() == 1


def test_calls_without_a_token_are_counted_by_where_they_come_from(db: None) -> None:
    with time_machine.travel(NOON, tick=False):
        get("/register", {})
        get("/cases", {"Authorization": "Bearer x"})
        (row,) = CallCount.objects.all()
        assert (row.n, "127.0.0.1" in row.who) == (2, False)
        CallCount.objects.update(n=OPEN_A_MINUTE)
        assert slug(get("/cases", {"Authorization": "Bearer y"})) == "too-many"
        elsewhere = Client(REMOTE_ADDR="203.0.113.9").get("/api/v1/register")
        assert elsewhere.status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "kind", "body", "found"),
    [
        ("GET", "/nothing-here", "application/json", "", "not-found"),
        ("GET", "/", "application/json", "", "not-found"),
        ("PUT", "/cases", "application/json", "{}", "wrong-method"),
        ("POST", "/cases/x/answers", "text/plain", "hello", "not-json"),
        ("POST", "/cases/x/answers", "application/json", "{", "bad-json"),
        ("POST", "/cases/x/answers", "application/json", '{"answers": []}', "invalid"),
        ("POST", "/cases/x/answers", "application/json", " " * 2_000_001, "too-large"),
        ("GET", "/items/0", "application/json", "", "invalid"),
        ("GET", "/items/99999999999999999999999", "application/json", "", "invalid"),
        ("GET", "/cases/%00", "application/json", "", "not-found"),
    ],
)
def test_every_error_is_a_problem(
    world: SimpleNamespace, method: str, path: str, kind: str, body: str, found: str
) -> None:
    answer = Client().generic(
        method, f"/api/v1{path}", body, content_type=kind, headers=bearer(world.minjun, "read", "answer")
    )
    assert slug(answer) == found
    assert set(answer.json()) == {"type", "status", "title", "detail", "errors"}
    assert answer.json()["status"] == answer.status_code
    assert (found == "wrong-method") == ("Allow" in answer)


def test_a_fault_of_ours_is_a_problem_too(
    world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    headers = bearer(world.yuna, "audit")

    def breaks() -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("mapae.desk.api.operations.audit.read_heads", breaks)
    answer = Client(raise_request_exception=False).get("/api/v1/audit/heads", headers=headers)
    assert (slug(answer), "secret" in answer.content.decode()) == ("broken", False)


def test_when_a_token_was_last_used_is_kept_to_the_minute(world: SimpleNamespace) -> None:
    headers = bearer(world.minjun, "read")
    for minute, kept in ((1, 1), (1, 1), (3, 3)):
        with time_machine.travel(NOON.replace(minute=minute), tick=False):
            get("/me", headers)
            assert ApiToken.objects.get().last_used_at == NOON.replace(minute=kept)


def test_auditors_read_the_heads_of_the_audit_log(world: SimpleNamespace, document: Document) -> None:
    from mapae.desk.audit.heads import stamp
    from mapae.desk.audit.models import AuditHead

    stamp()
    found = get("/audit/heads", bearer(world.yuna, "audit")).json()
    head = AuditHead.objects.get(pk=1)
    assert (found["seq"], found["chain"]) == (head.seq, head.chain)
    assert [(row["chain"], row["stamp"], row["stamped_at"]) for row in found["kept"]] == [
        (head.chain, "none", None)
    ]
    assert slug(post("/audit/heads", bearer(world.yuna, "audit"), {})) == "wrong-method"


@pytest.mark.parametrize("path", ["/cases", "/findings", "/relistings", "/operators"])
def test_a_long_list_asks_the_database_no_more_often_than_a_short_one(
    world: SimpleNamespace, document: Document, path: str
) -> None:
    headers = bearer(world.sora, "read")
    get(path, headers)
    with CaptureQueriesContext(connection) as short:
        get(path, headers)
    for _ in range(4):
        case = open_case(world)
        found = case.items.first().finding
        found.case, found.operator = case, world.lumibay
        found.save()
        second = case.items.last()
        second.relisted_from = case.items.first()
        second.save()
    with CaptureQueriesContext(connection) as long:
        rows = get(path, headers).json()["rows"]
    assert len(rows) > 1
    assert len(long) <= len(short) + 1  # the cases that findings went to are looked up at once

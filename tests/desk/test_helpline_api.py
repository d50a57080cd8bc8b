"""Complaints by the API: filed once, followed without personal data, read and answered within the shared fields."""

from __future__ import annotations

from base64 import b64encode
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from mapae.desk.documents.models import Outbox
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.models import Complaint
from mapae.desk.helpline.share import decide
from tests.desk.calling import bearer, get, post, slug
from tests.desk.helping import TEXT, complaint, handed_over

FILED = {"text": TEXT, "operator": "루미베이", "delivered_on": "2026-11-20", "name": "지우", "email": "jiwoo@mail.example",
         "order_number": "LB-1", "remedy": "refund", "amount": "12900", "currency": "KRW"}  # fmt: skip


def test_a_complaint_filed_twice_with_one_key_is_one_complaint(world: SimpleNamespace) -> None:
    head = bearer(world.dojin, "file", **{"Idempotency-Key": "abc"})
    first, again = post("/complaints", head, FILED), post("/complaints", head, FILED)
    assert first.status_code == again.status_code == 201 and first.json() == again.json()
    made = Complaint.objects.get()
    assert (made.channel, made.name, made.operator) == ("api", "지우", world.lumibay)
    assert made.link in first.json()["follow"]
    assert Outbox.objects.filter(key__startswith=f"helpline:{made.pk}:received").count() == 1


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"text": "짧"}, 422),
        ({"delivered_on": "2099-01-01"}, 422),
        ({"amount": "-1"}, 422),
        ({"remedy": "gold"}, 422),
        ({"email": "jiwoo at home"}, 422),
        ({"phone": "12"}, 422),
        ({"listing_url": "javascript:alert(1)"}, 422),
        ({"delivered_on": "2026-11-01", "purchased_on": "2026-11-02"}, 422),
        ({"e_mail": "jiwoo@mail.example"}, 422),
        ({"files": [{"name": "a.txt", "content": "%%%"}]}, 422),
        ({"files": [{"name": "a.jpg", "content": b64encode(b"<script>1</script>").decode()}]}, 422),
        ({"files": [{"name": "a.txt", "content": "YQ=="}] * 11}, 422),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_field(
    world: SimpleNamespace, changed: dict[str, Any], status: int
) -> None:
    answer = post("/complaints", bearer(world.dojin, "file"), {**FILED, **changed})
    assert answer.status_code == status and slug(answer) == "invalid"
    assert any(next(iter(changed)) in error for error in answer.json()["errors"])
    assert not Complaint.objects.exists()


def test_files_come_with_the_call_and_are_kept_as_those_of_the_form(world: SimpleNamespace) -> None:
    file = {"name": "C:\\me\\주문.txt", "content": b64encode("주문 화면".encode()).decode()}
    head = bearer(world.dojin, "file", **{"Idempotency-Key": "f"})
    for _time in range(2):
        assert post("/complaints", head, {**FILED, "files": [file]}).status_code == 201
    (row,) = Complaint.objects.get().files.all()
    assert (row.kept.name, row.by, row.shared) == ("주문.txt", "consumer", False)


def test_who_left_nothing_a_code_could_go_to_gets_a_number_that_opens_the_words(
    world: SimpleNamespace,
) -> None:
    told = post("/complaints", bearer(world.dojin, "file"), {**FILED, "email": ""}).json()
    place, browser = f"/help/f/{Complaint.objects.get().link}", Client()
    browser.post(f"{place}/code", {"code": told["pin"]})
    assert "LB-1" in browser.get(place).content.decode()
    assert post("/complaints", bearer(world.dojin, "file"), FILED).json()["pin"] == ""


def test_a_report_without_a_name_keeps_no_person(world: SimpleNamespace) -> None:
    post("/complaints", bearer(world.dojin, "file"), {**FILED, "anonymous": True})
    made = Complaint.objects.get()
    assert (made.name, made.email, made.order_number, made.anonymous) == ("", "", "", True)


def test_the_link_opens_the_status_and_nothing_personal(world: SimpleNamespace) -> None:
    made = handed_over(world)
    answer = get(f"/followed/{made.link}", {})
    assert answer.json()["state"] == "handed_over" and answer.json()["by_law"] is True
    assert not any(word in answer.content.decode() for word in ("지우", "jiwoo", "LB-2026", "치발기"))
    assert get("/followed/forged", {}).status_code == 404


def test_a_firm_reads_the_shared_fields_and_answers_in_their_bounds(world: SimpleNamespace) -> None:
    made = complaint(world)
    decide(made, agrees=True, fields=["facts"])
    run("hand_over", "consumer", made)
    head = bearer(world.minjun, "read", "answer")
    assert [row["number"] for row in get("/complaints", head).json()["rows"]] == [made.number]
    whole = get(f"/complaints/{made.number}", head)
    assert [row["field"] for row in whole.json()["shared"]] == ["number", "country", "facts"]
    assert whole.json()["category"] == ""
    assert not any(word in whole.content.decode() for word in ("지우", "LB-2026-000777", "jiwoo", made.relay))
    lacking = post(f"/complaints/{made.number}/answers", head, {"kind": "result", "text": "환불"})
    assert lacking.status_code == 422
    done = post(
        f"/complaints/{made.number}/answers", head, {"kind": "result", "text": "환불", "offer": "refund"}
    )
    assert done.json()["state"] == "answered" and done.json()["who"] == "consumer"
    twice = post(f"/complaints/{made.number}/answers", head, {"kind": "progress", "text": "경과"})
    assert slug(twice) == "refused"


def test_another_firm_finds_nothing(world: SimpleNamespace) -> None:
    made = handed_over(world)
    for stranger in (world.rival, world.ex):
        head = bearer(stranger, "read", "answer")
        assert get("/complaints", head).json()["rows"] == []
        assert get(f"/complaints/{made.number}", head).status_code == 404
        assert (
            post(f"/complaints/{made.number}/answers", head, {"kind": "progress", "text": "x"}).status_code
            == 404
        )


def test_an_auditor_reads_no_words(world: SimpleNamespace) -> None:
    made = handed_over(world)
    found = get(f"/complaints/{made.number}", bearer(world.yuna, "read")).json()
    assert found["shared"] == found["said"] == [] and found["state"] == "handed_over"

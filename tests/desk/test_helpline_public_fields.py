"""Whatever page, file or operation an agent asks for, it shows no word that the consumer did not agree to share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mapae.desk.accounts.tokens import make_token
from mapae.desk.api.v1 import api
from mapae.desk.cases import evidence
from mapae.desk.documents.models import Document
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.intake import receive
from mapae.desk.helpline.models import Complaint
from mapae.desk.helpline.share import ALWAYS, DEFAULT, FIELDS, decide, preview, shared_fields, take_back
from mapae.desk.routes import Route, routes
from tests.desk.answered import served

# one word for every field that an agent could be shown, found nowhere else
WORDS = {
    "order_number": "ORDERQX771",
    "facts": "FACTSQX772",
    "name": "NAMEQX773",
    "product": "PRODUCTQX774",
    "seller": "SELLERQX775",
    "listing_url": "urlqx776",
    "paid": "98,765",
    "purchased_on": "2026-10-03",
    "delivered_on": "2026-10-07",
    "files": "FILEQX777",
}
NEVER = ("mailqx778@mail.example", "010-7779-7779", "TEXTQX779")


@pytest.fixture(autouse=True)
def _at(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.EVIDENCE_ROOT = tmp_path
    cache.clear()
    with time_machine.travel(datetime(2026, 11, 25, 3, tzinfo=UTC), tick=False):
        yield


def told(world: SimpleNamespace) -> Complaint:
    kept = evidence.keep(b"seen", "text/plain", name=f"{WORDS['files']}.txt")
    return receive(
        "web", f"{NEVER[2]} 루미베이에서 산 신발이 망가졌습니다.", operator_told="루미베이",
        order_number=WORDS["order_number"], name=WORDS["name"], product=WORDS["product"], seller=WORDS["seller"],
        listing_url=f"https://lumibay.example/{WORDS['listing_url']}", amount="98765", currency="KRW",
        purchased_on=date(2026, 10, 3), delivered_on=date(2026, 10, 7), remedy="refund", email=NEVER[0], phone=NEVER[1],
        files=(kept,),
    )  # fmt: skip


def handed(world: SimpleNamespace, fields: tuple[str, ...]) -> Complaint:
    """With the agent, and in a case of which the agent has a letter."""
    made, letter = told(world), served(world)
    decide(made, agrees=True, fields=fields, facts=WORDS["facts"])
    made = run("hand_over", "consumer", made)
    return run("attach", world.dojin, made, case=letter.case)


def places(made: Complaint) -> Iterator[str]:
    """Every address of an agent and of anybody with an account, filled in with what belongs to the complaint."""
    kept, letter = made.files.get().file, Document.objects.latest("pk")
    parts = {
        "number": made.number, "pk": kept.pk, "verb": "tell_progress", "sha256": kept.sha256, "key": "lumibay",
        "code": letter.code, "digest": "0" * 16, "link": "0" * 32,
    }  # fmt: skip
    for route in routes():
        if not {"agent", "headquarters", "signed_in", "everyone"} & set(route.who) or route.name.startswith(
            "help"
        ):
            continue
        yield from filled(route, parts)


def filled(route: Route, parts: dict[str, Any]) -> Iterator[str]:
    """The route's address; one whose parts cannot be filled in is tried nowhere, so that must not be an agent's."""
    asked = [part.split(":") for part in route.path.replace(">", "<").split("<")[1::2]]
    numbered = {name: parts["pk"] for kind, name in asked if kind == "int"}
    if all(name in parts for _kind, name in asked):
        yield reverse(route.name, kwargs={name: parts[name] for _kind, name in asked} | numbered)
    else:
        assert "agent" not in route.who, f"{route.name} is never tried"


def operations() -> Iterator[str]:
    """Every address of the API that is read."""
    for path, item in api.get_openapi_schema()["paths"].items():
        if "get" in item:
            yield path


def seen(world: SimpleNamespace, made: Complaint) -> tuple[str, int]:
    """All that the agent and headquarters are answered, and how many answers showed the complaint's number."""
    text, shown = [], 0
    for person in (world.minjun, world.mei):
        client = Client()
        client.force_login(person)
        case = reverse("agent-case", args=(made.case.number,))
        more = [f"{place}?q={word}" for place in places(made) for word in (made.number, "치발기")]
        for place in (case, f"{case}/answers", f"{case}/answers.csv", *places(made), *more):
            answer = client.get(place)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            told_now = body.decode("utf-8", "replace") + str(answer.headers)
            shown += answer.status_code == 200 and made.number in told_now
            text.append(told_now)
    _row, key = make_token(world.minjun, "test", 30, ["read", "answer", "hooks"])
    bearer = Client(headers={"authorization": f"Bearer {key}"})
    for path in operations():
        place = (
            path.replace("{number}", made.number)
            .replace("{complaint}", made.number)
            .replace("{key}", "lumibay")
        )
        if "{" not in place:
            text.append(bearer.get(place).content.decode("utf-8", "replace"))
    return "\n".join(text), shown


@pytest.mark.slow
@pytest.mark.parametrize("fields", [(), ("order_number",), DEFAULT, tuple(set(FIELDS) - {"name", "files"})])
def test_no_page_file_or_operation_shows_an_agent_more_than_was_agreed(
    world: SimpleNamespace, fields: tuple[str, ...]
) -> None:
    made = handed(world, fields)
    text, shown = seen(world, made)
    assert shown >= 2, "the agent finds the complaint at all"
    leaked = [field for field, word in WORDS.items() if word in text and field not in (*fields, *ALWAYS)]
    assert leaked == [] and not any(word in text for word in NEVER)
    assert [field for field in fields if field in WORDS and WORDS[field] not in text] == []


@pytest.mark.slow
def test_after_the_consent_is_taken_back_the_agent_sees_nothing_of_it(world: SimpleNamespace) -> None:
    made = handed(world, FIELDS)
    take_back(made)
    text, _shown = seen(world, made)
    assert not any(word in text for word in (*WORDS.values(), *NEVER))


def test_another_firms_agent_sees_nothing_at_all(world: SimpleNamespace) -> None:
    made = handed(world, FIELDS)
    for person in (world.rival, world.ex):
        client = Client()
        client.force_login(person)
        for place in places(made):
            body = client.get(place)
            text = b"".join(body.streaming_content) if body.streaming else body.content
            told_of = made.number in text.decode("utf-8", "replace") and place != reverse(
                "api-docs"
            )  # an example there
            assert body.status_code != 200 or not told_of, place
            assert not any(word in text.decode("utf-8", "replace") for word in (*WORDS.values(), *NEVER)), (
                place
            )


def test_the_list_is_closed_what_is_not_named_in_it_is_never_shared(world: SimpleNamespace) -> None:
    made = told(world)
    decide(
        made, agrees=True, fields=(*FIELDS, "email", "phone", "text", "link", "gist"), facts=WORDS["facts"]
    )
    assert set(shared_fields(made)) <= set(FIELDS) == set(preview(made, "x")) | {"facts"}
    words = str(shared_fields(made))
    assert not any(word in words for word in (*NEVER, made.link))


def test_what_was_shared_stays_as_it_was_shown_when_the_complaint_changes(world: SimpleNamespace) -> None:
    made = handed(world, DEFAULT)
    made.order_number = "CHANGED"
    made.save(update_fields=["order_number"])
    assert shared_fields(made)["order_number"] == WORDS["order_number"]

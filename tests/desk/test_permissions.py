"""Every address of the desk × every person, from the table in permissions.yaml; and the headers of every answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mapae.desk.audit.models import AuditHead
from mapae.desk.cases.feed import new_token
from mapae.desk.routes import routes
from mapae.desk.verification.figures import current
from tests.desk.releasing import releases
from tests.desk.subjects import subjects, world_of

TABLE = yaml.safe_load(Path(__file__).with_name("permissions.yaml").read_text("utf-8"))
PEOPLE: list[str] = TABLE["people"].split()
ROWS: dict[str, dict[str, Any]] = TABLE["routes"]
_SAYS = {403: "-", 404: "0"}


class Desk:
    """The desk with its people signed in and its subjects."""

    def __init__(self, world: SimpleNamespace) -> None:
        own, other = subjects(world), subjects(world_of(world, "dalmart", "rival"))
        fixed = {
            "digest": current().digest,
            "figure": "removed_2",
            "calendar": new_token(world.sora),
            **releases(),
        }
        self.own, self.other = {**fixed, **own}, {**fixed, **other}
        self.clients = {name: self._client(world, name) for name in PEOPLE}

    def _client(self, world: SimpleNamespace, name: str) -> Client:
        client = Client(raise_request_exception=False)
        if person := {"elsewhere": world.minjun}.get(name) or getattr(world, name, None):
            client.force_login(person)
        return client

    def ask(self, name: str, person: str, method: str) -> tuple[HttpResponse, bool]:
        """The answer, and whether something was recorded meanwhile; nothing stays done."""
        row, known = ROWS[name], self.other if person == "elsewhere" else self.own
        at = {key: known.get(value, value) for key, value in row.get("at", {}).items()}
        if row.get("link") and person != "holder":
            at = dict.fromkeys(at, "forged")
        address, client = reverse(name, kwargs=at) + row.get("ask", ""), self.clients[person]
        cookies = client.cookies.copy()
        with transaction.atomic():
            before = AuditHead.objects.values_list("seq", flat=True).get(pk=1)
            answer = client.get(address) if method == "GET" else client.post(address)
            written = AuditHead.objects.values_list("seq", flat=True).get(pk=1) != before
            transaction.set_rollback(True)
        client.cookies = cookies
        return answer, written


@pytest.fixture
def desk(world: SimpleNamespace, tmp_path: Path, settings: Any) -> Desk:
    """Two operators' cases; evidence in a folder of its own."""
    settings.EVIDENCE_ROOT = tmp_path
    return Desk(world)


def word(answer: HttpResponse) -> str:
    """What an answer comes to: `o` opens, `-` not for this role, `0` does not exist for this person, `>` sign in."""
    if answer.status_code == 302 and answer["Location"].startswith(reverse("sign-in")):
        return ">"
    if answer.status_code >= 500:
        return "!"
    return _SAYS.get(answer.status_code, "o")


def asked() -> Iterator[tuple[str, str, str, str]]:
    """(route, person, method, expected) for every cell."""
    for name, row in ROWS.items():
        for person, expected in zip(PEOPLE, row["who"].split(), strict=True):
            yield name, person, row.get("method", "GET"), expected


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert {route.name for route in routes()} == set(ROWS)


@pytest.mark.slow
def test_every_address_opens_for_whom_the_table_says_and_who_is_kept_out_changes_nothing_by_any_method(
    desk: Desk,
) -> None:
    wrong, unsafe = [], []
    for name, person, proper, expected in asked():
        for method in ("GET", "POST") if expected != "o" else (proper,):
            answer, written = desk.ask(name, person, method)
            said = word(answer)
            kept_out = said not in "o!" or answer.status_code == 405
            if (method == proper and said != expected) or (expected != "o" and (written or not kept_out)):
                seen = f"{said} ({answer.status_code}{', recorded' * written})"
                wrong.append(f"{name} {person} {method}: {seen}, not {expected}")
            unsafe += [f"{name} {person} {method}: {fault}" for fault in faults_of_headers(answer)]
    assert not wrong, "\n".join(wrong)
    assert not unsafe, "\n".join(unsafe)


def faults_of_headers(answer: HttpResponse) -> Iterator[str]:
    """What an answer's headers let a page do that it must not."""
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield f"its policy is {policy!r}"
    if answer.headers.get("X-Frame-Options") != "DENY":
        yield "X-Frame-Options"
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        yield "X-Content-Type-Options"
    if expected_own(policy) and "frame-ancestors 'none'" not in policy:
        yield "may be framed"


@pytest.mark.slow
def test_an_empty_form_breaks_no_page(desk: Desk) -> None:
    broken = []
    for name, person, _method, expected in asked():
        if expected == "o":
            answer, _written = desk.ask(name, person, "POST")
            if answer.status_code >= 500:
                broken.append(f"{name} {person}")
    assert not broken


def expected_own(policy: str) -> bool:
    """Whether it is the policy of pages; files that people sent have a stricter one, a sandbox."""
    return "sandbox" not in policy

"""Requests that schemathesis makes up from the API's own description: none breaks the desk, all are as described."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mapae.desk.api.models import CallCount
from mapae.desk.api.v1 import api
from mapae.desk.wsgi import application
from tests.desk.calling import bearer
from tests.desk.merchants import told_to_lumibay
from tests.desk.subjects import subjects

pytestmark = pytest.mark.slow
SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema())
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
WALKS = settings(
    max_examples=20,
    stateful_step_count=6,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
WHO = {
    "answer": "minjun",
    "file": "dojin",
    "audit": "yuna",
    "hooks": "minjun",
    "decide": "sora",
    "read": "sora",
    "": "sora",
}


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Requests run inside the test's own transaction, so that the end of one must not close its connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def known(world: SimpleNamespace, tmp_path: Any, settings: Any) -> dict[str, Any]:
    """What stands for the parts of an address: things that are there."""
    settings.EVIDENCE_ROOT = tmp_path
    own = subjects(world)
    return {
        "number": own["case"], "code": own["document"], "item": own["item"], "key": own["operator"],
        "finding": own["finding"], "hook": own["hook"], "complaint": own["complaint"], "link": own["complaint_link"],
    }  # fmt: skip


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.label)
def test_no_request_breaks_an_operation(
    operation: schemathesis.APIOperation, world: SimpleNamespace, known: dict[str, Any]
) -> None:
    scope, roles = operation.definition.raw["x-scope"], operation.definition.raw["x-roles"]
    person = getattr(world, WHO[scope])
    headers = bearer(world.minjun if roles and person.role not in roles else person, scope) if scope else {}
    if "merchant-reports" in operation.path:
        known["told"] = told_to_lumibay(world).code
    seen: set[int] = set()

    @given(case=operation.as_strategy(), real=st.booleans())
    @settings(
        max_examples=40, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), derandomize=True,
    )  # fmt: skip
    def ask(case: schemathesis.Case, real: bool) -> None:
        if real and case.path_parameters:
            case.path_parameters = {name: known[name] for name in case.path_parameters}
        if real and isinstance(case.body, dict):
            for row in case.body.get("answers", ()):
                row["item"] = known["item"]
            if "others" in case.body:
                case.body["others"] = [known["finding"]]
        with transaction.atomic():
            answer = case.call(app=application, base_url="http://localhost", headers=headers)
            transaction.set_rollback(True)
        seen.add(answer.status_code)
        assert answer.status_code < 500, case.as_curl_command()
        described = operation.definition.raw["responses"]
        assert str(answer.status_code) in described, (answer.status_code, case.as_curl_command())
        if answer.status_code >= 400:
            assert answer.headers["content-type"][0].startswith("application/problem+json")
        else:
            case.validate_response(answer, checks=[schemathesis.checks.response_schema_conformance])

    ask()
    assert seen & {200, 201, 409, 422}, seen  # they reached the operation


def test_no_walk_along_the_links_of_answers_breaks_the_desk(
    world: SimpleNamespace, known: dict[str, Any]
) -> None:
    headers = bearer(world.sora, "read", "decide", "hooks")
    seen: set[tuple[str, int]] = set()

    class Walk(SCHEMA.as_state_machine()):  # type: ignore[misc]
        """Calls that go on from what came before, undone at the end."""

        def setup(self) -> None:
            self.undone = transaction.atomic()
            self.undone.__enter__()
            CallCount.objects.all().delete()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

        def before_call(self, case: schemathesis.Case) -> None:
            case.headers = {**(case.headers or {}), **headers}

        def get_call_kwargs(self, case: schemathesis.Case) -> dict[str, Any]:
            return {"app": application, "base_url": "http://localhost"}

        def validate_response(self, response: Any, case: schemathesis.Case, **_more: Any) -> None:
            seen.add((case.operation.definition.raw["operationId"], response.status_code))
            assert response.status_code < 500, case.as_curl_command()

    Walk.run(settings=WALKS)
    gone_on = {name for name, status in seen if status == 200}
    assert gone_on & {"case", "finding", "document", "item"}, seen

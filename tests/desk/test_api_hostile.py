"""Requests that schemathesis makes up from the API's own description: none breaks the desk."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mapae.desk.api.v1 import api
from mapae.desk.wsgi import application
from tests.desk.answered import items, served
from tests.desk.test_api import bearer

pytestmark = pytest.mark.slow
SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema())
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Requests run inside the test's own transaction, so that the end of one must not close its connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.label)
def test_no_request_breaks_an_operation(operation: schemathesis.APIOperation, world: SimpleNamespace) -> None:
    document = served(world)
    own = {"number": document.case.number, "code": document.code}
    seen: set[int] = set()
    headers, first = bearer(world.minjun, "read", "answer"), items(document)[0]

    @given(case=operation.as_strategy(), known=st.booleans())
    @settings(
        max_examples=60, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), derandomize=True,
    )  # fmt: skip
    def ask(case: schemathesis.Case, known: bool) -> None:
        cache.clear()
        if known and case.path_parameters:
            case.path_parameters = {name: own[name] for name in case.path_parameters}
        if known and isinstance(case.body, dict):
            for row in case.body.get("answers", ()):
                row["item"] = first.pk
        with transaction.atomic():
            answer = case.call(app=application, base_url="http://localhost", headers=headers)
            transaction.set_rollback(True)
        seen.add(answer.status_code)
        assert answer.status_code < 500, case.as_curl_command()

    ask()
    assert seen & {200, 422}, seen  # they reached the operation

"""Every operation of the API × every person, from the table in permissions.yaml."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.test import Client

from mapae.desk.accounts.tokens import scopes_for
from mapae.desk.api.v1 import api
from mapae.desk.audit.models import AuditHead
from tests.desk.calling import bearer
from tests.desk.subjects import subjects, world_of

TABLE = yaml.safe_load(Path(__file__).with_name("permissions.yaml").read_text("utf-8"))
PEOPLE: list[str] = TABLE["people"].split()
ROWS: dict[str, dict[str, Any]] = TABLE["api"]
_SAYS = {401: ">", 403: "-", 404: "0"}


def operations() -> Iterator[tuple[str, str, str]]:
    """(operation, method, path) of the description."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, found in methods.items():
            yield found["operationId"], method.upper(), path


def test_every_operation_has_a_row_and_every_row_an_operation() -> None:
    assert sorted(name for name, _method, _path in operations()) == sorted(ROWS)


def _filled(value: Any, known: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(each, known) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, known) for each in value]
    return known.get(value, value) if isinstance(value, str) else value


@pytest.mark.slow
def test_every_operation_opens_for_whom_the_table_says_and_changes_nothing_for_others(
    world: SimpleNamespace, tmp_path: Path, settings: Any
) -> None:
    settings.EVIDENCE_ROOT = tmp_path
    own, other = subjects(world), subjects(world_of(world, "dalmart", "rival"))
    tokens = {}
    for name in PEOPLE:
        person = {"elsewhere": world.minjun}.get(name) or getattr(world, name, None)
        tokens[name] = bearer(person, *scopes_for(person)) if person else {}
    wrong = []
    for name, method, path in operations():
        row = ROWS[name]
        for person, expected in zip(PEOPLE, row["who"].split(), strict=True):
            known = other if person == "elsewhere" else own
            address = path.format(**_filled(row.get("at", {}), known)) + row.get("ask", "")
            body = json.dumps(_filled(row["send"], known)) if "send" in row else ""
            with transaction.atomic():
                before = AuditHead.objects.values_list("seq", flat=True).get(pk=1)
                answer = Client(raise_request_exception=False).generic(
                    method, address, body, content_type="application/json", headers=tokens[person]
                )
                written = AuditHead.objects.values_list("seq", flat=True).get(pk=1) != before
                transaction.set_rollback(True)
            came = "!" if answer.status_code >= 500 else _SAYS.get(answer.status_code, "o")
            if came != expected or (expected != "o" and written):
                wrong.append(
                    f"{name} {person}: {came} ({answer.status_code}), not {expected}{' written' * written}"
                )
            if answer.status_code >= 400 and answer["Content-Type"] != "application/problem+json":
                wrong.append(f"{name} {person}: {answer['Content-Type']}")
            if (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) != ("nosniff", "DENY"):
                wrong.append(f"{name} {person}: headers")
    assert not wrong, "\n".join(wrong)

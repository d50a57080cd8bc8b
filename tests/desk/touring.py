"""What tests of training mode share: a desk with its world and the tour's case, and the acts of the tour in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from mapae.desk.cases.models import Case
from mapae.desk.training.load import TOUR_DAY
from mapae.desk.training.times import at, move_to
from mapae.desk.training.tour_case import make_tour_case
from mapae.desk.training.world import make_world


@pytest.fixture
def desk_server(live_server: Any) -> Iterator[Any]:
    """A server whose database is emptied after the test: SQLite's triggers, which forbid it, stand aside meanwhile."""
    yield live_server
    if connection.vendor != "sqlite":
        return  # TRUNCATE fires no trigger of a row
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        call_command("flush", verbosity=0, interactive=False)
        for _name, sql in triggers:
            cursor.execute(sql)


def begin(settings, address: str) -> Case:  # type: ignore[no-untyped-def]
    """Training mode at `address`, on the day the tour begins."""
    settings.TRAINING, settings.PUBLIC_URL = True, address
    settings.MAIL = replace(settings.MAIL, arrives="accepted")
    move_to(at(TOUR_DAY, 9, 30))
    make_world()
    return make_tour_case()


def next_act(client: Client) -> str:
    """The act that the page offers to do; empty at the end."""
    found = re.search(r'name="act" value="(\w+)"', client.get("/tour").content.decode())
    return found[1] if found else ""


def walk(client: Client, until: str = "") -> list[str]:
    """Press the page's one button until the tour ends, or until it offers `until`; the acts in order."""
    done: list[str] = []
    while (act := next_act(client)) not in ("", until):
        assert act not in done, f"{act} was done and is offered again"
        client.post("/tour/do", {"act": act})
        done.append(act)
    return done

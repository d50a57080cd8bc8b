"""Case numbers are given one at a time, whoever opens cases at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.conf import settings
from django.db import connections

from mapae.desk.cases.actions import run
from tests.desk.people import make_world

POSTGRESQL = "postgresql" in settings.DATABASES["default"]["ENGINE"]


@pytest.mark.django_db(transaction=POSTGRESQL)
def test_cases_opened_at_the_same_moment_get_different_numbers() -> None:
    world = make_world(date(2026, 11, 25))

    def open_one(number: int) -> str:
        try:
            made = run(
                "open", world.sora, operator=world.lumibay, matter="hazardous_goods", title=f"{number}"
            )
            return str(made.number)
        finally:
            if POSTGRESQL:
                connections.close_all()

    # SQLite lets one writer in at a time and its test database is not shared by threads: there they come one by one
    with ThreadPoolExecutor(6) as pool:
        spread = pool.map if POSTGRESQL else map
        numbers = sorted(spread(open_one, range(24)))
    assert [number[-6:] for number in numbers] == [f"{at:06d}" for at in range(1, 25)]

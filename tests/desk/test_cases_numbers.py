"""Case numbers are given one at a time, whoever opens cases at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections

from mapae.desk.cases.actions import run
from tests.desk.people import make_world


@pytest.mark.django_db(transaction=True)
def test_cases_opened_at_the_same_moment_get_different_numbers() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time; its test database is not shared by threads")
    world = make_world(date(2026, 11, 25))

    def open_one(number: int) -> str:
        try:
            made = run(
                "open", world.sora, operator=world.lumibay, matter="hazardous_goods", title=f"{number}"
            )
            return str(made.number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        numbers = sorted(pool.map(open_one, range(24)))
    assert [number[-6:] for number in numbers] == [f"{at:06d}" for at in range(1, 25)]

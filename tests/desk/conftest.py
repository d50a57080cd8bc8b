"""The people of permission tests, and an operator with its local agent; everything is invented."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
import time_machine

from tests.desk.migrated import TEMPLATE, fill_memory, make_template
from tests.desk.people import make_world
from tests.desk.touring import desk_server  # noqa: F401


@pytest.fixture(autouse=True)
def _own_audit_heads(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.AUDIT_HEADS_ROOT = tmp_path / "audit-heads"


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """No test sees the language that the last page of another was in."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _cheap_passwords(settings) -> None:  # type: ignore[no-untyped-def]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Every worker's database begins as a copy of the run's migrated one."""
    from django.db import connection
    from django.db.backends.signals import connection_created

    if connection.vendor == "postgresql":
        make_template(os.environ["DATABASE_URL"])
        connection.settings_dict["TEST"]["TEMPLATE"] = TEMPLATE
    else:
        connection_created.connect(fill_memory)


@pytest.fixture
def world(db: None) -> SimpleNamespace:
    """Bodies, operators, firms, mandates and persons (see tests/desk/people.py)."""
    return make_world(date(2026, 11, 25))


@pytest.fixture
def helpline_day(settings, tmp_path) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """Noon of 25 November 2026 in Korea, with evidence kept apart and no calls counted yet."""
    from django.core.cache import cache

    from tests.desk.consuming import NOW

    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    cache.clear()  # calls are counted by minute and hour
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def consumer(world: SimpleNamespace):  # type: ignore[no-untyped-def]
    """A consumer's browser, in English."""
    from django.test import Client

    found = Client()
    found.cookies["django_language"] = "en"
    return found


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything here is the desk's suite; on PostgreSQL only what touches a database is run a second time."""
    for item in items:
        if _of_the_desk(item):
            item.add_marker(pytest.mark.desk)
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        left = [item for item in items if _of_the_desk(item) and not _touches_database(item)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in set(left)]


def _of_the_desk(item: pytest.Item) -> bool:
    return "tests/desk/" in str(item.path)


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("own_database")
    return marked is not None or not fixtures.isdisjoint(("db", "transactional_db"))

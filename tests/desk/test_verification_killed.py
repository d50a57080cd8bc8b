"""A worker killed (-9) again and again while it looks: every item is looked at, and none is recorded twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.desk.looking import shop

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("MAPAE_KILL_ROUNDS", "20"))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_looks_loses_no_item_and_records_none_twice(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    env = {
        **os.environ, "MAPAE_HOME": str(home), "DATABASE_URL": _database(tmp_path),
        "DJANGO_SETTINGS_MODULE": "mapae.desk.settings", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    with shop({}) as address:
        words = [sys.executable, "-m", "tests.desk.looks_killer", str(ROUNDS), "7", address]
        done = subprocess.run(
            words, env=env, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False
        )
    assert done.returncode == 0, done.stderr[-3000:]
    left = json.loads(done.stdout.splitlines()[-1])
    assert left["killed"] >= ROUNDS // 2
    assert left["states"] == {"removed": left["items"]}
    assert left["checks"] == left["checked"] == left["items"]
    assert left["kept"] >= left["items"]
    assert (left["all_removed"], left["open"]) == (1, 0)


def _database(folder: Path) -> str:
    """A database of the kind the tests run on, that other processes can open."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder / 'desk.sqlite3'}"
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS killed_looks")
        cursor.execute("CREATE DATABASE killed_looks")
    return os.environ["DATABASE_URL"].rpartition("/")[0] + "/killed_looks"

"""A worker killed (-9) again and again while it sends: nothing is lost, and nothing is sent twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from tests.desk.mailserver import kept, mail_server

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("MAPAE_KILL_ROUNDS", "20"))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_every_round_loses_nothing_and_sends_nothing_twice(tmp_path: Path) -> None:
    box, home = tmp_path / "box", tmp_path / "home"
    box.mkdir()
    home.mkdir()
    with mail_server(box, wait=0.01) as port:
        env = {
            **os.environ, "MAPAE_HOME": str(home), "DATABASE_URL": _database(tmp_path), "KEPT": str(box),
            "MAPAE_SMTP": f"smtp://127.0.0.1:{port}", "MAPAE_MAIL_ARRIVES": "accepted", "MAPAE_MAIL_FROM": "d@desk.example",
            "DJANGO_SETTINGS_MODULE": "mapae.desk.settings", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        words = [sys.executable, "-m", "tests.desk.outbox_killer", str(ROUNDS), "7"]
        done = subprocess.run(
            words, env=env, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False
        )
    assert done.returncode == 0, done.stderr[-3000:]
    result = json.loads(done.stdout.splitlines()[-1])
    sent = kept(box)
    assert result["killed"] >= ROUNDS // 2
    assert max(sent.values()) == 1  # nothing twice
    assert {key for key, state in result["rows"].items() if state == "handed_over"} <= set(sent)
    assert set(Counter(result["rows"].values())) == {"handed_over", "in_doubt"}  # some died while sending
    assert set(sent) == set(result["rows"])  # nothing lost, once what was in doubt has been looked at
    assert result["after"] == {"handed_over": len(result["rows"]), "served": 4}


def _database(folder: Path) -> str:
    """A database of the kind the tests run on, that other processes can open."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder / 'desk.sqlite3'}"
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS killed_outbox")
        cursor.execute("CREATE DATABASE killed_outbox")
    return os.environ["DATABASE_URL"].rpartition("/")[0] + "/killed_outbox"

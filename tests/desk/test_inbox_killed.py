"""An import that is killed again and again loses nothing and counts nothing twice; in a database of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.desk.findings_files import finding, listing, write_run

ROUNDS, ROWS, BATCH = 20, 1_500, 20
_ROOT = Path(__file__).parents[2]
_CHILD = """
import sys
from pathlib import Path
from mapae.cli.desk import setup
setup()
from mapae.desk.findings.intake import import_run
import_run(Path(sys.argv[1]), batch=int(sys.argv[2]), progress=lambda done, total: print(done, flush=True))
"""
_COUNT = """
from mapae.cli.desk import setup
setup()
from mapae.desk.findings.models import Finding, Run, Subject
from mapae.desk.findings.tallies import counts
run = Run.objects.get()
print(Finding.objects.count(), Subject.objects.count(), sum(counts("state").values()), run.done, run.finished_at is not None)
"""


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a desk in an empty database beside the one of the tests."""
    env = {
        **os.environ,
        "MAPAE_HOME": str(tmp_path / "home"),
        "DJANGO_SETTINGS_MODULE": "mapae.desk.settings",
    }
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        env.pop("DATABASE_URL", None)
        yield env
        return
    import psycopg

    name = f"killed_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield {**env, "DATABASE_URL": urlunsplit(urlsplit(server)._replace(path=f"/{name}"))}
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _python(env: dict[str, str], code: str, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *words]
    return subprocess.Popen(command, env=env, cwd=_ROOT, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_twenty_kills_lose_nothing_and_double_nothing(own_database: dict[str, str], tmp_path: Path) -> None:
    rows = [finding(number) for number in range(ROWS)]
    folder = write_run(tmp_path / "out", rows, [listing(number) for number in range(ROWS)], group=70)
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "-v0"], env=own_database, cwd=_ROOT, check=True
    )
    random, seen = Random(7), 0
    for _ in range(ROUNDS):
        child = _python(own_database, _CHILD, str(folder), str(BATCH))
        assert child.stdout is not None
        for _ in range(random.randint(1, 4)):
            seen = max(seen, int(child.stdout.readline() or seen))
        child.kill()
        child.wait()
    assert 0 < seen <= ROWS
    assert _python(own_database, _CHILD, str(folder), str(BATCH)).wait() == 0
    told, _none = _python(own_database, _COUNT).communicate()
    assert told.split() == [str(ROWS), str(ROWS), str(ROWS), str(ROWS), "True"]

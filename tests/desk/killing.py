"""For tests that kill (-9): a database and home of their own for a program, and the fork that is killed."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.desk.migrated import copy_file, create

__all__ = ["ROUNDS", "killed", "killed_desk", "run_killer"]

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("MAPAE_KILL_ROUNDS", "20"))
_PATIENCE = 20.0  # seconds for a child to say its next line


@contextmanager
def killed_desk(folder: Path, **more: str) -> Iterator[dict[str, str]]:
    """The environment (and `more`) of a desk in an empty desk's database of the kind the tests run on, removed afterwards."""
    (folder / "home").mkdir()
    env = {
        **os.environ,
        "MAPAE_HOME": str(folder / "home"),
        "DJANGO_SETTINGS_MODULE": "mapae.desk.settings",
        "PYTHONPATH": str(ROOT),
        **more,
    }
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield {**env, "DATABASE_URL": copy_file(folder / "desk.sqlite3")}
        return
    import psycopg

    name = f"killed_{os.getpid()}"
    yield {**env, "DATABASE_URL": create(server, name)}
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run_killer(program: str, env: dict[str, str], *words: object, patience: float = 500) -> dict[str, Any]:
    """Run tests.desk.PROGRAM to its end; the JSON of its last line."""
    command = [sys.executable, "-m", f"tests.desk.{program}", *map(str, words)]
    done = subprocess.run(
        command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=patience, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    left: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return left


def killed(work: Callable[[Callable[[], None]], None], ticks: int, seconds: float) -> bool:
    """Run `work` in a fork and kill it so many seconds after it called its argument `ticks` times.

    False where it came to its end before; AssertionError where it failed by itself.
    """
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work(lambda: os.write(writes, b".") and None)
            code = 0
        finally:
            os._exit(code)
    os.close(writes)
    for _ in range(ticks):
        if not select.select([reads], [], [], _PATIENCE)[0] or not os.read(reads, 1):
            break
    os.close(reads)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0, "the child failed by itself"
    return os.WIFSIGNALED(status)

"""The desk at size on PostgreSQL: users at work on pages of a running `mapae serve`, milliseconds by kind of page."""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from bench import Absent, Row
from bench._desk_cpu import database, tree

TITLE = "The desk at size"
INTRO = (
    "A desk on PostgreSQL (without fsync, 512 MB of shared buffers) with invented findings (`bench.desk_import`) and cases "
    "(the training month, copied and moved in time), behind `mapae serve --workers 2` on loopback; officers of five bodies "
    "who are signed in look at pages by the weights of `bench/_desk_load.py`, each after a pause of one second on average. "
    "The desk, the database and the users share this machine's cores. Milliseconds from request to the whole answer; CPU "
    "is that of the web processes and of the database, in milliseconds a page, which other work on the machine changes less. "
    "Sizes: `MAPAE_BENCH_FINDINGS`, `MAPAE_BENCH_CASES`, `MAPAE_BENCH_USERS`, `MAPAE_BENCH_SECONDS`."
)
_ROOT = Path(__file__).parents[1]
_FLAGS = "-c shared_buffers=512MB -c max_wal_size=4GB -c random_page_cost=1.1"
_GOAL = 0.3
_WARM = 15.0


def main() -> list[Row]:
    """In a process of its own under a database cluster of its own."""
    command = [str(_ROOT / "tools" / "postgres.sh"), sys.executable, "-m", "bench.desk"]
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "MAPAE_HOME": home, "PGFLAGS": _FLAGS}
        done = subprocess.run(command, cwd=_ROOT, env=env, text=True, stdout=subprocess.PIPE, check=False)
    if done.returncode == 77:
        raise Absent("PostgreSQL is not installed")
    if done.returncode:
        raise RuntimeError(f"the desk at size ended with {done.returncode}")
    return [Row(*row) for row in json.loads(done.stdout.splitlines()[-1])]


def size(name: str, usual: int) -> int:
    """A size from the environment."""
    return int(os.environ.get(f"MAPAE_BENCH_{name}") or usual)


def measure() -> list[Row]:
    """Make the world, serve it, look at it."""
    from bench._desk_world import build, plan
    from bench.desk_import import write_findings
    from mapae.cli.desk import manage

    manage("migrate", verbosity=0, interactive=False)
    with tempfile.TemporaryDirectory() as folder:
        build(
            size("FINDINGS", 1_000_000),
            size("CASES", 100_000),
            write_findings(Path(folder), size("FINDINGS", 1_000_000)),
        )
    users = plan(size("USERS", 20))
    with served() as (port, server):
        look(port, users, _WARM, 0.2)
        before = spent(server)
        seconds, pause = float(size("SECONDS", 120)), 1.0
        looks = look(port, users, seconds, pause)
        used = {name: after - before[name] for name, after in spent(server).items()}
    return rows(looks, used, seconds)


def spent(server: psutil.Process) -> dict[str, float]:
    """Seconds of CPU so far: web processes and their outbox worker, database."""
    return {"desk": tree(server), "database": database()}


def look(port: int, users: list[dict[str, Any]], seconds: float, pause: float) -> list[dict[str, Any]]:
    """What the users of a process beside saw."""
    command = [sys.executable, "-m", "bench._desk_load", str(port), str(seconds), str(pause)]
    done = subprocess.run(
        command, cwd=_ROOT, input=json.dumps(users), text=True, stdout=subprocess.PIPE, check=True
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def rows(looks: list[dict[str, Any]], used: dict[str, float], seconds: float) -> list[Row]:
    """A line a kind of page, and one of all."""
    from bench._desk_load import WEIGHTS

    by_page: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in looks:
        by_page[each["page"]].append(each)
    lines = [_line(page, by_page[page]) for page in WEIGHTS if by_page[page]]
    cpu = ", ".join(
        f"{name} {1000 * value / len(looks):.1f} ms of CPU a page" for name, value in used.items()
    )
    return [*lines, _line("all", looks, f"{len(looks) / seconds:.1f} pages a second; {cpu}")]


def _line(page: str, looks: list[dict[str, Any]], note: str = "") -> Row:
    taken = sorted(1000 * look["seconds"] for look in looks)
    cut = statistics.quantiles(taken, n=100, method="inclusive") if len(taken) > 1 else taken * 99
    wrong = sum(not look["ok"] for look in looks)
    figures = {
        "looks": len(looks),
        "p50 (ms)": cut[49],
        "p95 (ms)": cut[94],
        "p99 (ms)": cut[98],
        "errors": wrong,
    }
    return Row(page, figures, note)


@contextmanager
def served() -> Iterator[tuple[int, psutil.Process]]:
    """`mapae serve` in the present environment; its port and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = "from mapae.cli.main import main; main()"
    command = [sys.executable, "-c", start, "serve", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(command, stdout=sys.stderr)
    try:
        _wait(port)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("the desk did not start")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mapae.desk.settings")
    print(json.dumps([[row.what, row.figures, row.note] for row in measure()]))

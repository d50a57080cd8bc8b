"""Run as a program: kills (-9) an import in its midst again and again, lets it end, and says what came in.

usage: import_killer.py ROUNDS SEED FOLDER; the database comes from the environment. Prints JSON.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

BATCH, EACH = 20, 100  # rows a transaction; rows in the file for each round


def main(rounds: int, seed: int, folder: Path) -> None:
    """Write a run, kill its import, finish it; the last line of the output is for the test."""
    import django

    django.setup()
    from django.db import connections

    from tests.desk.killing import killed

    rows = rounds * EACH
    _alone(lambda: _write(folder, rows))
    dice, deaths = random.Random(seed), 0
    for _ in range(rounds):
        connections.close_all()
        deaths += killed(lambda tick: _import(folder, tick), dice.randint(1, 4), dice.uniform(0.0, 0.01))
    connections.close_all()
    _alone(lambda: _import(folder, lambda: None))
    print(json.dumps({"killed": deaths, "rows": rows, **_left()}))


def _alone(work: Callable[[], None]) -> None:
    """In a fork of its own: threads of Arrow in this process would not survive the forks to come."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0


def _write(folder: Path, rows: int) -> None:
    from tests.desk.findings_files import finding, listing, write_run

    write_run(folder, [finding(at) for at in range(rows)], [listing(at) for at in range(rows)], group=70)


def _import(folder: Path, tick: Callable[[], None]) -> None:
    from mapae.desk.findings.intake import import_run

    import_run(folder, batch=BATCH, progress=lambda done, total: tick())


def _left() -> dict[str, object]:
    from mapae.desk.findings.models import Finding, Run, Subject
    from mapae.desk.findings.tallies import counts

    run = Run.objects.get()
    return {
        "findings": Finding.objects.count(),
        "different": Finding.objects.values("finding_id").distinct().count(),
        "subjects": Subject.objects.count(),
        "counted": sum(counts("state").values()),
        "done": run.done,
        "finished": run.finished_at is not None,
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))

"""Run as a program: one worker dies at its job, then several begin their rounds at once; prints what was done, JSON."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from datetime import datetime

_JOBS = ("tests.desk.jobs_killer:daily", "mapae.desk.verification.figures:make_daily")


def daily(now: datetime) -> None:
    """A job as the desk's are: looks whether the day was done, takes its time, and notes it."""
    from mapae.desk.audit.models import AuditEntry, record

    if AuditEntry.objects.filter(kind="import_run").exists():
        return
    if os.environ.get("DIES"):
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.5)
    record("import", "import_run", "run:0")


def main(workers: int) -> None:
    """One worker dies at the job; then so many do their round at once."""
    import django

    django.setup()
    from django.db import connections

    from mapae.desk.audit.models import AuditEntry
    from mapae.desk.documents import worker
    from mapae.desk.verification.models import FigureSnapshot

    worker.JOBS = _JOBS
    os.environ["DIES"] = "1"
    died = _ends(1)
    del os.environ["DIES"]
    done = _ends(workers)
    connections.close_all()
    entries = AuditEntry.objects.filter(kind="import_run").count()
    print(json.dumps({"died": died, "ended": done, "done": entries, "kept": FigureSnapshot.objects.count()}))


def _ends(workers: int) -> list[int]:
    """How so many workers ended, each after one round."""
    from django.db import connections

    from mapae.desk.documents.worker import round_once

    connections.close_all()
    children = []
    for _worker in range(workers):
        children.append(os.fork())
        if children[-1] == 0:
            round_once()
            os._exit(0)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


if __name__ == "__main__":
    main(int(sys.argv[1]))

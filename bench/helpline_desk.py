"""The helpline's desk at size: pages of queues and searches over many complaints, and a large mbox taken in without loss."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import Absent, Row

TITLE = "The helpline's desk"
INTRO = (
    "Invented complaints in three languages over four platforms, with their events, due dates and search rows, in a desk on "
    "PostgreSQL (without fsync) and one on SQLite. Pages: from request to the whole answer inside one process, an officer's "
    "session, one at a time, queues, filters and deep pages by turns, and searches (common and rare words, two words, none "
    "found). Mail: an mbox with charsets, HTML, repeats and junk, taken in by the code of `mapae desk import-mail`, "
    "triage included; `lost` is what is neither a complaint, nor passed on, nor known, nor listed as rejected. "
    "Sizes: `MAPAE_BENCH_COMPLAINTS`, `MAPAE_BENCH_MAILS`."
)
_ROOT = Path(__file__).parents[1]
_FLAGS = "-c shared_buffers=512MB -c max_wal_size=4GB"
_ROUNDS = 40
_PAGES = {
    "queue": (
        "queue=new",
        "queue=open",
        "queue=late",
        "queue=hazard",
        "queue=mine",
        "queue=closed",
        "queue=open&category=defective",
        "queue=open&operator=lumibay&state=handed_over",
        "queue=open&responsible=seller",
        "queue=open&after={middle}",
        "queue=closed&channel=email",
    ),
    "search": (
        "queue=open&q=환불",
        "queue=open&q=치발기",
        "queue=open&q=루미베이 배송",
        "queue=open&q=없는낱말",
        "queue=open&q={number}",
        "queue=open&q=refund",
        "queue=closed&q=退款",
        "queue=open&q=희귀낱말",
        "queue=open&q=판매자 연락&operator=dalmart",
    ),
}


def main() -> list[Row]:
    """Each database in a process of its own."""
    rows = []
    for vendor in ("postgresql", "sqlite"):
        head = [str(_ROOT / "tools" / "postgres.sh")] if vendor == "postgresql" else []
        with tempfile.TemporaryDirectory() as home:
            env = {**os.environ, "MAPAE_HOME": home, "PGFLAGS": _FLAGS}
            command = [*head, sys.executable, "-m", "bench.helpline_desk"]
            done = subprocess.run(command, cwd=_ROOT, env=env, text=True, stdout=subprocess.PIPE, check=False)
        if done.returncode == 77:
            raise Absent("PostgreSQL is not installed")
        if done.returncode:
            raise RuntimeError(f"the helpline's desk on {vendor} ended with {done.returncode}")
        rows += [
            Row(f"{vendor}: {what}", figures) for what, figures in json.loads(done.stdout.splitlines()[-1])
        ]
    return sorted(rows, key=lambda row: list(row.figures))


def measure() -> list[tuple[str, dict[str, Any]]]:
    """Build, look, take mail in."""
    from bench._helpline_world import build, mbox
    from mapae.cli.desk import manage

    complaints, mails = _size("COMPLAINTS", 200_000), _size("MAILS", 10_000)
    manage("migrate", verbosity=0, interactive=False)
    officer = build(complaints)
    found = [(f"{kind} over {complaints:,}", _look(officer, addresses)) for kind, addresses in _PAGES.items()]
    with tempfile.TemporaryDirectory() as folder:
        return [*found, (f"mbox of {mails:,}", _mail(mbox(Path(folder) / "in.mbox", mails)))]


def _size(name: str, usual: int) -> int:
    return int(os.environ.get(f"MAPAE_BENCH_{name}") or usual)


def _look(officer: Any, addresses: tuple[str, ...]) -> dict[str, Any]:
    from django.test import Client

    from mapae.desk.helpline.models import Complaint

    client, total = Client(SERVER_NAME="localhost"), Complaint.objects.count()
    client.force_login(officer)
    known = {"middle": total // 2, "number": Complaint.objects.order_by("pk")[total // 3].number}
    asked = [f"/complaints?{address.format(**known)}" for address in addresses]
    for address in asked:
        client.get(address)
    taken, cpu = [], time.process_time()
    for place in range(_ROUNDS * len(asked)):
        begun = time.perf_counter()
        answer = client.get(asked[place % len(asked)])
        taken.append(1000 * (time.perf_counter() - begun))
        assert answer.status_code == 200, asked[place % len(asked)]
    cut = statistics.quantiles(taken, n=100, method="inclusive")
    spent = 1000 * (time.process_time() - cpu) / len(taken)
    return {
        "pages": len(taken),
        "p50 (ms)": cut[49],
        "p95 (ms)": cut[94],
        "most (ms)": max(taken),
        "own CPU (ms)": spent,
    }


def _mail(box: Path) -> dict[str, Any]:
    import resource

    from mapae.desk.helpline.mailbox.boxes import messages
    from mapae.desk.helpline.mailbox.taking import take_in
    from mapae.desk.helpline.models import Complaint, ReceivedMail

    before, cpu = Complaint.objects.count(), time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rejects: list[object] = []
    done = take_in(messages(box), rejected=rejects.append)
    spent = time.process_time() - cpu
    again = take_in(messages(box), rejected=lambda one: None)
    made = Complaint.objects.count() - before
    assert made == done.complaints == ReceivedMail.objects.count() - done.relayed and again.complaints == 0
    return {
        "messages": done.read,
        "complaints": done.complaints,
        "there already": done.before,
        "rejected": done.rejected,
        "lost": done.read - done.complaints - done.relayed - done.before - done.rejected,
        "own CPU (ms a message)": 1000 * spent / max(1, done.read),
        "more memory (MB)": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak) / 1024,
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mapae.desk.settings")
    print(json.dumps(measure()))

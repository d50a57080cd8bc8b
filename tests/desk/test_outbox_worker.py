"""The worker as a program: one round on demand, on after a failure, and gone with the process that started it."""

from __future__ import annotations

import importlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from mapae.desk.documents import outbox, worker
from mapae.desk.documents.models import Outbox
from mapae.desk.parent import end_with
from tests.desk.migrated import copy_file

ROOT = Path(__file__).resolve().parents[2]
START = "from mapae.cli.main import main; main()"


def test_a_broken_transport_costs_one_row_a_try_and_not_the_round(db: None) -> None:
    def broken(row: Outbox, sending: Any) -> outbox.Outcome:
        if row.key == "bad":
            raise ZeroDivisionError("oh")
        return outbox.Outcome("handed_over") if sending() else outbox.Outcome("again")

    outbox.put("bad", "email", "a@b.example", {})
    outbox.put("good", "email", "a@b.example", {})
    assert outbox.run_outbox({"email": broken}) == 2
    assert dict(Outbox.objects.values_list("key", "state")) == {"bad": "waiting", "good": "handed_over"}
    assert "ZeroDivisionError" in Outbox.objects.get(key="bad").last_error


def test_a_transport_that_breaks_while_sending_mail_leaves_it_in_doubt(db: None) -> None:
    def broken(_row: Outbox, sending: Any) -> outbox.Outcome:
        sending()
        raise ZeroDivisionError("oh")

    outbox.put("bad", "email", "a@b.example", {})
    outbox.run_outbox({"email": broken})
    assert Outbox.objects.get().state == "in_doubt"


def test_a_row_that_fails_every_time_ends_as_failed(db: None) -> None:
    from mapae.desk import clock

    outbox.put("k", "webhook", "x", {})
    late = iter(range(1, 100))

    def away(_row: Outbox, _sending: Any) -> outbox.Outcome:
        return outbox.Outcome("again", "away")

    base = clock.now()
    for _try in range(len(outbox.BACKOFF) + 1):
        day = next(late)
        outbox.run_outbox({"webhook": away}, lambda day=day: base + outbox.BACKOFF[-1] * 2 * day)
    row = Outbox.objects.get()
    assert (row.state, row.attempts, row.last_error) == ("failed", len(outbox.BACKOFF) + 1, "away")


def test_a_job_that_fails_holds_up_neither_the_others_nor_the_mail(
    db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.TRAINING = True
    jobs = ("mapae.desk.nowhere:gone", "mapae.desk.documents.service:settle_public_notices")
    monkeypatch.setattr(worker, "JOBS", jobs)
    outbox.put("k", "email", "a@b.example", {"subject": "s", "text": "t"})
    assert worker.round_once() == 1
    assert Outbox.objects.get().state == "handed_over"
    assert "mapae.desk.nowhere:gone failed" in caplog.text


def test_every_job_is_there() -> None:
    for job in worker.JOBS:
        module, _, name = job.partition(":")
        assert callable(getattr(importlib.import_module(module), name))


def test_work_ends_when_it_is_told_to(db: None) -> None:
    stop = threading.Event()
    stop.set()
    worker.work(stop)
    assert worker.round_once() == 0


def test_a_process_goes_on_while_its_parent_lives_and_ends_when_it_was_gone_before() -> None:
    lives, gone = threading.Event(), threading.Event()
    end_with(os.getppid(), lives.set)
    end_with(os.getpid(), gone.set)  # nobody's parent
    assert gone.wait(5.0)
    assert not lives.wait(1.0)


@pytest.mark.slow
def test_web_process_and_worker_end_with_a_server_that_is_killed(tmp_path: Path) -> None:
    env = {**os.environ, "MAPAE_HOME": str(tmp_path), "DATABASE_URL": copy_file(tmp_path / "d.sqlite3")}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-c", START, "serve", "--port", port]
    serve = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
    _until(lambda: _answers(f"http://127.0.0.1:{port}/sign-in"), 300)
    started = _below(serve.pid)
    assert len(started) >= 2  # a web process, the worker
    serve.send_signal(signal.SIGKILL)
    serve.wait(timeout=10)
    _until(lambda: not any(map(_alive, started)), 200)


def _until(holds: Callable[[], bool], seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=5.0, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def _below(pid: int) -> list[int]:
    """The processes that one started, and theirs."""
    children = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [each for child in children for each in (child, *_below(child))]


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False

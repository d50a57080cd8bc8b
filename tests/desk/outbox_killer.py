"""Run as a program: fills an outbox, kills its worker (-9) in the midst of sending again and again, and says what is left.

usage: outbox_killer.py ROUNDS SEED; the database and the mail server come from the environment. Prints JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from email import message_from_bytes
from pathlib import Path


def main(rounds: int, seed: int) -> None:
    """Fill, kill, finish; the last line of the output is for the test."""
    import django

    django.setup()
    from django.db import connections

    from mapae.desk.warm import warm

    _fill(rounds)
    warm()  # once, not in every fork
    from mapae.desk.documents import worker

    assert worker.transports()  # read before the forks, so that a worker begins at once
    dice, killed = random.Random(seed), 0
    for place in range(rounds):
        connections.close_all()
        killed += _killed(place, dice.randint(0, 3), dice.uniform(0.0, 0.03))
    connections.close_all()
    _finish(rounds)
    from mapae.desk.documents.mail import message_id
    from mapae.desk.documents.models import Outbox

    rows = {message_id(row): row.state for row in Outbox.objects.all()}
    _resolve(_ids())
    print(json.dumps({"killed": killed, "rows": rows, "after": _states()}))


def _ids() -> set[str]:
    """Which messages the mail server has, by Message-ID."""
    return {str(message_from_bytes(path.read_bytes())["Message-ID"]) for path in _kept()}


def _fill(rounds: int) -> None:
    """Letters with their services, and plain messages, more than the rounds can send."""
    from mapae.desk.cases.actions import run
    from mapae.desk.documents.outbox import put
    from tests.desk.letters import approved, open_case
    from tests.desk.people import make_world

    world = make_world(date.today())
    case = open_case(world)
    for _number in range(4):
        run("serve", world.sora, case, document=approved(world, case), channel="email")
    for number in range(rounds * 5):
        put(f"plain:{number}", "email", "you@there.example", {"subject": f"no. {number}", "text": "x" * 2000})


def _killed(place: int, messages: int, seconds: float) -> bool:
    """Start a worker, kill it when the server has that many more messages, and a little later; False where it was done."""
    wanted, child = len(_kept()) + messages, os.fork()
    if child == 0:
        _work(place)
        os._exit(0)
    until = time.monotonic() + 5
    while len(_kept()) < wanted and time.monotonic() < until:
        time.sleep(0.002)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _kept() -> list[Path]:
    """The messages that the mail server has taken so far."""
    return list(Path(os.environ["KEPT"]).glob("*.eml"))


def _finish(rounds: int) -> None:
    """Two workers at once send what is left."""
    children = []
    for _worker in range(2):
        children.append(os.fork())
        if children[-1] == 0:
            _work(rounds)
            os._exit(0)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]


def _work(place: int) -> None:
    from mapae.desk.documents.outbox import run_outbox
    from mapae.desk.documents.worker import transports

    while run_outbox(transports(), _later(place)):  # until nothing is due
        pass


def _later(place: int) -> Callable[[], datetime]:
    """A clock on which the leases of the workers killed before have run out."""
    from mapae.desk import clock
    from mapae.desk.documents.outbox import LEASE

    return lambda: clock.now() + 2 * place * LEASE


def _resolve(there: set[str]) -> None:
    """What a person does: looks whether the message is there, and says so; then the worker sends what is not."""
    from mapae.desk.accounts.models import User
    from mapae.desk.documents import outbox
    from mapae.desk.documents.mail import message_id
    from mapae.desk.documents.models import Outbox

    sora = User.objects.get(email="sora@desk.example")
    for row in Outbox.objects.filter(state="in_doubt"):
        outbox.resolve(row, sora, arrived=message_id(row) in there)
    _work(0)


def _states() -> dict[str, int]:
    from django.db.models import Count

    from mapae.desk.documents.models import Outbox, Service

    counted = dict(Outbox.objects.values_list("state").annotate(Count("id")))
    return {**counted, "served": Service.objects.filter(served_at__isnull=False).count()}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

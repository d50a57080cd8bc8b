"""Run as a program: kills (-9) a worker in the midst of its looks again and again, and says what is left.

usage: looks_killer.py ROUNDS SEED ADDRESS; the database comes from the environment, the shop is at ADDRESS. Prints JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from datetime import date, timedelta


def main(rounds: int, seed: int, address: str) -> None:
    """Serve a case of many items, kill, finish; the last line of the output is for the test."""
    import django

    django.setup()
    from django.db import connections

    from mapae.desk.warm import warm

    _fill(rounds, address)
    warm()  # once, not in every fork
    dice, killed = random.Random(seed), 0
    for place in range(rounds):
        connections.close_all()
        killed += _killed(place, dice.uniform(0.02, 0.35))
    connections.close_all()
    while _work(rounds + 1, 120):  # until nothing is left
        pass
    print(json.dumps({"killed": killed, **_left()}))


def _fill(rounds: int, address: str) -> None:
    from mapae.desk.cases.models import CaseItem
    from tests.desk.looking import served_case
    from tests.desk.people import make_world

    case, document = served_case(make_world(date.today()), address)
    rows = [
        CaseItem(
            case=case, kind="listing", subject_id=f"K-{at}", platform="Lumibay", title="x", state="asked",
            url=f"{address}/k/{at}",
        )
        for at in range(rounds * 4)
    ]  # fmt: skip
    CaseItem.objects.bulk_create(rows)
    document.items.set(case.items.all())


def _killed(place: int, seconds: float) -> bool:
    """Start a worker and kill it after so long; False where it was done before."""
    child = os.fork()
    if child == 0:
        _work(place, 30)
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _work(place: int, seconds: float) -> int:
    """Looks at a moment when what was taken before is free again, and the first round is due but not the second; how many."""
    from mapae.desk import clock
    from mapae.desk.verification.models import Round
    from mapae.desk.verification.rounds import plan, run_due
    from tests.desk.looking import fetcher

    plan()
    due = Round.objects.get(kind="two_days").due_at
    Round.objects.filter(kind="five_days").update(due_at=due + timedelta(days=30))
    moment = due + timedelta(minutes=11 * place)
    clock.now = lambda: moment
    return run_due(moment, by=fetcher(), seconds=seconds)


def _left() -> dict[str, object]:
    from collections import Counter

    from mapae.desk.cases.models import CaseEvent, CaseItem, Evidence, ItemCheck
    from mapae.desk.verification.models import Round

    return {
        "items": CaseItem.objects.count(),
        "states": dict(Counter(CaseItem.objects.values_list("state", flat=True))),
        "checks": ItemCheck.objects.count(),
        "checked": ItemCheck.objects.values("item").distinct().count(),
        "kept": Evidence.objects.filter(warc=True).count(),
        "all_removed": CaseEvent.objects.filter(kind="all_removed").count(),
        "open": Round.objects.filter(kind="two_days", done_at__isnull=True).count(),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])

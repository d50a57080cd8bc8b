"""Run as a program: kills (-9) a worker again and again while it makes the signs of what was taken down.

usage: signs_killer.py ROUNDS SEED; the database comes from the environment. Prints JSON.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import date

from tests.desk.killing import killed


def main(rounds: int, seed: int) -> None:
    """Fill, kill, finish; the last line of the output is for the test."""
    import django

    django.setup()
    from django.db import connections

    _fill(rounds)
    dice, count = random.Random(seed), 0
    for _round in range(rounds):
        connections.close_all()
        count += killed(_work, 1, dice.uniform(0.005, 0.08))
    connections.close_all()
    _work(lambda: None)
    print(json.dumps({"killed": count, **_left()}))


def _fill(rounds: int) -> None:
    from mapae.desk.cases.models import CaseItem
    from tests.desk.letters import open_case
    from tests.desk.people import make_world

    case = open_case(make_world(date.today()))
    rows = [
        CaseItem(
            case=case, kind="listing", subject_id=f"K-{at}", platform="Lumibay", state="removed",
            title=f"물건 제{at}호 KX{at}",
        )
        for at in range(rounds * 600)
    ]  # fmt: skip
    CaseItem.objects.bulk_create(rows)


def _work(tick: Callable[[], None]) -> None:
    from mapae.desk.verification.signs import keep_up

    tick()
    assert keep_up(time.monotonic() + 300)


def _left() -> dict[str, object]:
    from mapae.desk.cases.models import CaseItem
    from mapae.desk.verification.models import Watched
    from mapae.desk.verification.shelf import row_of
    from mapae.desk.verification.signs import DOWN, goods_of

    items = CaseItem.objects.filter(state__in=DOWN).select_related("case", "seller", "finding")
    rows = {each.item_id: each for each in Watched.objects.all()}
    right = 0
    for item in items:
        made = row_of(item.pk, int(item.case.opened_at.timestamp()), goods_of(item))
        found = rows[item.pk]
        right += (found.opened, bytes(found.units), bytes(found.keys)) == (
            made.opened,
            made.units,
            made.keys,
        )
    waiting = sum(each.batch == 0 for each in rows.values())
    return {"down": len(items), "signs": len(rows), "right": right, "waiting": waiting}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

"""Run as a program: kills (-9) an agent's submission of answers in its midst again and again, and says what is left.

usage: answers_killer.py ROUNDS SEED; the database comes from the environment. Prints JSON.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date

TOGETHER, EACH = 5, 20  # answers submitted at once; items for each round


def main(rounds: int, seed: int) -> None:
    """Ask about many items, kill while they are answered, answer the rest; the last line is for the test."""
    import django

    django.setup()
    from django.db import connections

    from mapae.desk.warm import warm
    from tests.desk.killing import killed

    _ask(rounds * EACH)
    warm()  # once, not in every fork
    dice, deaths, torn = random.Random(seed), 0, 0
    for _ in range(rounds):
        connections.close_all()
        deaths += killed(_answer, dice.randint(0, 3), dice.uniform(0.0, 0.03))
        torn += _torn()
    _answer(lambda: None)
    print(json.dumps({"killed": deaths, "torn": torn, **_left()}))


def _ask(count: int) -> None:
    from mapae.desk.cases.models import CaseItem
    from tests.desk.answered import served
    from tests.desk.people import make_world

    document = served(make_world(date.today()))
    rows = [
        CaseItem(case=document.case, kind="listing", subject_id=f"K-{at}", platform="Lumibay", title="x", state="asked")
        for at in range(count)
    ]  # fmt: skip
    CaseItem.objects.bulk_create(rows)
    document.items.set(document.case.items.all())


def _answer(tick: Callable[[], None]) -> None:
    """What the agent's page does: submit what is still asked, some at once, all of these or none."""
    from mapae.desk.accounts.models import User
    from mapae.desk.answers.drafts import submit
    from mapae.desk.cases.models import CaseItem
    from mapae.desk.documents.models import Document
    from tests.desk.answered import removed

    agent, document = User.objects.get(email="minjun@desk.example"), Document.objects.get()
    while rest := list(CaseItem.objects.filter(state="asked").order_by("pk")[:TOGETHER]):
        submit(agent, document.case, [removed(item) for item in rest])
        tick()


def _torn() -> bool:
    """Whether a submission is there in part: an item said to be removed without its answer, or the other way about."""
    from mapae.desk.answers.models import ItemAnswer
    from mapae.desk.cases.models import CaseItem

    said = set(CaseItem.objects.filter(state="claimed_removed").values_list("pk", flat=True))
    answered = Counter(ItemAnswer.objects.values_list("item", flat=True))
    return said != set(answered) or len(said) % TOGETHER not in (0, CaseItem.objects.count() % TOGETHER)


def _left() -> dict[str, object]:
    from mapae.desk.answers.models import ItemAnswer
    from mapae.desk.audit.verify import verify
    from mapae.desk.cases.models import CaseEvent, CaseItem

    return {
        "items": CaseItem.objects.count(),
        "states": dict(Counter(CaseItem.objects.values_list("state", flat=True))),
        "answers": ItemAnswer.objects.count(),
        "different": ItemAnswer.objects.values("item").distinct().count(),
        "all_answered": CaseEvent.objects.filter(kind="answered").count(),
        "chain_faults": len(verify().faults),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

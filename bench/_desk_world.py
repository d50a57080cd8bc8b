"""Makes a desk of size in an empty PostgreSQL database: people, findings, cases, decisions; and signs users in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

__all__ = ["build", "plan"]

_OFFICERS = 30  # at each body
_DEEP = 40  # how many pages down a deep page lies, at most
_WORDS = (
    "치발기",
    "보조배터리 과열",
    "카시트",
    "유해물질 검출",
    "Adjustable dumbbell",
    "可调节哑铃",
    "전자담배 액상",
    "상표 도용",
)


def build(findings: int, cases: int, folder: Path) -> dict[str, float]:
    """Everything; seconds by step. folder: an OUT folder of that many findings (bench.desk_import.write_findings)."""
    steps: dict[str, Callable[[], object]] = {
        "month": _month,
        "officers": _officers,
        "import": lambda: import_module("mapae.desk.findings.intake").import_run(folder),
        "cases": lambda: import_module("bench._desk_copies").copy_cases(cases),
        "decisions": _decide,
        "search": lambda: import_module("mapae.desk.cases.search_rows").rebuild(),
        "due": lambda: import_module("mapae.desk.cases.due").refresh_stale(),
        "settle": _settle,
        "work": _work,
    }
    taken = {}
    for name, step in steps.items():
        start = time.perf_counter()
        step()
        taken[name] = time.perf_counter() - start
        print(f"world: {name} {taken[name]:.0f} s", file=sys.stderr, flush=True)
    return taken


def plan(users: int) -> list[dict[str, Any]]:
    """Signed-in officers of all bodies: the cookie of each, and addresses of what they look at, by kind of page."""
    from mapae.desk.accounts.models import User

    people = list(User.objects.filter(role="officer").order_by("id"))
    random = Random(7)
    return [_user(random.choice(people), random) for _ in range(users)]


def _month() -> None:
    """The training month, whose cases are then copied."""
    env = {**os.environ, "MAPAE_TRAINING": "1"}
    subprocess.run([sys.executable, "-m", "mapae.desk.training.load"], env=env, check=True, stdout=sys.stderr)


def _officers() -> None:
    from mapae.desk.accounts.models import User
    from mapae.desk.bodies.models import Body

    User.objects.bulk_create(
        User(
            email=f"{body.key}-{number}@desk.example", name=f"예시 {body.key} {number}", role="officer", body=body,
            password="!", approves=number % 5 == 0,
        )
        for body in Body.objects.all()
        for number in range(_OFFICERS)
    )  # fmt: skip


def _decide() -> None:
    """A quarter of the findings decided: 13 % accepted into cases that have their listings, 8 % rejected, 2 % merged."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _DECISIONS:
            cursor.execute(statement)


_DECISIONS = (
    """CREATE TEMP TABLE chosen ON COMMIT DROP AS
      SELECT id, operator_id, seller_id, subject_id, subject_title, check_key, first_seen_at,
        (('x' || substr(finding_id, 1, 7))::bit(28)::int) % 1000 AS part,
        row_number() OVER (PARTITION BY operator_id, measure ORDER BY finding_id) AS place, measure
      FROM findings_finding
      WHERE (('x' || substr(finding_id, 1, 7))::bit(28)::int) % 1000 < 230 AND NOT shadow""",
    """CREATE TEMP TABLE taken ON COMMIT DROP AS
      SELECT *, row_number() OVER (PARTITION BY operator_id, measure ORDER BY id) AS nth FROM chosen WHERE part < 130""",
    """CREATE TEMP TABLE listings ON COMMIT DROP AS
      SELECT i.id AS item, i.case_id, c.operator_id, c.matter AS measure,
        row_number() OVER (PARTITION BY c.operator_id, c.matter ORDER BY c.closed_at NULLS FIRST, i.id) AS nth
      FROM cases_caseitem i JOIN cases_case c ON c.id = i.case_id WHERE i.kind = 'listing' AND i.id > 1000000""",
    "ANALYZE chosen, taken, listings",
    """CREATE TEMP TABLE pairs ON COMMIT DROP AS
      SELECT f.*, i.item, i.case_id FROM taken f JOIN listings i USING (operator_id, measure, nth)""",
    "CREATE UNIQUE INDEX ON pairs (id)",
    "ANALYZE pairs",
    """INSERT INTO parties_seller (operator_id, seller_id, name)
      SELECT DISTINCT operator_id, seller_id, '상점 ' || seller_id || '(예시)' FROM pairs ON CONFLICT DO NOTHING""",
    "ANALYZE parties_seller, cases_caseitem",
    """UPDATE cases_caseitem i SET finding_id = p.id, subject_id = p.subject_id, title = p.subject_title,
        seller_id = s.id FROM pairs p JOIN parties_seller s ON s.operator_id = p.operator_id AND s.seller_id = p.seller_id
      WHERE i.id = p.item""",
    "UPDATE findings_finding f SET state = 'accepted', case_id = p.case_id FROM pairs p WHERE f.id = p.id",
    """UPDATE findings_finding f SET state = 'rejected' FROM chosen c
      WHERE f.id = c.id AND c.part BETWEEN 130 AND 209""",
    """UPDATE findings_finding f SET state = 'merged', merged_into_id = p.id, case_id = p.case_id
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS nth FROM chosen WHERE part >= 210) c
      JOIN (SELECT id, case_id, row_number() OVER (ORDER BY id) AS nth FROM pairs) p ON p.nth = c.nth WHERE f.id = c.id""",
    "ANALYZE findings_finding, findings_decision",
    """INSERT INTO findings_decision (finding_id, verdict, reason, note, bulk, by_id, at)
      SELECT f.id, f.state, CASE WHEN f.state = 'rejected' THEN
          (ARRAY['wrong_product', 'lawful', 'duplicate', 'not_sold_here'])[1 + f.id % 4] ELSE '' END, '', false,
        (SELECT array_agg(id ORDER BY id) FROM accounts_user WHERE role = 'officer')[1 + f.id % 100],
        f.first_seen_at + interval '1 hour'
      FROM findings_finding f LEFT JOIN findings_decision d ON d.finding_id = f.id
      WHERE f.state IN ('accepted', 'rejected', 'merged') AND d.id IS NULL""",
)  # fmt: skip


def _settle() -> None:
    """Counts put together, the relisting watch as far as the findings, the database told what its tables hold."""
    from django.db import connection

    from mapae.desk.findings.models import Finding
    from mapae.desk.findings.tallies import put_together, rank_sellers
    from mapae.desk.verification.models import WatchMark

    put_together(at_least=1)
    rank_sellers()
    last = Finding.objects.order_by("-pk").values_list("pk", flat=True)[0]
    WatchMark.objects.update_or_create(pk=1, defaults={"finding": last})
    with connection.cursor() as cursor:
        cursor.execute(import_module("mapae.desk.findings.migrations.0006_proved_wrong").COUNTED)
        cursor.execute("VACUUM ANALYZE")


def _work() -> None:
    """What the worker has done in all that time: looks that were due, signs of what is down, today's figures. A copied world
    would else be looked at for days, by looks that nobody waits for."""
    from mapae.desk import clock
    from mapae.desk.documents.worker import round_once
    from mapae.desk.verification.models import Round
    from mapae.desk.verification.signs import keep_up

    Round.objects.filter(done_at__isnull=True, due_at__lte=clock.now()).update(done_at=clock.now())
    while not keep_up(time.monotonic() + 60):
        pass
    round_once()


def _user(user: Any, random: Random) -> dict[str, Any]:
    return {"cookie": f"sessionid={_session(user)}", "pages": _pages(user, random)}


def _session(user: Any) -> str:
    """A session as signing in makes it."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from mapae.desk import clock
    from mapae.desk.accounts.models import SignedIn

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    SignedIn.objects.create(user=user, key=session.session_key, began_at=clock.now(), browser="bench")
    return str(session.session_key)


def _pages(user: Any, random: Random) -> dict[str, list[str]]:
    from mapae.desk.cases.queues import page as case_page
    from mapae.desk.cases.queues import queue
    from mapae.desk.findings.models import Finding
    from mapae.desk.findings.queue import Filters, page
    from mapae.desk.scope import cases_for

    def some(rows: Any, field: str, most: int = 30) -> list[Any]:
        """A spread over the whole: every so manyth of the newest ten thousand."""
        found = list(rows.values_list(field, flat=True)[:10_000])
        return random.sample(found, min(most, len(found)))

    def deep(turn: Callable[[str], Any]) -> str:
        place, turned = "", random.randrange(5, _DEEP)
        for _ in range(turned):
            place = turn(place).after or place
        return place

    live, every = queue(user, "body"), cases_for(user)
    filters = (
        "measure=counterfeits", "severity=3", "operator=dalmart", "measure=hazardous_goods&operator=lumibay",
        "state=accepted", "seller=l-7", "check=hazardous_goods.recalls",
    )  # fmt: skip
    return {
        "inbox": ["/inbox"],
        "inbox, filtered": [f"/inbox?{each}" for each in filters],
        "inbox, deep": [f"/inbox?after={deep(lambda at: page(Filters(after=at)))}"],
        "finding": [f"/inbox/{pk}" for pk in some(Finding.objects.filter(state="new").order_by("-severity"), "pk")],
        "cases": ["/cases", "/cases?queue=body", "/cases?queue=unassigned"],
        "cases, filtered": [f"/cases?queue={each}" for each in ("body&state=asked", "body&operator=lumibay", "closed")],
        "cases, deep": [f"/cases?queue=body&after={deep(lambda at: case_page(live, at))}"],
        "cases, overdue": ["/cases?queue=overdue"],
        "due dates": ["/due", "/due?when=week", "/due?when=all"],
        "case": [f"/cases/{number}" for number in some(live.order_by("-pk"), "number", 60)],
        "closed case": [f"/cases/{number}" for number in some(every.filter(state="closed").order_by("-pk"), "number")],
        "search": [f"/search?q={_quoted(word)}" for word in _WORDS],
        "precision": ["/inbox/precision"],
        "sellers": ["/inbox/sellers"],
        "figures": ["/figures"],
    }  # fmt: skip


def _quoted(word: str) -> str:
    from urllib.parse import quote

    return quote(word)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mapae.desk.settings")
    from mapae.cli.desk import manage

    manage("migrate", verbosity=0, interactive=False)
    seconds = build(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
    print(json.dumps({"seconds": seconds}))

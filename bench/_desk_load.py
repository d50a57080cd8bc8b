"""Users who look at pages of a running desk: a thread each, a kept connection, a pause between two pages."""

from __future__ import annotations

import http.client
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

__all__ = ["WEIGHTS", "Look", "look_around"]

# kind of page → how often one of a hundred looks goes there
WEIGHTS = {
    "inbox": 14, "inbox, filtered": 10, "inbox, deep": 5, "finding": 10, "cases": 10, "cases, filtered": 6,
    "cases, deep": 3, "cases, overdue": 5, "due dates": 4, "case": 18, "closed case": 3, "search": 8, "precision": 1,
    "sellers": 1, "figures": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """One page asked for: seconds until the whole answer was there; ok: 200, and not the page for signing in."""

    page: str
    url: str
    seconds: float
    status: int
    ok: bool


def look_around(
    port: int, users: list[dict[str, Any]], *, seconds: float, pause: float, seed: int = 0
) -> list[Look]:
    """Every user looks at pages for so long; pause: mean seconds between an answer and the next look, spread at random."""
    end = time.perf_counter() + seconds
    with ThreadPoolExecutor(len(users)) as pool:
        parts = [
            pool.submit(_user, port, user, end, pause, Random(f"{seed} {n}")) for n, user in enumerate(users)
        ]
        return [look for part in parts for look in part.result()]


def _user(port: int, user: dict[str, Any], end: float, pause: float, chance: Random) -> list[Look]:
    kinds = [kind for kind in WEIGHTS if user["pages"].get(kind)]
    weights = [WEIGHTS[kind] for kind in kinds]
    headers = {"Cookie": user["cookie"], "Accept-Language": "ko", "Accept-Encoding": "gzip"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    found = []
    while True:
        time.sleep(chance.expovariate(1 / pause) if pause else 0)
        if time.perf_counter() > end:
            return found
        kind = chance.choices(kinds, weights)[0]
        found.append(_look(connection, kind, chance.choice(user["pages"][kind]), headers))


def _look(connection: http.client.HTTPConnection, kind: str, url: str, headers: dict[str, str]) -> Look:
    start = time.perf_counter()
    try:
        connection.request("GET", url, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return Look(kind, url, time.perf_counter() - start, 0, False)
    return Look(
        kind, url, time.perf_counter() - start, answer.status, answer.status == 200 and b"</html>" in body
    )


if __name__ == "__main__":
    port, seconds, pause = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    looks = look_around(port, json.load(sys.stdin), seconds=seconds, pause=pause)
    json.dump([asdict(look) for look in looks], sys.stdout)

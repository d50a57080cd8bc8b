"""Looks at the demo shop again through the desk's own verification: due rounds, one case now, the relisting watch."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import run
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.service import settle_public_notices
from mapae.desk.findings.models import Finding
from mapae.desk.training.reading import story
from mapae.desk.verification.asked import SETTLED
from mapae.desk.verification.looks import look_at
from mapae.desk.verification.relist import record_looks
from mapae.desk.verification.rounds import run_due
from mapae.desk.verification.watch import watch
from mapae.sources.fetch import Fetcher, FetchRules, Pace

__all__ = ["evening", "notice_relisting", "recheck", "seen_gone", "watch_all"]

_ASKED = ("asked", "claimed_removed", "time_asked", "still_up", "changed", "unreachable", "contested")


@cache
def _quick() -> Fetcher:
    """Asks this machine only, and without the pauses that a stranger's server is owed."""
    return Fetcher(FetchRules(loopback=True), pace=Pace(time.monotonic, gap=0.0))


def recheck(user: User, case: Case) -> None:
    """Fetch the page of every listing that the case asks about, and record what was seen."""
    items = case.items.filter(state__in=_ASKED).exclude(state__in=SETTLED).select_related("case__operator")
    looks = list(look_at(items.order_by("pk"), _quick()))
    record_looks(user, case, looks)


def evening() -> None:
    """The end of a working day: notices that take effect, looks that are due."""
    settle_public_notices(clock.now())
    with _without_404s():
        run_due(clock.now(), by=_quick(), seconds=120.0)


def seen_gone(user: User, case: Case | None, item: CaseItem) -> None:
    """An officer saw that the listing is gone."""
    run("verify", user, case, items=[item], verdict="removed", how="officer")


def watch_all() -> int:
    """Compare every finding that came in with what was taken down; how many relistings were taken in."""
    taken, last = 0, Finding.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for _round in range(last // 500 + 2):
        taken += watch(clock.now())
    return taken


def notice_relisting(case: Case) -> None:
    """The other platform's feed is screened, and what is found is compared with what was taken down."""
    from mapae.desk.training.tour_case import screen_shop

    screen_shop("dalmart", only=(story("shop")["relisting"]["id"],))
    watch_all()


@contextmanager
def _without_404s() -> Iterator[None]:
    """Pages that are gone are what is hoped for; Django need not warn of them."""
    log = logging.getLogger("django.request")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)

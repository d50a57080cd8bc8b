"""Pictures of listings: fetched within the guard's rules, kept as evidence, hashed, so that relistings are known by them."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db.models import QuerySet

from mapae.desk import clock
from mapae.desk.cases import evidence
from mapae.desk.cases.actions.join import TAKEDOWN_KINDS
from mapae.desk.cases.models import CaseItem
from mapae.desk.findings.subjects import picture_addresses
from mapae.desk.verification.asked import SETTLED
from mapae.desk.verification.models import Picture
from mapae.detect.pdq import LEAST_QUALITY
from mapae.detect.pictures.opened import hash_of
from mapae.errors import InputError
from mapae.sources.fetch import Fetcher, FetchRules, Pace

__all__ = ["TRIED", "hash_item", "hash_of", "picture_at", "picture_fetcher", "run_due"]

TRIED = "picture_tried"  # in an item's snapshot: its picture was asked for, whatever came of it
_KINDS = ("image/jpeg", "image/png", "image/webp", "image/gif")
_AGAIN = timedelta(days=7)  # until a picture that could not be had is asked for again


@cache
def picture_fetcher() -> Fetcher:
    """The process's fetcher of pictures; in training it asks this machine only, else public addresses only."""
    training = bool(settings.TRAINING)
    rules = FetchRules(loopback=training, kinds=_KINDS, total=10.0)
    return Fetcher(rules, pace=Pace(time.monotonic, gap=0.1 if training else 2.0))


def picture_at(address: str, by: Fetcher, *, sites: Iterable[str] = ()) -> Picture | None:
    """What is known of the picture at an address; fetched where it is not. None where its server asks for patience."""
    key = hashlib.sha256(address.encode()).hexdigest()
    known = Picture.objects.filter(key=key).first()
    if known is not None and (known.pdq or not known.why or clock.now() - known.at < _AGAIN):
        return known
    outcome = by.fetch(address, sites=sites)
    if outcome.kind == "later":
        return None
    found = {"url": address, "at": clock.now(), "pdq": "", "quality": 0, "why": "", "evidence": None}
    if outcome.kind != "page" or outcome.status != 200:
        found["why"] = str(outcome.status) if outcome.status not in (0, 200) else outcome.kind
    else:
        try:
            code, found["quality"] = hash_of(outcome.body)
            found["pdq"] = code if found["quality"] >= LEAST_QUALITY else ""
            found["evidence"] = evidence.keep(
                outcome.body, outcome.content_type, name=address.rpartition("/")[2][:150], url=address,
                rung="captured", login="none",
            )  # fmt: skip
        except InputError as error:
            found["why"] = error.what[:40]
    return Picture.objects.update_or_create(key=key, defaults=found)[0]


def hash_item(item: CaseItem, by: Fetcher, shown: Iterable[str] = ()) -> bool:
    """Give the item the hash of its picture: the first that can be had of its record's or of those its page shows.

    False where a server asks for patience; True otherwise, whether or not a picture was had.
    """
    for address in dict.fromkeys([*picture_addresses(item.snapshot), *shown][:2]):
        found = picture_at(address, by, sites=item.case.operator.domains)
        if found is None:
            return False
        if found.pdq:
            item.snapshot = {**item.snapshot, "image_hash": item.snapshot.get("image_hash") or found.pdq}
            item.evidence.add(found.evidence)
            break
    item.snapshot = {**item.snapshot, TRIED: True}
    item.save(update_fields=["snapshot"])
    return True


def run_due(_now: datetime, *, by: Fetcher | None = None, seconds: float = 5.0) -> int:
    """A job of the worker's rounds: pictures of what was asked to be taken down, while they can still be had; how many
    items."""
    ends, done = time.monotonic() + seconds, 0
    for item in _waiting()[:50]:
        if time.monotonic() > ends:
            break
        done += hash_item(item, by or picture_fetcher())
    return done


def _waiting() -> QuerySet[CaseItem]:
    """Items with a picture in their record that nobody has asked for."""
    asked = CaseItem.objects.filter(kind__in=TAKEDOWN_KINDS, documents__served_at__isnull=False)
    still = asked.exclude(state__in=("", "removed", *SETTLED)).exclude(case__state="closed")
    fresh = still.filter(snapshot__has_key="image_urls").exclude(snapshot__has_key=TRIED)
    return fresh.select_related("case__operator").order_by("pk").distinct()

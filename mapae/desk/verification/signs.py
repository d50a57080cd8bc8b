"""Keeps the signs of what was taken down in the database: an item waits for them when it is saved, the worker makes them.

An action only marks its item, in its own transaction. The worker makes the signs of those that wait, a batch at a time
under one lock, so that a reader that knows the last batch misses none; killed in the midst of it, it makes the batch again.
What was written past the actions (a bulk import, a release before this table) is found by the item's number.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.metadata import version
from threading import Lock
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.db.models.signals import post_save

from mapae.desk.cases.actions.join import TAKEDOWN_KINDS
from mapae.desk.cases.models import CaseItem
from mapae.desk.verification.models import WatchBatch, Watched, WatchMark
from mapae.desk.verification.shelf import Row, Shelf, row_of
from mapae.detect.relisting import Goods

__all__ = ["DOWN", "down", "goods_of", "horizon", "keep_up", "listen", "shelf_of"]

DOWN = ("removed", "claimed_removed")
_LONG = timedelta(days=730)  # how long what was taken down is remembered
_SWEPT = 2000  # items that are marked at once
_MADE = 500  # items whose signs are made at once
_TELLING = {"state", "title", "snapshot", "seller", "finding"}  # fields that change signs
_SHELVES: dict[str, tuple[tuple[int, Any], Shelf]] = {}  # by matter: the last batch on it, the shelf
_LOCK = Lock()


def down(matter: str, now: datetime) -> QuerySet[CaseItem]:
    """What is down of a matter, and is remembered."""
    found = CaseItem.objects.filter(case__matter=matter, state__in=DOWN, kind__in=TAKEDOWN_KINDS)
    recent = found.filter(case__opened_at__gte=now - _LONG)
    return recent.select_related("case", "finding", "seller").order_by("pk")


def horizon(now: datetime) -> int:
    """The oldest opening of a case that is remembered, in seconds of the epoch."""
    return int((now - _LONG).timestamp())


def goods_of(item: CaseItem) -> Goods:
    """What of an item is compared."""
    reference = item.finding.reference_id if item.finding else ""
    seller = item.seller.seller_id if item.seller else ""
    return Goods.of({"title": item.title, **item.snapshot}, seller=seller, reference=reference)


def listen() -> None:
    """Mark items from now on when they are saved."""
    post_save.connect(_saved, sender=CaseItem, dispatch_uid="verification.signs")


def keep_up(ends: float) -> bool:
    """Make the signs that wait, at least one batch, until time.monotonic() reaches `ends`; whether all are made."""
    while _behind():
        if not _some():
            time.sleep(0.02)  # an action has them in hand
        if time.monotonic() >= ends:
            return not _behind()
    return True


def shelf_of(matter: str) -> Shelf:
    """The shelf of a matter with all signs that are made; it reads only batches that are new to this process."""
    with _LOCK:
        last, shelf = _SHELVES.get(matter, ((0, None), Shelf()))
        if shelf.worn or not _stands(last):
            last, shelf = (0, None), Shelf()
        newest = WatchBatch.objects.order_by("-pk").values_list("pk", "token").first() or (0, None)
        if newest[0] > last[0]:
            shelf.add(_rows(matter, last[0], newest[0]))
        _SHELVES[matter] = newest, shelf
        return shelf


def _stands(batch: tuple[int, Any]) -> bool:
    """Whether the batch is still there: not after a reset."""
    return not batch[0] or WatchBatch.objects.filter(pk=batch[0], token=batch[1]).exists()


def _rows(matter: str, after: int, until: int) -> Iterator[Row]:
    found = Watched.objects.filter(matter=matter, batch__gt=after, batch__lte=until).order_by("batch", "item")
    told = found.values_list("item_id", "opened", "units", "keys", "picture")
    for item, opened, *signs in told.iterator(chunk_size=5000):
        yield Row(item, opened, *(bytes(sign) for sign in signs))


def _saved(
    sender: type[CaseItem],
    instance: CaseItem,
    created: bool,
    update_fields: frozenset[str] | None = None,
    **_: object,
) -> None:
    if instance.kind not in TAKEDOWN_KINDS or not (update_fields is None or update_fields & _TELLING):
        return
    if instance.state in DOWN:
        _mark([instance.pk])
    elif not created:
        Watched.objects.filter(item=instance.pk).update(batch=0)


def _mark(items: list[int]) -> None:
    Watched.objects.bulk_create(
        [Watched(item_id=item) for item in items],
        update_conflicts=True, unique_fields=["item"], update_fields=["batch"],
    )  # fmt: skip


def _behind() -> bool:
    """Whether signs wait, or items came that nobody looked through."""
    mark = WatchMark.objects.filter(pk=1).first()
    if mark is None or mark.made_by != version("mapae"):
        return True
    return _waiting(mark).exists() or _last_item() > mark.item


def _waiting(mark: WatchMark) -> QuerySet[Watched]:
    return Watched.objects.filter(batch__lt=mark.first).order_by("batch", "item")


def _last_item() -> int:
    return CaseItem.objects.aggregate(last=Max("pk"))["last"] or 0


def _some() -> bool:
    """Mark and make some, as one transaction; the mark's row is the lock. Whether any were made."""
    with transaction.atomic():
        WatchMark.objects.get_or_create(pk=1)
        mark = WatchMark.objects.select_for_update().get(pk=1)
        if mark.made_by != version("mapae"):
            mark.item, mark.made_by, mark.first = 0, version("mapae"), WatchBatch.objects.create().pk
        _sweep(mark)
        mark.save(update_fields=["item", "made_by", "first"])
        # those that an action has in hand are left to the next time: who waits for none stands in nobody's way
        free = _waiting(mark).select_for_update(skip_locked=True)
        chosen = list(free.values_list("item_id", flat=True)[:_MADE])
        if chosen:
            _make(chosen)
        return bool(chosen)


def _sweep(mark: WatchMark) -> None:
    """Mark what is down among items that came since, so many at once."""
    last = _last_item()
    later = CaseItem.objects.filter(pk__gt=mark.item, pk__lte=last, state__in=DOWN, kind__in=TAKEDOWN_KINDS)
    found = list(later.order_by("pk").values_list("pk", flat=True)[:_SWEPT])
    Watched.objects.bulk_create([Watched(item_id=item) for item in found], ignore_conflicts=True)
    mark.item = found[-1] if len(found) == _SWEPT else last


def _make(chosen: list[int]) -> None:
    """Write the signs of these items as one batch; what is no longer down is told as such."""
    batch = WatchBatch.objects.create().pk
    items = CaseItem.objects.filter(pk__in=chosen).select_related("case", "finding", "seller")
    Watched.objects.bulk_create(
        [_watched(item, batch) for item in items],
        update_conflicts=True, unique_fields=["item"],
        update_fields=["batch", "matter", "opened", "units", "keys", "picture"],
    )  # fmt: skip


def _watched(item: CaseItem, batch: int) -> Watched:
    found = Watched(item=item, batch=batch, matter=item.case.matter)
    if item.state in DOWN:
        row = row_of(item.pk, int(item.case.opened_at.timestamp()), goods_of(item))
        found.opened, found.units, found.keys, found.picture = row.opened, row.units, row.keys, row.picture
    return found

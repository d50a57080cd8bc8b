"""The relisting watch: findings that came in since are compared with what was taken down."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from mapae.desk.cases.actions import Refused
from mapae.desk.cases.actions.join import TAKEDOWN_KINDS
from mapae.desk.cases.models import CaseItem
from mapae.desk.findings.models import Finding
from mapae.desk.findings.subjects import picture_addresses, record_of
from mapae.desk.verification.looks import Look
from mapae.desk.verification.models import WatchMark
from mapae.desk.verification.pictures import picture_at, picture_fetcher
from mapae.desk.verification.relist import Relisting, record_looks, take_in
from mapae.detect.relisting import Goods, RelistingIndex
from mapae.sources.fetch import Fetcher

__all__ = ["watch"]

_LONG = timedelta(days=730)  # how long what was taken down is remembered
_AT_ONCE = 50  # findings a step
_GOODS: dict[tuple[Any, ...], Goods] = {}  # by item: what was screened does not change
_KEPT: dict[str, tuple[tuple[Any, ...], RelistingIndex]] = {}  # by measure: of which items, the index
_DOWN = ("removed", "claimed_removed")
_LOOKS = 10  # pictures a round of work
_DOUBT = 0.2  # likeness from which a picture is worth its fetch


def watch(now: datetime, *, seconds: float = 5.0, by: Fetcher | None = None) -> int:
    """Compare the findings since the last time, for about so many seconds; how many relistings were taken in.

    by: who fetches the pictures of those that are in doubt, a few at a time; else the desk's fetcher of pictures.
    """
    ends, taken = time.monotonic() + seconds, 0
    eyes = _Eyes(by or picture_fetcher(), _LOOKS)
    while time.monotonic() < ends and (found := _step(now, eyes)) is not None:
        taken += found
    return taken


@dataclass
class _Eyes:
    """Fetches pictures of new findings, at most `left` more."""

    by: Fetcher
    left: int

    def see(self, record: Mapping[str, Any], sites: Sequence[str]) -> str:
        """The hash of the record's first picture; empty where it cannot be had."""
        addresses = picture_addresses(dict(record))
        if not addresses or self.left <= 0:
            return ""
        self.left -= 1
        found = picture_at(addresses[0], self.by, sites=sites)
        return found.pdq if found else ""


def _step(now: datetime, eyes: _Eyes) -> int | None:
    """Some findings; None where there is no new one."""
    mark, _made = WatchMark.objects.get_or_create(pk=1)
    fresh = list(Finding.objects.filter(pk__gt=mark.finding, shadow=False).order_by("pk")[:_AT_ONCE])
    if not fresh:
        return None
    taken = _compare(fresh, now, eyes)
    WatchMark.objects.filter(pk=1).update(finding=fresh[-1].pk)
    return taken


def _compare(fresh: Sequence[Finding], now: datetime, eyes: _Eyes) -> int:
    taken = 0
    for measure in {finding.measure for finding in fresh}:
        items = _down(measure, now)
        if not items:
            continue
        own = {(item.kind, item.platform, item.subject_id): item for item in items}
        index = _index(measure, items)
        for finding in fresh:
            if finding.measure == measure and finding.state == "new":
                taken += _one(finding, items, own, index, eyes)
    return taken


def _one(
    finding: Finding,
    items: Sequence[CaseItem],
    own: dict[tuple[str, str, str], CaseItem],
    index: RelistingIndex,
    eyes: _Eyes,
) -> int:
    """The item itself seen again, or the likest item that was down before the finding came."""
    same = own.get((finding.subject_kind, finding.platform, finding.subject_id))
    if same is not None:
        return _seen_again(same, finding)
    record = record_of(finding)
    new = Goods.of(
        {"title": finding.subject_title, **record}, seller=finding.seller_id, reference=finding.reference_id
    )
    found = index.matches(new)
    if not found and not new.image_hash and _in_doubt(new, index):
        sites = finding.operator.domains if finding.operator else ()
        found = index.matches(replace(new, image_hash=eyes.see(record, sites)))
    for at, like in found:
        if _before(items[at], finding) and not _known(items[at], finding):
            try:
                take_in(Relisting(items[at], finding, like))
            except Refused:
                continue  # the case moved meanwhile; the finding stays in the inbox
            return 1
    return 0


def _in_doubt(new: Goods, index: RelistingIndex) -> bool:
    """Whether a look at the picture may tell: it was found under a notice of what is down, or is somewhat like it."""
    if not index.pictured:
        return False
    same = new.reference and any(new.reference == each.reference for each in index.goods)
    return bool(same) or index.closest(new) >= _DOUBT


def _seen_again(item: CaseItem, finding: Finding) -> int:
    """A feed of later holds what was taken down."""
    if item.state != "removed" or not _before(item, finding):
        return 0
    look = Look(item.pk, "still_up", "feed", f"in_feed: {finding.run_id}")
    try:
        record_looks(None, item.case, [look])
    except Refused:
        return 0  # on hold: its rounds look again when it is taken up
    return 1


def _known(item: CaseItem, finding: Finding) -> bool:
    """Whether the case has it already, from a round that was cut short."""
    same = {"kind": finding.subject_kind, "platform": finding.platform, "subject_id": finding.subject_id}
    return CaseItem.objects.filter(case=item.case_id, **same).exists()


def _mark(item: CaseItem) -> tuple[Any, ...]:
    """Tells an item from every other, also after a reset that counts rows anew."""
    return item.pk, item.platform, item.subject_id, item.title, item.snapshot.get("image_hash", "")


def _index(measure: str, items: Sequence[CaseItem]) -> RelistingIndex:
    """The index of a measure's items; kept while they are the same, and what each looks like is read once."""
    key = tuple(_mark(item) for item in items)
    if measure not in _KEPT or _KEPT[measure][0] != key:
        goods = {mark: _GOODS.get(mark) or _goods(item) for mark, item in zip(key, items, strict=True)}
        _GOODS.update(goods)
        _KEPT[measure] = key, RelistingIndex(list(goods.values()))
    return _KEPT[measure][1]


def _before(item: CaseItem, finding: Finding) -> bool:
    down = item.removed_at or item.said_removed_at
    return down is None or down < finding.first_seen_at


def _down(measure: str, now: datetime) -> list[CaseItem]:
    found = CaseItem.objects.filter(case__matter=measure, state__in=_DOWN, kind__in=TAKEDOWN_KINDS)
    recent = found.filter(case__opened_at__gte=now - _LONG).select_related("case", "finding", "seller")
    return list(recent.order_by("pk"))


def _goods(item: CaseItem) -> Goods:
    reference = item.finding.reference_id if item.finding else ""
    seller = item.seller.seller_id if item.seller else ""
    return Goods.of({"title": item.title, **item.snapshot}, seller=seller, reference=reference)

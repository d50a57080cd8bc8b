"""The relisting watch: findings that came in since are compared with what was taken down.

A step reads the items that share a sign with its findings (mapae.desk.verification.signs), however many others are down.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from mapae.desk.cases.actions import Refused
from mapae.desk.cases.models import CaseItem
from mapae.desk.findings.models import Finding
from mapae.desk.findings.subjects import picture_addresses, record_of
from mapae.desk.verification.looks import Look
from mapae.desk.verification.models import WatchMark
from mapae.desk.verification.pictures import picture_at, picture_fetcher
from mapae.desk.verification.relist import Relisting, record_looks, take_in
from mapae.desk.verification.shelf import Shelf
from mapae.desk.verification.signs import DOWN, down, goods_of, horizon, keep_up, shelf_of
from mapae.detect.relisting import Goods, Likeness, likeness
from mapae.sources.fetch import Fetcher

__all__ = ["watch"]

_AT_ONCE = 50  # findings a step
_LOOKS = 10  # pictures a round of work
_DOUBT = 0.2  # likeness from which a picture is worth its fetch
_MEANWHILE = (*DOWN, "relisted")  # states of what was down when the step began


def watch(now: datetime, *, seconds: float = 5.0, by: Fetcher | None = None) -> int:
    """Compare the findings since the last time, for about so many seconds; how many relistings were taken in.

    by: who fetches the pictures of those that are in doubt, a few at a time; else the desk's fetcher of pictures.
    While signs of what was taken down are still to be made (after an update), findings wait for them.
    """
    ends, taken = time.monotonic() + seconds, 0
    eyes = _Eyes(by or picture_fetcher(), _LOOKS)
    while time.monotonic() < ends and keep_up(ends) and (found := _step(now, eyes)) is not None:
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
        new = [finding for finding in fresh if finding.measure == measure and finding.state == "new"]
        if not new:
            continue
        seen = down(measure, now).filter(subject_id__in={finding.subject_id for finding in new})
        own = {(item.kind, item.platform, item.subject_id): item for item in seen}
        known = _Known(shelf_of(measure), horizon(now))
        taken += sum(_one(finding, own, known, eyes) for finding in new)
    return taken


@dataclass
class _Known:
    """What was down when the step began, of one measure; items are read when a finding shares a sign with them."""

    shelf: Shelf
    since: int
    read: dict[int, tuple[CaseItem, Goods]] = field(default_factory=dict)

    def likest(self, new: Goods) -> list[tuple[CaseItem, Likeness]]:
        """What the new goods may be, the likest first."""
        items = self._items(self.shelf.candidates(new, self.since))
        found = [(item, likeness(goods, new)) for item, goods in items]
        return sorted(found, key=lambda pair: (-pair[1].score, pair[0].pk))

    def in_doubt(self, new: Goods, found: Sequence[tuple[CaseItem, Likeness]]) -> bool:
        """Whether a look at the picture may tell: it was found under a notice of what is down, or is somewhat like it."""
        if not self.shelf.pictured(self.since):
            return False
        return self.shelf.noticed(new, self.since) or any(like.score >= _DOUBT for _item, like in found)

    def _items(self, wanted: Sequence[int]) -> list[tuple[CaseItem, Goods]]:
        missing = [pk for pk in wanted if pk not in self.read]
        items = CaseItem.objects.filter(pk__in=missing, state__in=_MEANWHILE)
        for item in items.select_related("case", "finding", "seller"):
            self.read[item.pk] = item, goods_of(item)
        return [self.read[pk] for pk in wanted if pk in self.read]


def _one(finding: Finding, own: Mapping[tuple[str, str, str], CaseItem], known: _Known, eyes: _Eyes) -> int:
    """The item itself seen again, or the likest item that was down before the finding came."""
    same = own.get((finding.subject_kind, finding.platform, finding.subject_id))
    if same is not None:
        return _seen_again(same, finding)
    record = record_of(finding)
    new = Goods.of(
        {"title": finding.subject_title, **record}, seller=finding.seller_id, reference=finding.reference_id
    )
    found = known.likest(new)
    if not _relisted(found) and not new.image_hash and known.in_doubt(new, found):
        sites = finding.operator.domains if finding.operator else ()
        found = known.likest(replace(new, image_hash=eyes.see(record, sites)))
    for item, like in _relisted(found):
        if _before(item, finding) and not _has(item, finding):
            try:
                take_in(Relisting(item, finding, like))
            except Refused:
                continue  # the case moved meanwhile; the finding stays in the inbox
            return 1
    return 0


def _relisted(found: Sequence[tuple[CaseItem, Likeness]]) -> list[tuple[CaseItem, Likeness]]:
    return [(item, like) for item, like in found if like.relisted]


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


def _has(item: CaseItem, finding: Finding) -> bool:
    """Whether the case has it already, from a round that was cut short."""
    same = {"kind": finding.subject_kind, "platform": finding.platform, "subject_id": finding.subject_id}
    return CaseItem.objects.filter(case=item.case_id, **same).exists()


def _before(item: CaseItem, finding: Finding) -> bool:
    down = item.removed_at or item.said_removed_at
    return down is None or down < finding.first_seen_at

"""Looks at items by fetching their pages: a verdict each, with the capture kept as evidence."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mapae.desk.cases.models import CaseItem, Evidence
from mapae.desk.verification.capture import capture
from mapae.desk.verification.pictures import TRIED, hash_item, picture_at, picture_fetcher
from mapae.detect.relisting import same_picture
from mapae.sources.fetch import Fetcher, FetchOutcome, FetchRules, Pace
from mapae.sources.fetch.page import read_page
from mapae.sources.fetch.verdict import Seen, verdict_of

__all__ = ["WHY", "Look", "fetcher", "look_at"]

# why a verdict was given (mapae.sources.fetch.verdict) → words
WHY = {
    "status": _("The server's answer"),
    "gone": _("The page says that it is gone"),
    "sold_out": _("The page says that it is sold out"),
    "robot": _("A robot check stands in the way"),
    "login": _("It asks to sign in"),
    "place": _("It is not shown in this place"),
    "elsewhere": _("Another page answered"),
    "empty": _("The page shows no words without scripts"),
    "title": _("Another title"),
    "price": _("Another price"),
    "pictures": _("Other pictures"),
    "same": _("The same goods are shown"),
    "refused": _("The address may not be fetched"),
    "unreachable": _("No answer"),
    "too_slow": _("It took too long"),
    "too_large": _("The page is too large"),
    "no_page": _("The answer is no page"),
    "off_site": _("It leads to another site"),
    "no_address": _("The item has no address"),
    "in_feed": _("The feed holds it"),
    "not_in_feed": _("The whole feed does not hold it"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of an item. item: its row number; verdict: of mapae.workflow.items; how: fetch, feed or officer;
    detail: `why: words seen`, or an officer's note."""

    item: int
    verdict: str
    how: str
    detail: str = ""
    evidence: Evidence | None = None


@cache
def fetcher() -> Fetcher:
    """The process's fetcher; in training it asks this machine only, else public addresses only."""
    training = bool(settings.TRAINING)
    return Fetcher(FetchRules(loopback=training), pace=Pace(time.monotonic, gap=0.1 if training else 2.0))


def look_at(
    items: Iterable[CaseItem], by: Fetcher, *, language: str = "ko", eyes: Fetcher | None = None
) -> Iterator[Look]:
    """Fetch each item's page, as a visitor from here who is not signed in; keep what came, say what it means. eyes: who
    fetches pictures, else the desk's fetcher of pictures.

    No look where the server asked for patience and nothing was sent.
    """
    for item in items:
        if not item.url:
            yield Look(item.pk, "unreachable", "fetch", "no_address")
            continue
        outcome = by.fetch(item.url, language=language, sites=item.case.operator.domains)
        if outcome.kind == "later":
            continue
        before = {"title": item.title, **item.snapshot}
        seen = _seen(outcome, item, verdict_of(outcome, item.url, before), eyes)
        kept = capture(outcome, item, language) if outcome.hops else None
        yield Look(item.pk, seen.verdict, "fetch", f"{seen.why}: {seen.seen}"[:300], kept)


def _seen(outcome: FetchOutcome, item: CaseItem, seen: Seen, eyes: Fetcher | None) -> Seen:
    """The verdict, with the picture looked at: other names of files with the same picture are the same goods still."""
    if seen.verdict not in ("still_up", "changed"):
        return seen
    shown = [urljoin(outcome.url, each) for each in read_page(outcome).pictures[:2]]
    by = eyes or picture_fetcher()
    if TRIED not in item.snapshot:
        hash_item(item, by, shown)
    old = item.snapshot.get("image_hash")
    if seen.why != "pictures" or not old:
        return seen
    for address in shown:
        found = picture_at(address, by, sites=item.case.operator.domains)
        if found is not None and found.pdq and same_picture(found.pdq, old):
            return Seen("still_up", "same", address[:120])
    return seen

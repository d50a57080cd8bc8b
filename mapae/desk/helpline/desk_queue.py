"""Queues of complaints and what narrows them; pages by keys, so that a page far down costs what the first does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.due import rights
from mapae.desk.helpline.desk_scope import UNREAD, complaints_for
from mapae.desk.helpline.desk_search import newest
from mapae.desk.helpline.models import Complaint
from mapae.desk.law import book
from mapae.desk.numbers import whole
from mapae.workflow.complaints import complaint_states

__all__ = ["CHANNELS", "PAGE", "QUEUES", "Filters", "Page", "counts", "page", "queue"]

PAGE = 50
MOST = 100  # a queue's number is counted up to here
QUEUES: dict[str, dict[str, str]] = {
    "new": {"ko": "새로 온 상담", "en": "New"},
    "hazard": {"ko": "위해", "en": "Hazards"},
    "mine": {"ko": "내 상담", "en": "Mine"},
    "late": {"ko": "기한 지남", "en": "Past their day"},
    "open": {"ko": "진행 중", "en": "All open"},
    "closed": {"ko": "종결", "en": "Closed"},
}
CHANNELS = {
    "web": {"ko": "웹", "en": "Web form"},
    "phone": {"ko": "전화", "en": "Telephone"},
    "email": {"ko": "전자우편", "en": "E-mail"},
    "api": {"ko": "API", "en": "API"},
}
_WAITS_FOR_OTHERS = ("helpline", "agent", "network", "body", "committee")


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a queue; empty where it does not."""

    state: str = ""
    category: str = ""
    responsible: str = ""
    operator: str = ""
    channel: str = ""
    words: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Filters:
        """From an address."""
        state, channel = query.get("state", ""), query.get("channel", "")
        return cls(
            state if state in complaint_states(book()) else "",
            query.get("category", "")[:32],
            query.get("responsible", "")[:24],
            query.get("operator", "")[:60],
            channel if channel in CHANNELS else "",
            query.get("q", "").replace("\0", "").strip()[:200],
        )

    @property
    def narrow(self) -> bool:
        """Whether any is set."""
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Page:
    """Complaints of a page and the key of the next, empty on the last."""

    complaints: list[Complaint]
    after: str


def queue(user: User, key: str) -> QuerySet[Complaint]:
    """The complaints of a queue, in no order yet."""
    seen = complaints_for(user)
    if key == "new":
        return seen.filter(state="received")
    if key == "closed":
        return seen.filter(state="closed")
    live = seen.exclude(state="closed")
    if key == "hazard":
        return live.filter(hazard=True)
    if key == "mine":
        return live.filter(owner=user)
    return _late(seen) if key == "late" else live


def narrowed(complaints: QuerySet[Complaint], filters: Filters) -> QuerySet[Complaint]:
    """What the filters leave, words apart."""
    for name in ("state", "category", "responsible", "channel"):
        if value := getattr(filters, name):
            complaints = complaints.filter(**{name: value})
    return complaints.filter(operator__key=filters.operator) if filters.operator else complaints


def page(user: User, key: str, filters: Filters, after: str = "") -> Page:
    """The page that follows a key: the newest first; of late ones those that are late longest; of hits by their number."""
    found = narrowed(queue(user, key), filters)
    if filters.words:
        numbers = newest(found, filters.words, PAGE + 1, before=_number(after))
        return _shown(Complaint.objects.filter(pk__in=numbers).order_by("-pk"), lambda last: str(last.pk))
    if key == "late":
        if cut := _cut(after):
            found = found.filter(Q(next_due__due__gt=cut[0]) | Q(next_due__due=cut[0], pk__gt=cut[1]))
        return _shown(found.order_by("next_due__due", "pk"), lambda last: f"{last.next_due.due}.{last.pk}")
    if before := Complaint.objects.filter(pk=_number(after)).first():
        older = Q(received_at=before.received_at, pk__lt=before.pk) | Q(received_at__lt=before.received_at)
        found = found.filter(older, received_at__lte=before.received_at)
    return _shown(found.order_by("-received_at", "-pk"), lambda last: str(last.pk))


def counts(user: User) -> dict[str, str]:
    """How many each queue has, as shown: counted to a hundred at most."""
    found = {key: queue(user, key).values("pk")[: MOST + 1].count() for key in QUEUES if key != "closed"}
    return {key: f"{MOST}+" if number > MOST else str(number) for key, number in found.items()}


def _shown(found: QuerySet[Complaint], key: object) -> Page:
    rows = list(found.select_related("operator", "owner", "next_due").defer(*UNREAD)[: PAGE + 1])
    more = len(rows) > PAGE
    return Page(rows[:PAGE], key(rows[PAGE - 1]) if more else "")  # type: ignore[operator]


def _late(seen: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """What somebody let pass; the consumer's own choice and right are nobody's lateness. Closed ones have nothing due."""
    past = seen.filter(next_due__due__lt=clock.today(), next_due__who__in=_WAITS_FOR_OTHERS)
    return past.exclude(next_due__key__in=rights())


def _number(text: str) -> int:
    return whole(text, 17)


def _cut(text: str) -> tuple[date, int] | None:
    day, _dot, number = text.partition(".")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None

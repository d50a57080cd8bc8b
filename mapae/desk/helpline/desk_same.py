"""Complaints that may be the same one told twice: same order, same contact, or nearly the same words about the same shop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from rapidfuzz import fuzz

from mapae.desk.cases.grams import squeeze
from mapae.desk.helpline.models import Complaint, ComplaintWords

__all__ = ["ALIKE", "Same", "digests", "same_as"]

ALIKE = 85  # of 100, by which words count as nearly the same
_DAYS = timedelta(days=60)
_MOST_READ, _MOST_SHOWN = 300, 10
_EXACT = ("order", "email", "phone")
_SHORTEST = 20  # folded characters; shorter words are alike by chance


@dataclass(frozen=True, slots=True)
class Same:
    """A complaint that may be the same. why: order, email, phone or words; alike: 0 to 100, of the words."""

    complaint: Complaint
    why: tuple[str, ...]
    alike: int

    @property
    def weight(self) -> tuple[int, int]:
        """The more reasons, the likelier."""
        return len(self.why), self.alike


def same_as(complaint: Complaint, seen: QuerySet[Complaint]) -> list[Same]:
    """The likeliest first; `seen`: the complaints the person may open."""
    mine = ComplaintWords.objects.filter(pk=complaint.pk).first()
    if mine is None:
        return []
    others = seen.exclude(pk=complaint.pk).select_related("words", "operator")
    exact = Q()
    for name in _EXACT:
        if value := getattr(mine, name):
            exact |= Q(**{f"words__{name}": value})
    found = {each.pk: each for each in others.filter(exact)[:_MOST_READ]} if exact else {}
    found |= {each.pk: each for each in _near(complaint, others)}
    rows = sorted(_judged(mine, found.values()), key=lambda row: row.weight, reverse=True)
    return rows[:_MOST_SHOWN]


def digests(complaint: Complaint) -> dict[str, str]:
    """Keyed digests of order number, e-mail address and telephone; empty where there is none."""
    return {
        "order": _digest("order", squeeze(complaint.order_number)),
        "email": _digest("email", complaint.email.strip().casefold()),
        "phone": _digest("phone", "".join(filter(str.isdigit, complaint.phone))[-8:]),
    }


def _digest(name: str, value: str) -> str:
    return salted_hmac(f"mapae.desk.helpline.{name}", value).hexdigest()[:16] if len(value) > 3 else ""


def _near(complaint: Complaint, others: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Complaints about the same shop within some weeks, the newest of them."""
    if complaint.operator_id:
        others = others.filter(operator_id=complaint.operator_id)
    elif complaint.operator_told:
        others = others.filter(operator=None, operator_told=complaint.operator_told)
    else:
        return others.none()
    first, last = complaint.received_at - _DAYS, complaint.received_at + _DAYS
    return others.filter(received_at__range=(first, last)).order_by("-received_at", "-id")[:_MOST_READ]


def _judged(mine: ComplaintWords, others: Iterable[Any]) -> Iterator[Same]:
    for each in others:
        theirs = each.words
        why = [name for name in _EXACT if getattr(mine, name) == getattr(theirs, name) != ""]
        long = min(len(mine.folded), len(theirs.folded)) >= _SHORTEST
        alike = round(fuzz.ratio(_gist(mine), _gist(theirs), score_cutoff=ALIKE)) if long else 0
        if alike:
            why.append("words")
        if why:
            yield Same(each, tuple(why), alike)


def _gist(row: ComplaintWords) -> str:
    """The longest folded field: what the consumer wrote."""
    return max(row.folded.split("\n"), key=len)

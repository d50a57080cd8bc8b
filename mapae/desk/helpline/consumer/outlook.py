"""What a consumer can be told at once: who is responsible and why, which right until when, what to do about harm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language

from mapae.app.rights import Bought, Counted, rights_of
from mapae.desk import clock
from mapae.desk.helpline.advice import advice, filled, title
from mapae.desk.helpline.intake import responsible_for, shop_of, triaged
from mapae.desk.helpline.models import Complaint
from mapae.desk.law import book, said

__all__ = ["Outlook", "lines", "of_complaint", "outlook", "periods_of"]

_READ = ("text", "alike")  # how an operator was found that nobody told
_GROUNDS = {"withdrawal_7d": "17(1)", "mismatch_3m_30d": "17(3)"}


@dataclass(frozen=True, slots=True)
class Outlook:
    """In the words of the page. last_day: of the right; periods: with the working of each; plain: the seven days without a
    reason that run beside the right because goods differ; hazard: what to do, empty without harm; sure: whether the engine is
    fairly sure of the category (half or more); read_from: the words that named the operator, where it was not told, and how
    sure that is (0 to 1)."""

    category: str
    sure: bool
    responsible: str
    who: str
    why: str
    follows: str
    article: str
    right: str
    right_title: str
    right_says: str
    last_day: date | None
    late: bool
    periods: tuple[Counted, ...]
    plain: Counted | None
    hazard: tuple[str, ...]
    hazard_title: str
    operator: str
    read_from: str
    shop_sure: float


def outlook(text: str, at: datetime, about: Mapping[str, Any]) -> Outlook:
    """Of a form that is not sent yet."""
    found, shop = triaged(text, at, dict(about))
    responsible = responsible_for(found, shop.operator)
    return _told(
        found.category, found.confidence, responsible, found.right, found.last_day, found.hazard,
        str(shop.operator or about.get("operator_told") or ""), found.counted_from, found.known_on, shop_of(shop),
    )  # fmt: skip


def of_complaint(complaint: Complaint) -> Outlook:
    """Of a complaint, as its triage holds now."""
    counted, known = (complaint.triage.get(name) for name in ("counted_from", "known_on"))
    return _told(
        complaint.category, complaint.confidence, complaint.responsible, complaint.right, complaint.last_day,
        complaint.hazard, str(complaint.operator or complaint.operator_told),
        date.fromisoformat(counted) if counted else None, date.fromisoformat(known) if known else None,
        complaint.triage.get("shop") or {},
    )  # fmt: skip


def periods_of(
    right: str, delivered: date | None, known: date | None, last: date | None
) -> tuple[Counted, ...]:
    """The periods that lead to the last day, each with its working; none where law's own count gives another day."""
    if right not in _GROUNDS or delivered is None or last is None:
        return ()
    bought = Bought(_GROUNDS[right], delivered, known_on=known)
    found = rights_of(bought, max(clock.today(), known or delivered), book())
    return found.periods if found.last_day == last else ()


def _plain(right: str, delivered: date | None) -> Counted | None:
    """The period of 17(1) while it still runs beside that of 17(3)."""
    today = clock.today()
    if right != "mismatch_3m_30d" or delivered is None or delivered > today:
        return None
    found = rights_of(Bought("17(1)", delivered), today, book())
    return found.periods[0] if found.may_withdraw == "yes" and found.periods else None


def lines(periods: tuple[Counted, ...]) -> list[dict[str, Any]]:
    """Each period for the page: title, article, first day, last day, the working line by line."""
    language = (get_language() or "ko")[:2]
    return [
        {
            "title": said(advice("periods")[each.key]),
            "provision": each.provision,
            "start": each.start,
            "end": each.end,
            "working": [(step.text(language), step.counted) for step in each.deadline.working],
        }
        for each in periods
    ]


def _told(
    category: str, confidence: float, responsible: str, right: str, last: date | None, hazard: bool, operator: str,
    delivered: date | None, known: date | None, shop: Mapping[str, Any],
) -> Outlook:  # fmt: skip
    who = advice("responsible").get(responsible) or advice("responsible")["not_ours"]
    row = advice("rights").get(right) or advice("rights")["none"]
    harm = advice("hazard")
    return Outlook(
        title("categories", category), confidence >= 0.5, responsible, said(who["title"]), filled(who["why"]),
        filled(who["next"]), who["article"], right, said(row["title"]), said(row["says"]), last,
        last is not None and last < clock.today(), periods_of(right, delivered, known, last), _plain(right, delivered),
        tuple(said(step) for step in harm["steps"]) if hazard else (), said(harm["title"]), operator,
        str(shop.get("seen", "")) if shop.get("how") in _READ else "", float(shop.get("sure", 0)),
    )  # fmt: skip

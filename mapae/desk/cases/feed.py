"""Due dates as a calendar (iCalendar, RFC 5545) under an address that only its person has.

The address leaves the desk for a calendar program, perhaps abroad: the feed thus names case numbers and clocks, and no
operator, seller or person. A new address makes the old one void.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases import due
from mapae.desk.cases.models import CalendarLink, Due
from mapae.desk.law import book, said
from mapae.desk.scope import cases_for
from mapae.workflow.clocks import clock_kinds

__all__ = ["feed_of", "new_token", "person_of", "token_of"]

_SIGNER = Signer(salt="mapae.desk.calendar", sep=".")
_PAST = timedelta(days=90)


def token_of(user: User) -> str:
    """The person's token, the same until a new one is made."""
    found, _made = CalendarLink.objects.get_or_create(user=user)
    return _SIGNER.sign(f"{user.pk}.{found.number}")


def new_token(user: User) -> str:
    """A new token; addresses with older ones are void."""
    found, _made = CalendarLink.objects.get_or_create(user=user)
    found.number += 1
    found.save(update_fields=["number"])
    return token_of(user)


def person_of(token: str) -> User | None:
    """Whose token it is; None for a forged or void one, and where the person no longer works on cases."""
    try:
        pk, number = _SIGNER.unsign(token).split(".")
    except (BadSignature, ValueError):
        return None
    live = User.objects.filter(pk=pk, is_active=True, role="officer")
    return live.filter(calendar_link__number=number).first()


def feed_of(user: User) -> bytes:
    """The calendar: a whole-day entry for each running clock of the person's own live cases."""
    due.refresh_stale()
    found = Calendar()
    found.add("prodid", "-//Mapae//desk//")
    found.add("version", "2.0")
    found.add("x-wr-calname", _("Due dates"))
    cases = cases_for(user).filter(owner=user).exclude(state="closed")
    recent = Due.objects.filter(case__in=cases, due__gte=clock.today() - _PAST, paused=False)
    for each in recent.select_related("case").order_by("due", "pk"):
        found.add_component(_entry(each))
    written: bytes = found.to_ical()
    return written


def _entry(row: Due) -> Event:
    kind = clock_kinds(book())[row.key]
    sort = _("statutory") if row.statutory else _("target, not law")
    entry = Event()
    entry.add("uid", f"{row.case_id}-{row.key}-{row.ref}@mapae")
    entry.add("summary", f"{row.case.number} · {said(kind.title)} ({sort})")
    entry.add("dtstamp", clock.now())
    entry.add("dtstart", row.due)
    entry.add("dtend", _next(row.due))
    entry.add("url", settings.PUBLIC_URL.rstrip("/") + reverse("case", args=(row.case.number,)))
    entry.add("transp", "TRANSPARENT")
    return entry


def _next(day: date) -> date:
    return day + timedelta(days=1)

"""Personal data behind a one-time code: who asked for the page by its link alone sees the status and nothing else."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.events import locked, log
from mapae.desk.helpline.models import Complaint, OneTimeCode
from mapae.desk.helpline.telling import reachable, send_code

__all__ = ["HOLDS", "MINUTES", "TRIES", "ask_code", "is_open", "make_pin", "open_with", "opened", "shut"]

MINUTES = timedelta(minutes=10)  # a code holds
HOLDS = timedelta(minutes=30)  # a page stays open
PIN_HOLDS = timedelta(days=3 * 366)
TRIES = 5
_AN_HOUR = 3600


def is_open(request: HttpRequest, complaint: Complaint) -> bool:
    """Whether this browser gave a code, or filed the complaint, within the last half hour."""
    until = request.session.get(_key(complaint))
    return isinstance(until, float) and clock.now().timestamp() < until


def opened(request: HttpRequest, complaint: Complaint) -> None:
    """This browser may see it for a while."""
    request.session[_key(complaint)] = (clock.now() + HOLDS).timestamp()


def shut(request: HttpRequest, complaint: Complaint) -> None:
    """End it before its time."""
    request.session.pop(_key(complaint), None)


def make_pin(complaint: Complaint) -> str:
    """A number of eight digits for who left no contact, shown once; it takes the place of codes."""
    pin = f"{secrets.randbelow(10**8):08d}"
    now = clock.now()
    OneTimeCode.objects.create(
        complaint=complaint, digest=make_password(pin), channel="pin", made_at=now, expires_at=now + PIN_HOLDS
    )
    return pin


def ask_code(complaint: Complaint) -> str:
    """Send a new code to the consumer's own contact; the channel. Refused where there is none, or too many were asked."""
    channel = reachable(complaint)
    if not channel:
        raise Refused(
            _("You left no e-mail or phone. Enter the number you were shown when you sent the complaint.")
        )
    if _counted(complaint, "asked") > TRIES:
        raise Refused(_("Too many codes were asked for. Try again in an hour."))
    code, now = f"{secrets.randbelow(10**6):06d}", clock.now()
    with transaction.atomic():
        complaint.codes.exclude(channel="pin").filter(used_at__isnull=True).update(expires_at=now)
        made = OneTimeCode.objects.create(
            complaint=complaint,
            digest=make_password(code),
            channel=channel,
            made_at=now,
            expires_at=now + MINUTES,
        )
        send_code(complaint, code, str(made.pk))
    return channel


def open_with(request: HttpRequest, complaint: Complaint, told: str) -> None:
    """Open the page with a code or the number; Refused for a wrong one, and after too many tries."""
    plain = "".join(char for char in told if char.isdigit())[:8]
    if _counted(complaint, "tried") > 4 * TRIES:
        raise Refused(_("Too many tries. Try again in an hour."))
    left = 0
    with transaction.atomic():
        held, now = locked(complaint), clock.now()
        rows = held.codes.select_for_update().filter(expires_at__gt=now, used_at__isnull=True)
        for row in rows.order_by("-pk"):
            if row.channel != "pin" and row.tries >= TRIES:
                continue
            row.tries += 1
            right = check_password(plain, row.digest)
            if right and row.channel != "pin":
                row.used_at = now
            row.save(update_fields=["tries", "used_at"])
            left += TRIES if row.channel == "pin" else TRIES - row.tries
            if right:
                log(held, "opened", None, channel=row.channel)
                opened(request, complaint)
                return
    if complaint.codes.filter(channel="pin").exists() and not reachable(complaint):
        raise Refused(
            _("The number is wrong. It has eight digits; you were shown it when you sent the complaint.")
        )
    if not left:
        raise Refused(_("No code holds any more. Have a new one sent to you."))
    raise Refused(_("The code is wrong. You can try %(left)s more times.") % {"left": left})


def _key(complaint: Complaint) -> str:
    return f"help-{complaint.pk}"


def _counted(complaint: Complaint, what: str) -> int:
    """How often within the hour."""
    key = f"help-{what}-{complaint.pk}"
    cache.add(key, 0, _AN_HOUR)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ended between the two calls
        return 1

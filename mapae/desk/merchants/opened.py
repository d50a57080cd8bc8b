"""Pages behind a secret address (of a merchant's report, of a rights holder): opened with the number that was shown once."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from django.contrib.auth.hashers import check_password
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.links import digest
from mapae.desk.merchants.models import MerchantReport

__all__ = ["find", "is_open", "open_with", "opened", "shut"]

HOLDS = timedelta(minutes=30)
TRIES, PAUSE = 8, timedelta(hours=1)
Kept = TypeVar("Kept", bound=models.Model)  # has code_digest, tries, tried_at


def find(link: str) -> MerchantReport | None:
    """The report of that secret address, if there is one."""
    found = MerchantReport.objects.filter(link_digest=digest(link))
    return found.select_related("operator", "body", "case").first()


def is_open(request: HttpRequest, kept: Kept) -> bool:
    """Whether this browser gave the number, or sent the form, within the last half hour."""
    until = request.session.get(_key(kept))
    return isinstance(until, float) and clock.now().timestamp() < until


def opened(request: HttpRequest, kept: Kept) -> None:
    """This browser may see it for a while."""
    request.session[_key(kept)] = (clock.now() + HOLDS).timestamp()


def shut(request: HttpRequest, kept: Kept) -> None:
    """End it before its time."""
    request.session.pop(_key(kept), None)


def open_with(request: HttpRequest, kept: Kept, told: str) -> None:
    """Open the page with the number. Refused for a wrong one, and for an hour after too many."""
    plain = "".join(char for char in told if char.isdigit())[:8]
    with transaction.atomic():
        held, now = type(kept)._default_manager.select_for_update(of=("self",)).get(pk=kept.pk), clock.now()
        rested = held.tried_at is None or now - held.tried_at > PAUSE
        held.tries, held.tried_at = (1 if rested else held.tries + 1), now
        right = held.tries <= TRIES and check_password(plain, held.code_digest)
        held.tries = 0 if right else held.tries
        held.save(update_fields=["tries", "tried_at"])
    if not right:
        few = held.tries <= TRIES
        raise Refused(_("The number is wrong.") if few else _("Too many tries. Try again in an hour."))
    opened(request, kept)


def _key(kept: Kept) -> str:
    return f"{kept._meta.model_name}-{kept.pk}"

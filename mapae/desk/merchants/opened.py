"""The page behind a merchant's secret address: the state for whoever holds it, words and messages behind the number."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.links import digest
from mapae.desk.merchants.events import locked
from mapae.desk.merchants.models import MerchantReport

__all__ = ["find", "is_open", "open_with", "opened", "shut"]

HOLDS = timedelta(minutes=30)
TRIES, PAUSE = 8, timedelta(hours=1)


def find(link: str) -> MerchantReport | None:
    """The report of that secret address, if there is one."""
    found = MerchantReport.objects.filter(link_digest=digest(link))
    return found.select_related("operator", "body", "case").first()


def is_open(request: HttpRequest, report: MerchantReport) -> bool:
    """Whether this browser gave the number, or sent the report, within the last half hour."""
    until = request.session.get(f"merchant-{report.pk}")
    return isinstance(until, float) and clock.now().timestamp() < until


def opened(request: HttpRequest, report: MerchantReport) -> None:
    """This browser may see it for a while."""
    request.session[f"merchant-{report.pk}"] = (clock.now() + HOLDS).timestamp()


def shut(request: HttpRequest, report: MerchantReport) -> None:
    """End it before its time."""
    request.session.pop(f"merchant-{report.pk}", None)


def open_with(request: HttpRequest, report: MerchantReport, told: str) -> None:
    """Open the page with the number. Refused for a wrong one, and for an hour after too many."""
    plain = "".join(char for char in told if char.isdigit())[:8]
    with transaction.atomic():
        held, now = locked(report), clock.now()
        rested = held.tried_at is None or now - held.tried_at > PAUSE
        held.tries, held.tried_at = (1 if rested else held.tries + 1), now
        right = held.tries <= TRIES and check_password(plain, held.code_digest)
        held.tries = 0 if right else held.tries
        held.save(update_fields=["tries", "tried_at"])
    if not right:
        wrong = (
            _("The number is wrong.") if held.tries <= TRIES else _("Too many tries. Try again in an hour.")
        )
        raise Refused(wrong)
    opened(request, report)

"""What a platform's agent says to a report that its merchant let it be told: kept sealed, read by officers only."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import Refused
from mapae.desk.merchants.events import locked, log
from mapae.desk.merchants.models import Disclosure, DisclosureReply
from mapae.desk.merchants.share import told_as
from mapae.desk.scope import operators_for

__all__ = ["LONGEST", "MOST", "replies_of", "reply"]

LONGEST = 4000  # characters
MOST = 20  # replies to one report


def reply(user: User, code: str, text: str) -> DisclosureReply | None:
    """The agent's word on what is told under that code; the merchant is told that there is one, not what it says.

    None where nothing is told to the person under that code. Refused where nothing is said, the report is closed, or
    enough was said.
    """
    with transaction.atomic():
        found = told_as(operators_for(user), code)
        if found is None:
            return None
        report, disclosure = locked(found[0]), found[1]
        if not text.strip():
            raise Refused(_("Write your reply."), where=code)
        if report.state == "closed":
            raise Refused(_("The report is closed."), where=code)
        if disclosure.replies.count() >= MOST:
            raise Refused(_("No more than %(most)s replies to one report.") % {"most": MOST}, where=code)
        made = DisclosureReply.objects.create(
            disclosure=disclosure, by=user, text=text.strip()[:LONGEST], at=clock.now()
        )
        log(report, "platform_replied", user, role="agent")
    return made


def replies_of(user: User, disclosure: Disclosure) -> list[DisclosureReply]:
    """What the person's firm has said to it."""
    return list(disclosure.replies.filter(by__firm=user.firm_id).select_related("by"))

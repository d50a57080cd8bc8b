"""What the commission decided for a collective: each consumer is told and answers alone, in fifteen days (CON 67, 68)."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.actions._said import day, needed
from mapae.desk.helpline.collectives import hold
from mapae.desk.helpline.models import Collective, Complaint
from mapae.desk.helpline.proposals import accepted_by

__all__ = ["close_answered", "operator_says", "propose", "tally", "unsaid"]


@transaction.atomic
def propose(
    user: User, collective: Collective, text: str, on: date | None = None, performs_by: date | None = None
) -> int:
    """Tell the content to everybody in it, who from here answer each for themselves; how many they are.

    on: the day of the notice; performs_by: until when the business performs.
    """
    found = hold(user, collective, "started")
    words, when = needed(text, _("Write the content of the mediation.")), day(on, since=found.started_on)
    members = list(found.complaints.filter(state="collective").order_by("pk"))
    if not members:
        raise Refused(_("Nobody is left in this collective."), where=found.number)
    found.state = "proposed"
    found.save(update_fields=["state"])
    record(user, "collective_proposed", f"collective:{found.pk}", consumers=len(members))
    for each in members:
        run("propose", user, each, text=words, on=when, performs_by=performs_by)
    return len(members)


@transaction.atomic
def operator_says(user: User, collective: Collective, *, accepts: bool) -> int:
    """Write the business's word for every consumer to whom it has not answered itself; how many."""
    found = hold(user, collective, "proposed")
    members = unsaid(found)
    for each in members:
        run("accept_proposal" if accepts else "decline_proposal", user, each, party="operator")
    close_answered()
    return len(members)


def unsaid(collective: Collective) -> list[Complaint]:
    """The complaints of consumers that the business has not answered yet."""
    waiting = collective.complaints.filter(state="proposed").order_by("pk")
    return [each for each in waiting if "operator" not in accepted_by(each)]


def tally(collective: Collective) -> list[tuple[str, int]]:
    """(outcome, how many consumers); an empty outcome: still to answer."""
    rows = collective.complaints.values_list("outcome", flat=True)
    return sorted(Counter(rows).items())


def close_answered() -> None:
    """Close each collective whose last answer has come: mediated where it is for anybody in it."""
    open_ones = Complaint.objects.exclude(state="closed").filter(collective=OuterRef("pk"))
    for each in Collective.objects.filter(~Exists(open_ones), state="proposed"):
        mediated = each.complaints.filter(outcome="mediated").exists()
        each.state, each.outcome = "closed", "mediated" if mediated else "mediation_failed"
        each.save(update_fields=["state", "outcome"])
        consumers = each.complaints.count()
        record(None, "collective_ended", f"collective:{each.pk}", outcome=each.outcome, consumers=consumers)

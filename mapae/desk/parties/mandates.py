"""Appoints, replaces and ends agents. Whom a mandate covers decides what its people see, so open items change hands by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases.models import CaseItem, Evidence
from mapae.desk.parties.models import AgentFirm, Mandate, Operator, ServiceConsent
from mapae.desk.parties.titles import table
from mapae.errors import InputError

__all__ = ["appoint", "consent", "end", "handed_over", "report", "withdraw_consent"]

_OPEN = ("asked", "time_asked", "still_up", "relisted", "changed")


@transaction.atomic
def appoint(
    user: User,
    operator: Operator,
    firm: AgentFirm,
    *,
    regime: str,
    starts_on: date,
    ends_on: date | None = None,
    scope: Sequence[str] = (),
    in_writing: bool = True,
    document: Evidence | None = None,
    replaces: Mandate | None = None,
) -> Mandate:
    """A new mandate; the one it replaces ends the day before. Consents to electronic service do not pass over."""
    if regime not in table("regimes") or not set(scope) <= set(table("scopes")):
        raise InputError(_("Choose a law and tasks of the list."))
    if ends_on is not None and ends_on < starts_on:
        raise InputError(_("The last day lies before the first."))
    if replaces is not None:
        _replace(user, replaces, operator, regime, starts_on)
    made = Mandate.objects.create(
        firm=firm, operator=operator, regime=regime, scope=list(scope), starts_on=starts_on, ends_on=ends_on,
        in_writing=in_writing, document=document, replaces=replaces,
    )  # fmt: skip
    record(user, "mandate", f"operator:{operator.pk}", mandate=made.pk, firm=firm.pk, regime=regime)
    return made


def _replace(user: User, old: Mandate, operator: Operator, regime: str, starts_on: date) -> None:
    if (old.operator_id, old.regime) != (operator.pk, regime):
        raise InputError(_("A mandate replaces one of the same operator under the same law."))
    if starts_on <= old.starts_on:
        raise InputError(_("The new mandate must begin after the one it replaces."))
    if old.ends_on is None or old.ends_on >= starts_on:
        _end(user, old, starts_on - timedelta(days=1))


@transaction.atomic
def end(user: User, mandate: Mandate, last_day: date) -> None:
    """The mandate holds up to that day; from the next its people see nothing of the operator."""
    if last_day < mandate.starts_on:
        raise InputError(_("The last day lies before the first."))
    _end(user, mandate, last_day)


def _end(user: User, mandate: Mandate, last_day: date) -> None:
    mandate.ends_on = last_day
    mandate.save(update_fields=["ends_on"])
    record(user, "mandate_ended", f"operator:{mandate.operator_id}", mandate=mandate.pk)


@transaction.atomic
def report(user: User, mandate: Mandate, *, reported_on: date | None, published_on: date | None) -> None:
    """When the operator reported the agent to the authority and when it published it (ECA 20-5(3): in that order)."""
    mandate.reported_on, mandate.published_on = reported_on, published_on
    mandate.save(update_fields=["reported_on", "published_on"])
    record(user, "mandate_reported", f"operator:{mandate.operator_id}", mandate=mandate.pk)


@transaction.atomic
def consent(
    user: User, mandate: Mandate, *, channel: str, address: str, on: date, document: Evidence | None = None
) -> ServiceConsent:
    """Record the consent to electronic service at a designated address (Administrative Procedures Act 14)."""
    if channel not in ("email", "portal") or not address.strip():
        raise InputError(_("Give the channel and the address that was designated."))
    if channel == "email" and "@" not in address:
        raise InputError(_("That is no e-mail address."))
    made = ServiceConsent.objects.create(
        operator=mandate.operator, mandate=mandate, channel=channel, address=address.strip()[:200],
        consented_on=on, document=document,
    )  # fmt: skip
    record(user, "consent", f"operator:{mandate.operator_id}", consent=made.pk, channel=channel)
    return made


@transaction.atomic
def withdraw_consent(user: User, given: ServiceConsent, on: date) -> None:
    """From that day nothing is served electronically by this consent."""
    given.withdrawn_on = on
    given.save(update_fields=["withdrawn_on"])
    record(user, "consent_withdrawn", f"operator:{given.operator_id}", consent=given.pk)


def handed_over(operator: Operator) -> int:
    """Items that were asked about and are not settled: whoever holds the live mandate answers them; their clocks run on."""
    open_items = CaseItem.objects.filter(case__operator=operator, state__in=_OPEN)
    return open_items.count()

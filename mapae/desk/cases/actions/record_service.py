"""Record what became of a service: delivered, served or failed, on a day, with its proof."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action
from mapae.desk.cases.models import Case, Evidence
from mapae.desk.documents.models import Service
from mapae.desk.documents.outbox import cancel
from mapae.desk.documents.service import effective_on, mark_delivered, mark_failed, mark_served

__all__ = ["record_service"]

OUTCOMES = ("delivered", "served", "failed")


@action("record_service")
def record_service(
    user: User,
    case: Case | None,
    *,
    service: Service,
    outcome: str,
    on: date | None = None,
    proof: Evidence | None = None,
    detail: str = "",
) -> Service:
    """outcome: delivered (it arrived, by whom it was taken is not known yet), served (it took effect: needs proof), failed
    (needs detail). on: the day, today where it is left out; never before it was sent, never in the future."""
    assert case is not None
    found = (
        Service.objects.select_for_update(of=("self",))
        .select_related("document__case")
        .get(pk=service.pk, document__case=case)
    )
    moment = _moment(found, on or clock.today())
    _refuse(found, outcome, moment.date(), proof, detail)
    if proof is not None:
        found.proof = proof
    if detail and outcome != "failed":
        found.detail = detail[:300]
    found.save(update_fields=["proof", "detail"])
    if outcome == "failed":
        if not cancel(found):
            raise Refused(
                _("It is just being sent; try again in a few minutes."), where=found.document.code, mend=""
            )
        mark_failed(found, moment, user, detail)
    elif outcome == "delivered":
        mark_delivered(found, moment, user)
    else:
        mark_served(found, moment, user)
    return found


def _moment(service: Service, on: date) -> datetime:
    """This moment for today; noon, Korean time, of an earlier day (but not before it was sent)."""
    now = clock.now()
    if on == clock.today():
        return timezone.localtime(now)
    noon = timezone.make_aware(datetime.combine(on, time(12)))
    if service.sent_at and timezone.localtime(service.sent_at).date() == on:
        return timezone.localtime(max(noon, service.sent_at))
    return timezone.localtime(noon)


def _refuse(service: Service, outcome: str, on: date, proof: Evidence | None, detail: str) -> None:
    where = service.document.code
    if outcome not in OUTCOMES:
        raise Refused(_("Say whether it was delivered, served or has failed."), where=where, mend="")
    if service.served_at or service.failed_at:
        raise Refused(_("This service has ended already."), where=where, mend="")
    if service.sent_at is None and outcome != "failed":
        raise Refused(_("It has not been sent yet."), where=where, mend="")
    if on > clock.today():
        raise Refused(_("The day lies in the future."), where=where, mend="")
    if service.sent_at and on < timezone.localtime(service.sent_at).date():
        raise Refused(_("The day lies before the day it was sent."), where=where, mend="")
    if outcome == "served" and proof is None and service.proof is None:
        raise Refused(
            _("Service needs its proof: a receipt, a return slip, a confirmation."), where=where, mend=""
        )
    if outcome == "failed" and not detail.strip():
        raise Refused(_("Say why it failed."), where=where, mend="")
    if outcome == "served" and service.channel == "public_notice":
        _refuse_early(service, on)


def _refuse_early(service: Service, on: date) -> None:
    assert service.sent_at is not None
    day = effective_on(timezone.localtime(service.sent_at).date())
    if on < day:
        raise Refused(
            _("A public notice takes effect on %(day)s.") % {"day": day.isoformat()},
            where=service.document.code,
            mend="",
        )

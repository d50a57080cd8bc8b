"""Service of documents: sent, delivered and served are three moments; only the last starts clocks (APA 14, 15)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases.actions._action import log
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document, Service
from mapae.desk.documents.wording import wording
from mapae.desk.law import book
from mapae.desk.parties.models import ServiceConsent
from mapae.law.calendar import civil_days
from mapae.workflow import item_after

__all__ = [
    "channels", "consent_for", "document_served", "effective_on", "mark_delivered", "mark_failed", "mark_sent",
    "mark_served", "settle_public_notices", "under_way",
]  # fmt: skip

document_served = (
    Signal()
)  # sender: Document; document, service: sent inside the transaction, after the event


def channels() -> Mapping[str, Mapping[str, Any]]:
    """The ways of service the pack knows, by key."""
    found: Mapping[str, Mapping[str, Any]] = wording("service")["channels"]
    return found


def consent_for(document: Document, channel: str, on: date) -> ServiceConsent | None:
    """The newest consent to that channel that holds on the day; one given with a mandate holds no longer than that."""
    found = ServiceConsent.objects.filter(operator=document.case.operator, channel=channel)
    for consent in found.select_related("mandate").order_by("-consented_on", "-id"):
        if consent.holds(on) and (consent.mandate is None or consent.mandate.live(on)):
            return consent
    return None


def under_way(document: Document) -> Service | None:
    """A service that has neither failed nor taken effect."""
    return document.services.filter(failed_at__isnull=True, served_at__isnull=True).first()


def effective_on(posted: date) -> date:
    """The day a public notice takes effect: when the days law names have passed; the day of posting is not counted."""
    days = book().value(channels()["public_notice"]["days"], posted)
    return civil_days(posted, int(days)).end + timedelta(days=1)


def mark_sent(service: Service, at: datetime, actor: User | None) -> None:
    """It has left the desk. The caller holds the case's lock."""
    service.sent_at = at
    service.save(update_fields=["sent_at"])
    document = service.document
    log(
        document.case,
        "sent",
        actor,
        ref=document.code,
        channel=service.channel,
        service=service.pk,
        **_day(at),
    )


def mark_delivered(service: Service, at: datetime, actor: User | None) -> None:
    """It has arrived at the addressee's place."""
    service.delivered_at = at
    service.save(update_fields=["delivered_at"])
    document = service.document
    log(
        document.case,
        "delivered",
        actor,
        ref=document.code,
        channel=service.channel,
        service=service.pk,
        **_day(at),
    )


def mark_served(service: Service, at: datetime, actor: User | None) -> None:
    """It has taken effect: the event that starts clocks; items of the document are asked about from now."""
    document = service.document
    service.served_at = at
    service.delivered_at = service.delivered_at or at
    service.save(update_fields=["served_at", "delivered_at"])
    document.state, document.served_at = "served", at
    document.save(update_fields=["state", "served_at"])
    asked = []
    for item in document.items.all():
        if after := item_after(item.state, "served"):
            item.state = after
            item.save(update_fields=["state"])
            asked.append(item.pk)
    log(
        document.case, "served", actor, ref=document.code, channel=service.channel, service=service.pk,
        document_kind=document.kind, items=asked, **_day(at),
    )  # fmt: skip
    document_served.send(Document, document=document, service=service)


def mark_failed(service: Service, at: datetime, actor: User | None, detail: str) -> None:
    """It could not be served this way; the document waits for another."""
    service.failed_at, service.detail = at, detail[:300]
    service.save(update_fields=["failed_at", "detail"])
    document = service.document
    if document.state == "sent":
        document.state = "approved"
        document.save(update_fields=["state"])
    log(
        document.case, "service_failed", actor, ref=document.code, channel=service.channel, service=service.pk
    )


def settle_public_notices(now: datetime) -> int:
    """Serve every public notice whose days have passed; how many. Each in its own transaction, once."""
    today = timezone.localtime(now).date()
    waiting = Service.objects.filter(
        channel="public_notice", sent_at__isnull=False, served_at__isnull=True, failed_at__isnull=True
    )
    return sum(_settle(pk, today) for pk in list(waiting.values_list("pk", flat=True)))


def _settle(pk: int, today: date) -> bool:
    with transaction.atomic():
        service = Service.objects.select_related("document").get(pk=pk)
        case = Case.objects.select_for_update().get(pk=service.document.case_id)
        service.refresh_from_db()
        if service.sent_at is None or service.served_at or service.failed_at:
            return False
        day = effective_on(timezone.localtime(service.sent_at).date())
        if today < day:
            return False
        mark_served(service, timezone.make_aware(datetime.combine(day, time())), None)
        record("outbox", "served_by_notice", f"case:{case.pk}", service=service.pk)
        return True


def _day(at: datetime) -> dict[str, str]:
    """The day it happened, for events that are recorded later."""
    return {"on": timezone.localtime(at).date().isoformat()}

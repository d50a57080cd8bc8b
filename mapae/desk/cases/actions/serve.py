"""Serve an approved document in a lawful way; what must leave is written into the outbox in the same transaction."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.actions.draft import refuse_unless_open
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document, Service
from mapae.desk.documents.outbox import put
from mapae.desk.documents.service import channels, consent_for, mark_sent, mark_served, under_way
from mapae.desk.documents.wording import wording
from mapae.desk.law import book
from mapae.desk.parties.models import ServiceConsent
from mapae.workflow import document_kinds

__all__ = ["serve"]


@action("serve")
def serve(
    user: User, case: Case | None, *, document: Document, channel: str, address: str = "", because: str = ""
) -> Service:
    """Begin service. E-mail and portal go to the designated address of a consent that holds today; post and delivery to
    `address`; public notice says `because` (a ground of the pack) and `address` where it was posted.

    Portal: placed, and so served, at once. E-mail: handed over by the outbox. Post, delivery: sent today; arrival is
    recorded by `record_service`. Public notice: posted today, served when the days of law have passed.
    """
    assert case is not None
    found = _ready(user, case, document)
    rule = channels().get(channel)
    if rule is None:
        raise Refused(_("There is no such way of service."), where=found.code, mend="")
    consent = _consent(found, channel) if rule["consent"] else None
    place = consent.address if consent else address.strip()
    if not place:
        raise Refused(_("Say to which address, or where it was posted."), where=found.code, mend="")
    service = Service.objects.create(
        document=found,
        channel=channel,
        address=place[:300],
        consent=consent,
        detail=_detail(found, channel, because),
    )
    found.state = "sent"
    found.save(update_fields=["state"])
    log(case, "service_begun", user, ref=found.code, channel=channel, service=service.pk)
    _begin(service, user)
    return service


def _begin(service: Service, user: User) -> None:
    now = clock.now()
    if service.channel == "email":
        put(
            f"service:{service.pk}",
            "email",
            service.address,
            {"document": service.document.code},
            service=service,
        )
        return
    mark_sent(service, now, user)
    if service.channel == "portal":
        mark_served(service, now, user)


def _ready(user: User, case: Case, document: Document) -> Document:
    found = Document.objects.select_for_update().get(pk=document.pk, case=case)
    if found.state != "approved":
        reason = (
            _("It is already being served.")
            if found.state in ("sent", "served")
            else _("It is not approved yet.")
        )
        raise Refused(reason, where=found.code, mend="")
    if found.body_id != user.body_id:
        raise Refused(_("Another body issues this document."), where=found.code, mend="")
    if under_way(found):
        raise Refused(_("It is already being served."), where=found.code, mend="")
    kind, items = document_kinds(book())[found.kind], list(found.items.all())
    refuse_unless_open(kind, case, user, items, confirmed=bool(found.content.get("confirmed")))
    return found


def _consent(document: Document, channel: str) -> ServiceConsent:
    consent = consent_for(document, channel, clock.today())
    if consent is None:
        raise Refused(
            _("Nobody has consented to service this way; use post, delivery or public notice."),
            where=document.code,
            mend="",
        )
    return consent


def _detail(document: Document, channel: str, because: str) -> str:
    if channel != "public_notice":
        return ""
    grounds: dict[str, Any] = wording("service")["public_notice_grounds"]
    if because not in grounds:
        raise Refused(_("Public notice needs its ground."), where=document.code, mend="")
    return because

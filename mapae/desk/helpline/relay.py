"""Passes on what is written to a complaint's relay address: kept sealed, and sent to the consumer's own e-mail."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.utils import getaddresses

from django.db import transaction

from mapae.desk.documents.outbox import put
from mapae.desk.fields import seal
from mapae.desk.helpline.events import locked, log
from mapae.desk.helpline.models import Complaint, ComplaintEvent
from mapae.desk.helpline.telling import PREFIX

__all__ = ["meant", "pass_on"]

_LOCAL = re.compile(r"r[0-9a-f]{16}")
_HEADERS = ("To", "Cc", "Delivered-To", "X-Original-To")
_MOST = 8000


def meant(mail: EmailMessage) -> Complaint | None:
    """The complaint to whose relay address the message was sent; None for any other message."""
    told = [str(value) for name in _HEADERS for value in mail.get_all(name, [])]
    for _name, address in getaddresses(told):
        local = address.partition("@")[0].lower()
        if _LOCAL.fullmatch(local) and (found := Complaint.objects.filter(relay=local).first()):
            return found
    return None


def pass_on(complaint: Complaint, sender: str, text: str, digest: str) -> ComplaintEvent:
    """Keep the message with the complaint and put it into the outbox for the consumer, once for each digest of a message."""
    with transaction.atomic():
        held = locked(complaint)
        made = log(
            held, "mail_received", None, role="desk", ref=digest[:16], told=f"{sender}\n{text}"[:_MOST]
        )
        if held.email:
            put(
                f"helpline:{held.pk}:relay:{digest[:32]}", "email", f"{PREFIX}{held.pk}:email",
                {"kind": "relay", "secret": seal(f"{sender}\n{text}"[:_MOST])},
            )  # fmt: skip
    return made

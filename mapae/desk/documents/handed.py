"""What a hand-over means for the service it belongs to: sent, perhaps served at once, or failed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.documents.models import Outbox
from mapae.desk.documents.service import mark_failed, mark_sent, mark_served, under_way
from mapae.errors import UsageError

__all__ = ["after_failure", "after_hand_over", "before_retry"]


def after_hand_over(row: Outbox, now: datetime, user: User | None) -> None:
    """The mail server took it: sent. Served only where the desk is told that this server is the designated computer."""
    service = row.service
    if service is None or service.served_at:
        return
    mark_sent(service, now, user)
    if settings.MAIL.arrives == "accepted":
        mark_served(service, now, user)


def after_failure(row: Outbox, now: datetime) -> None:
    """Nothing more is tried: the service has failed, and another way is open."""
    if row.service is not None and row.service.failed_at is None:
        mark_failed(row.service, now, None, row.last_error)


def before_retry(row: Outbox) -> None:
    """The service is under way again, unless the document has gone another way meanwhile."""
    service = row.service
    if service is None:
        return
    document = service.document
    if document.state != "approved" or under_way(document):
        raise UsageError(_("The document has gone another way meanwhile."), where=document.code, mend="")
    service.failed_at, service.detail = None, ""
    service.save(update_fields=["failed_at", "detail"])
    document.state = "sent"
    document.save(update_fields=["state"])

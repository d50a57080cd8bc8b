"""Tells webhook endpoints of events: written into the outbox in the event's own transaction, to whoever may see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.db.models.signals import post_save

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.accounts.tokens import scopes_for
from mapae.desk.api.models import Delivery, Endpoint
from mapae.desk.cases.models import CaseEvent
from mapae.desk.scope import cases_for, documents_for, items_for

__all__ = ["FOR_AGENTS", "PING", "Told", "events", "listen", "tell", "told_of"]

PING = "ping"
_GONE = "answered 410"  # what the outbox keeps where the address says never again


@dataclass(frozen=True, slots=True)
class Told:
    """An event as receivers know it. agents: whether an operator's people are told."""

    name: str
    agents: bool
    means: dict[str, str]


@cache
def events() -> dict[str, Told]:
    """Kind of case event → how it is told."""
    rows = yaml.safe_load(files("mapae.desk.api").joinpath("events.yaml").read_text("utf-8"))
    return {kind: Told(**row) for kind, row in rows.items()}


FOR_AGENTS = frozenset(kind for kind, told in events().items() if told.agents)


def listen() -> None:
    """Hear every new event of a case."""
    post_save.connect(_heard, sender=CaseEvent, dispatch_uid="api.telling")


def told_of(user: User) -> list[str]:
    """Names of the events that the person can be told of."""
    return [told.name for told in events().values() if told.agents or user.role == "officer"]


def tell(endpoint: Endpoint, key: str, event: str, data: dict[str, Any]) -> Delivery:
    """Write one message, in the caller's transaction. key: names the message among those of the endpoint."""
    from mapae.desk.documents.webhook import announce  # with an HTTP client: not for a start

    row = announce(f"{endpoint.pk}:{key}", endpoint.url, endpoint.secret, event, data)
    about = {"endpoint": endpoint, "event": event, "made_at": clock.now()}
    return Delivery.objects.get_or_create(outbox=row, defaults=about)[0]


def _heard(sender: object, instance: CaseEvent, created: bool, **_more: Any) -> None:
    told = events().get(instance.kind)
    if told is None or not created:
        return
    for endpoint in Endpoint.objects.filter(ended_at__isnull=True).select_related("owner").order_by("pk"):
        wanted = not endpoint.events or told.name in endpoint.events
        if wanted and _sees(endpoint.owner, instance, told) and not _gone(endpoint):
            tell(endpoint, str(instance.pk), told.name, _data(instance))


def _sees(user: User, event: CaseEvent, told: Told) -> bool:
    """Whether the person may know of the event: an open account, the scope, the case, and for firms what they were served."""
    if not user.is_active or "hooks" not in scopes_for(user):
        return False
    if not cases_for(user).filter(pk=event.case_id).exists():
        return False
    if user.role == "officer":
        return True
    item = event.item_id is None or items_for(user).filter(pk=event.item_id).exists()
    letter = not event.ref or documents_for(user).filter(code=event.ref).exists()
    return told.agents and item and letter


def _gone(endpoint: Endpoint) -> bool:
    """Whether the address said 410; then nothing more goes there."""
    if not endpoint.deliveries.filter(outbox__state="failed", outbox__last_error=_GONE).exists():
        return False
    Endpoint.objects.filter(pk=endpoint.pk).update(ended_at=clock.now())
    return True


def _data(event: CaseEvent) -> dict[str, Any]:
    return {
        "case": event.case.number,
        "operator": event.case.operator.key,
        "seq": event.seq,
        "at": event.at.isoformat(),
        "on": event.on.isoformat(),
        "item": event.item_id,
        "document": event.ref or None,
    }

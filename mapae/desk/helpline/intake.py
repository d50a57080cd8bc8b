"""Takes a complaint in, whichever way it came: numbered, triaged by the engine, written down."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mapae.app.triage import Triaged, triage
from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import Refused
from mapae.desk.cases.models import Evidence
from mapae.desk.helpline.desk_operators import Meant, find_operator, kind_of, meant
from mapae.desk.helpline.events import locked, log
from mapae.desk.helpline.links import digest, new_link
from mapae.desk.helpline.masking import masked
from mapae.desk.helpline.models import Complaint, ComplaintCount, ComplaintFile
from mapae.desk.numbering import numbered
from mapae.desk.parties.models import Operator

__all__ = [
    "ADVISED",
    "LANGUAGES",
    "added",
    "find_operator",
    "receive",
    "responsible_for",
    "shop_of",
    "triaged",
]

LANGUAGES = ("ko", "en", "zh-hans")
ADVISED = (
    "agent",
    "seller",
    "social_network",
    "domestic",
)  # who can be told at once; all else an officer reads first
_ROLES = {"web": "consumer", "phone": "officer", "email": "consumer", "api": "consumer"}
_MOST_TEXT, _MOST_GIST = 20_000, 4_000
MOST_FILES = 30  # of one complaint


def receive(
    channel: str,
    text: str,
    *,
    language: str = "ko",
    received_at: datetime | None = None,
    files: Iterable[Evidence] = (),
    user: User | None = None,
    **about: Any,
) -> Complaint:
    """A new complaint in state `received`, with its triage and its first event.

    about: operator_told, seller, listing_url, product, order_number, amount, currency, purchased_on, delivered_on, remedy,
    name, email, phone, anonymous; what is not told stays empty. user: the officer who took it in, if one did.
    """
    told = _bounded(about)
    moment = received_at or clock.now()
    found, shop = triaged(text, moment, told)
    with transaction.atomic():
        made = Complaint.objects.create(
            number=numbered(ComplaintCount, "H"), **_linked(), **told, received_at=moment, channel=channel,
            language=language if language in LANGUAGES else "ko", text=text[:_MOST_TEXT],
            gist=masked(text)[:_MOST_GIST], operator=shop.operator, owner=user,
            **_decided(found, shop),
        )  # fmt: skip
        for each in files:
            ComplaintFile.objects.get_or_create(
                complaint=made,
                file=each,
                defaults={"at": clock.now(), "by": _ROLES[channel], "name": each.name[:200]},
            )
        log(made, "received", user, role=_ROLES[channel], channel=channel, language=made.language)
    return made


def added(complaint: Complaint, text: str, files: Iterable[Evidence]) -> None:
    """More from the consumer: words sealed in an event, files kept; nothing of it goes to the agent by itself.

    Refused where the complaint would hold too many files.
    """
    with transaction.atomic():
        held, kept = locked(complaint), list(files)
        if held.files.filter(by="consumer").count() + len(kept) > MOST_FILES:
            raise Refused(
                _("A complaint holds at most %(most)s files.") % {"most": MOST_FILES}, where=held.number
            )
        for each in kept:
            ComplaintFile.objects.get_or_create(
                complaint=held, file=each, defaults={"at": clock.now(), "name": each.name[:200]}
            )
        log(held, "added", None, told=text, files=len(kept))


def triaged(text: str, received_at: datetime, about: dict[str, Any]) -> tuple[Triaged, Meant]:
    """What the engine says of it, and the desk's operator it means: told, by address, or named in the words only."""
    bought, came = about.get("purchased_on"), about.get("delivered_on")
    shop = meant(about.get("operator_told", ""), about.get("listing_url", ""), text)
    record = {
        "text": text,
        "operator": shop.operator.name_en if shop.operator else about.get("operator_told", ""),
        "received_on": timezone.localtime(received_at).date().isoformat(),
        "purchased_on": bought.isoformat() if isinstance(bought, date) else None,
        "delivered_on": came.isoformat() if isinstance(came, date) else None,
    }
    found = triage(record, timezone.localtime(received_at).date(), kind=kind_of(shop.operator))
    if shop.operator is None and (read := find_operator(found.operator or "", "")):
        shop = Meant(read, "text", found.operator or "")
    return found, shop


def shop_of(shop: Meant) -> dict[str, Any]:
    """How the operator was found, as the triage keeps it."""
    return {"how": shop.how, "sure": shop.sure, "seen": shop.seen[:120]}


def responsible_for(found: Triaged, operator: Operator | None) -> str:
    """Who answers for it: as triaged; a service that the desk knows and the pack does not has an agent, or is a network; one
    that sits in Korea answers for itself."""
    if operator is None or found.responsible not in ("agent", "seller"):
        return found.responsible
    if operator.role == "board_provider":
        return "social_network" if found.responsible == "seller" else found.responsible
    return "agent" if operator.overseas else "domestic"


def _decided(found: Triaged, shop: Meant) -> dict[str, Any]:
    """The columns of the triage."""
    plain = asdict(found) | {"shop": shop_of(shop)}
    for name in ("last_day", "counted_from", "known_on"):
        plain[name] = plain[name].isoformat() if plain[name] else None
    return {
        "category": found.category, "confidence": found.confidence, "responsible": responsible_for(found, shop.operator),
        "hazard": found.hazard, "right": found.right, "last_day": found.last_day,
        "reasons": list(plain.pop("reasons")), "triage": plain,
    }  # fmt: skip


def _bounded(about: dict[str, Any]) -> dict[str, Any]:
    """What was told, cut to what the columns hold; a sum only with its currency."""
    limits = {field.name: field.max_length for field in Complaint._meta.concrete_fields if field.max_length}
    told = {
        key: value[: limits.get(key, 2000)] if isinstance(value, str) else value
        for key, value in about.items()
        if value is not None
    }
    if (amount := told.get("amount")) is not None:
        told["amount"], told["currency"] = round(Decimal(amount), 2), told.get("currency") or "KRW"
    return told


def _linked() -> dict[str, str]:
    link = new_link()
    return {
        "link": link,
        "link_digest": digest(link),
        "relay": f"r{secrets.token_hex(8)}",
    }

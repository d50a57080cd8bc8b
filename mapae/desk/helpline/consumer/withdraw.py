"""청약철회 보내기: the letter of withdrawal is made, sent once to the published addresses, and its dispatch proven."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.cases.actions import Refused
from mapae.desk.documents.mail import message_id
from mapae.desk.documents.models import Outbox
from mapae.desk.documents.outbox import put
from mapae.desk.documents.wording import label
from mapae.desk.helpline.advice import advice, filled
from mapae.desk.helpline.consumer.withdraw_days import last_day_of
from mapae.desk.helpline.drawing import drawn
from mapae.desk.helpline.events import locked, log
from mapae.desk.helpline.models import Complaint, Withdrawal
from mapae.desk.helpline.share import live_mandate, relay_address
from mapae.desk.helpline.telling import PREFIX
from mapae.desk.money import money

__all__ = [
    "MOST",
    "SUPPLIED",
    "Dispatch",
    "Receiver",
    "dispatches",
    "draft_parts",
    "proof_pdf",
    "receivers",
    "send",
    "supplied_in",
    "supplied_of",
]

SUPPLIED = ("goods", "service", "nothing")
MOST = 3  # letters of one complaint: the form is no way to send mail to strangers
TWICE = timedelta(minutes=1)
MAIL = re.compile(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+\.[^@\s<>,;:\".]{2,}")
_LINK = re.compile(r"(?:https?://|www\.)\S*|\b[\w-]+\.(?:[\w-]+\.)*[a-z]{2,}/\S*", re.IGNORECASE)
_TEMPLATE = Path(__file__).with_name("withdrawal.typ")
_SECOND = {"ko": "en", "en": "en", "zh-hans": "zh"}


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets the letter: agent or seller, the name to show, the published address."""

    who: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What became of the letter to one receiver. at: when the mail server took it; the notice takes effect then (17(4))."""

    receiver: Receiver
    state: str
    at: datetime | None
    message_id: str


def receivers(complaint: Complaint, seller_email: str = "") -> list[Receiver]:
    """The agent's published address, and the seller's where the consumer read it on the seller's page."""
    found = []
    if (mandate := live_mandate(complaint)) is not None:
        found.append(Receiver("agent", f"{mandate.firm} ({complaint.operator})", mandate.firm.email))
    if told := MAIL.fullmatch(seller_email.strip()):
        found.append(Receiver("seller", complaint.seller or _("Seller"), told[0]))
    return found


def supplied_of(complaint: Complaint) -> str:
    """What was supplied, as far as the complaint tells: nothing where it is about a delivery that has no day."""
    return "nothing" if complaint.category == "delivery" and complaint.delivered_on is None else "goods"


def draft_parts(
    complaint: Complaint,
    ground: str,
    to: Sequence[Receiver],
    at: datetime,
    code: str,
    supplied: str = "goods",
) -> list[dict[str, Any]]:
    """The letter in Korean, then in English or Chinese: title, ground, facts as (label, value), asks, effect, note."""
    return [
        _part(complaint, ground, to, at, code, supplied, language)
        for language in ("ko", _SECOND[complaint.language])
    ]


def send(complaint: Complaint, ground: str, seller_email: str = "", supplied: str = "goods") -> Withdrawal:
    """Make the letter and put it into the outbox, once a receiver; supplied: one of SUPPLIED.

    Refused without a receiver, order or too often.
    """
    if ground not in ("17(1)", "17(3)") or supplied not in SUPPLIED:
        raise Refused(_("Choose the ground of the withdrawal."))
    to = receivers(complaint, seller_email)
    if seller_email.strip() and not MAIL.fullmatch(seller_email.strip()):
        raise Refused(_("The seller's e-mail address cannot be read."), where=seller_email[:80])
    if not to:
        raise Refused(
            _("We know no published address. Give the seller's e-mail, as shown on the seller's page.")
        )
    if not _unlinked(complaint.name) and not _unlinked(complaint.order_number):
        raise Refused(
            _("Write your name or the order number, so that the seller knows which purchase it is.")
        )
    with transaction.atomic():
        held = locked(complaint)
        before = held.withdrawals.filter(ground=ground, declared_at__gte=clock.now() - TWICE).last()
        if before is not None and json.loads(before.addresses) == [each.address for each in to]:
            return before  # the button was pressed twice
        if held.withdrawals.count() >= MOST:
            raise Refused(_("A letter was sent %(most)s times already.") % {"most": MOST}, where=held.number)
        made = _made(held, ground, to, supplied)
        for place, _receiver in enumerate(to):
            put(
                f"withdrawal:{made.code}:{place}", "email", f"{PREFIX}{held.pk}:letter:{place}",
                {"kind": "letter", "withdrawal": made.pk},
            )  # fmt: skip
        log(held, "withdrawal_declared", None, ref=made.code, ground=ground.strip("()"), receivers=len(to))
    return made


def dispatches(letter: Withdrawal) -> list[Dispatch]:
    """What became of it, by receiver."""
    rows = {row.key: row for row in Outbox.objects.filter(key__startswith=f"withdrawal:{letter.code}:")}
    addresses = json.loads(letter.addresses)
    found = []
    for place, told in enumerate(letter.receivers):
        row = rows.get(f"withdrawal:{letter.code}:{place}")
        receiver = Receiver(told["who"], told["name"], addresses[place])
        found.append(
            Dispatch(
                receiver,
                row.state if row else "failed",
                row.handed_over_at if row else None,
                message_id(row) if row else "",
            )
        )
    return found


def proof_pdf(letter: Withdrawal) -> bytes:
    """The proof of dispatch, with the letter as it was sent behind it."""
    content, sent = json.loads(letter.content), dispatches(letter)
    proof = {
        "title": _("Proof of dispatch"),
        "facts": [
            [_("Letter"), letter.code],
            [_("Complaint"), letter.complaint.number],
            [_("Declared at"), _moment(letter.declared_at)],
            [_("Last day"), letter.last_day.isoformat() if letter.last_day else "–"],
            [_("SHA-256 of the letter"), letter.digest],
        ],
        "columns": [_("Receiver"), _("Address"), _("Sent at"), _("Message")],
        "sent": [
            [
                each.receiver.name,
                each.receiver.address,
                _moment(each.at) if each.at else _("not yet"),
                _breakable(each.message_id),
            ]
            for each in sent
        ],
        "says": [
            filled(advice("letter")["effect"]),
            *(filled(row) for row in advice("letter")["keep"][supplied_in(letter)]),
        ],
    }
    return _drawn(content["parts"], letter.code, proof)


def supplied_in(letter: Withdrawal) -> str:
    """What had been supplied when the letter was sent."""
    return str(json.loads(letter.content).get("supplied", "goods"))


def _made(complaint: Complaint, ground: str, to: Sequence[Receiver], supplied: str) -> Withdrawal:
    code, now = f"W-{secrets.token_hex(5).upper()}", clock.now()
    parts = draft_parts(complaint, ground, to, now, code, supplied)
    pdf = _drawn(parts, code, None)
    return Withdrawal.objects.create(
        complaint=complaint, code=code, ground=ground, language=_SECOND[complaint.language],
        content=json.dumps({"parts": parts, "supplied": supplied}, ensure_ascii=False),
        receivers=[{"who": each.who, "name": each.name} for each in to],
        addresses=json.dumps([each.address for each in to]), pdf=base64.b64encode(pdf).decode(),
        digest=hashlib.sha256(pdf).hexdigest(), last_day=last_day_of(complaint, ground, supplied)[0], declared_at=now,
    )  # fmt: skip


def _drawn(parts: Sequence[Mapping[str, Any]], code: str, proof: Mapping[str, Any] | None) -> bytes:
    specimen = label("specimen", "ko") if settings.TRAINING else ""
    data = {
        "title": parts[0]["title"],
        "language": "ko",
        "code": code,
        "parts": list(parts),
        "proof": proof,
        "specimen": specimen,
    }
    return drawn(_TEMPLATE, data)


def _part(
    complaint: Complaint,
    ground: str,
    to: Sequence[Receiver],
    at: datetime,
    code: str,
    supplied: str,
    language: str,
) -> dict[str, Any]:
    words = advice("letter")
    labels = {key: titles[language] for key, titles in words["labels"].items()}
    facts = [
        ("to", ", ".join(_named(complaint, each, language) for each in to)),
        ("from", _unlinked(complaint.name) or complaint.number),
        ("product", _unlinked(complaint.product)),
        ("order", _unlinked(complaint.order_number)),
        ("paid", money(complaint.amount, complaint.currency, language)),
        ("bought", complaint.purchased_on.isoformat() if complaint.purchased_on else ""),
        (
            "received",
            complaint.delivered_on.isoformat() if complaint.delivered_on and supplied != "nothing" else "",
        ),
        ("listing", _known(complaint)),
        ("answer", relay_address(complaint)),
        ("declared", _moment(at)),
        ("code", code),
    ]
    return {
        "language": language,
        "title": words["title"][language],
        "ground": words["ground"][ground][language],
        "facts": [[labels[key], value] for key, value in facts if value],
        "asks": [filled(row, language) for row in words["asks"][supplied]],
        "effect": words["effect"][language],
        "note": words["note"][language],
    }


def _named(complaint: Complaint, receiver: Receiver, language: str) -> str:
    """The receiver's name in the language of the letter's part."""
    mandate = live_mandate(complaint) if receiver.who == "agent" else None
    with translation.override("zh-hans" if language == "zh" else language):
        if mandate is not None:
            return f"{mandate.firm} ({complaint.operator})"
        return complaint.seller or _("Seller")


def _unlinked(told: str) -> str:
    """The words without addresses of pages: the letter may lead its receiver nowhere that we do not know."""
    return _LINK.sub("", told).strip()


def _known(complaint: Complaint) -> str:
    """The listing's address where it lies on the shop's own pages; empty for any other."""
    host = (urlsplit(complaint.listing_url).hostname or "").lower()
    domains = complaint.operator.domains if complaint.operator else []
    return complaint.listing_url if any(host == each or host.endswith(f".{each}") for each in domains) else ""


def _breakable(told: str) -> str:
    """The same with places where a line may end."""
    return "\u200b".join(told[at : at + 8] for at in range(0, len(told), 8))


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M} (KST)"

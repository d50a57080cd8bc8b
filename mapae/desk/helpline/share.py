"""The one list of what an agent may see of a complaint. The agent's pages, downloads and API read nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.models import Evidence
from mapae.desk.helpline.advice import advice, filled, title
from mapae.desk.helpline.events import locked, log
from mapae.desk.helpline.models import Complaint, Share
from mapae.desk.law import said
from mapae.desk.parties.models import Mandate

__all__ = [
    "ALWAYS",
    "DEFAULT",
    "FIELDS",
    "agreed",
    "current",
    "decide",
    "has_receiver",
    "live_mandate",
    "notice",
    "preview",
    "relay_address",
    "shared_fields",
    "shared_files",
    "shared_with_agents",
    "take_back",
]

ALWAYS = ("number",)  # what names the complaint, and no person
DEFAULT = ("order_number", "facts", "remedy", "contact")  # ticked when the page is first shown
MORE = ("name", "product", "seller", "listing_url", "purchased_on", "delivered_on", "paid", "files")
FIELDS = (*ALWAYS, *DEFAULT, *MORE)


def shared_fields(complaint: Complaint) -> dict[str, Any]:
    """Field → what the agent sees, exactly as it was shown when the consumer agreed; empty without consent or ground."""
    share = agreed(complaint)
    if share is None:
        return {}
    shown = json.loads(share.shown or "{}")
    return {key: shown[key] for key in FIELDS if key in shown and key in (*ALWAYS, *share.fields)}


def shared_files(complaint: Complaint) -> list[Evidence]:
    """The files that the agent gets."""
    if "files" not in shared_fields(complaint):
        return []
    rows = complaint.files.filter(shared=True, by="consumer").select_related("file").order_by("pk")
    return [row.file for row in rows]


def current(complaint: Complaint) -> Share | None:
    """The newest row: what the consumer was shown and said last; asks nothing where shares were fetched beforehand."""
    return complaint.shares.all().first()


def agreed(complaint: Complaint) -> Share | None:
    """The newest row, if the consumer agreed (or another ground was recorded) and has not taken it back."""
    share = current(complaint)
    if share is None or share.agreed_at is None or share.refused_at or share.withdrawn_at:
        return None
    return share


def shared_with_agents() -> Exists:
    """The condition of a queryset of complaints: the newest row of each was agreed to and is not taken back."""
    newest = Share.objects.filter(complaint=OuterRef("complaint"), pk__gt=OuterRef("pk"))
    rows = Share.objects.filter(complaint=OuterRef("pk"), agreed_at__isnull=False)
    rows = rows.filter(refused_at__isnull=True, withdrawn_at__isnull=True)
    return Exists(rows.filter(~Exists(newest)))


def live_mandate(complaint: Complaint) -> Mandate | None:
    """The mandate by which the operator's agent handles complaints today, the newest if there are several."""
    if complaint.operator_id is None:
        return None
    rows = complaint.operator.mandates.filter(regime="ECA").select_related("firm").order_by("-starts_on")
    today = clock.today()
    return next((each for each in rows if each.live(today)), None)


def has_receiver(complaint: Complaint) -> bool:
    """Whether there is somebody to send it to today: the operator's agent, or the network itself."""
    if complaint.responsible == "social_network":
        return complaint.operator_id is not None
    return live_mandate(complaint) is not None


def preview(complaint: Complaint, facts: str = "") -> dict[str, Any]:
    """Every field with the words that would be sent; what was not told is left out. facts: as the consumer edited them."""
    paid = (
        f"{complaint.amount:,.2f}".removesuffix(".00") + f" {complaint.currency}" if complaint.amount else ""
    )
    files = [
        row.file.name for row in complaint.files.filter(by="consumer").select_related("file").order_by("pk")
    ]
    rows = {
        "number": complaint.number,
        "order_number": complaint.order_number,
        "facts": facts or complaint.text,
        "remedy": title("remedies", complaint.remedy) if complaint.remedy else "",
        "contact": relay_address(complaint),
        "name": complaint.name,
        "product": complaint.product,
        "seller": complaint.seller,
        "listing_url": complaint.listing_url,
        "purchased_on": _iso(complaint.purchased_on),
        "delivered_on": _iso(complaint.delivered_on),
        "paid": paid,
        "files": files,
    }
    return {key: value for key, value in rows.items() if value}


def relay_address(complaint: Complaint) -> str:
    """The address that stands for the consumer's own; what is sent there is passed on."""
    return f"{complaint.relay}@{settings.MAIL.sender.rpartition('@')[2] or 'localhost'}"


def notice(complaint: Complaint) -> dict[str, str]:
    """To whom, in which country, how long, on which ground: as it is shown and kept."""
    mandate = live_mandate(complaint)
    operator = complaint.operator
    firm = str(mandate.firm) if mandate else ""
    home = advice("countries").get(operator.country) if operator else None
    country = said(home) if home else (operator.country if operator else "")
    return {
        "recipient": f"{firm} ({operator})" if firm else str(operator or ""),
        "country": f"{said(advice('countries')['KR'])} → {country}"
        if firm and operator.country != "KR"
        else country,
        "retention": filled(advice("share")["retention"]),
    }


def decide(
    complaint: Complaint,
    *,
    agrees: bool,
    fields: Iterable[str] = DEFAULT,
    facts: str = "",
    ground: str = "consent",
    user: User | None = None,
) -> Share:
    """Write down what was shown and what the consumer said to it; with agreement, only then may a verb hand it over."""
    chosen = [key for key in (*DEFAULT, *MORE) if key in set(fields)]
    with transaction.atomic():
        held = locked(complaint)
        rows, told, now = preview(held, facts), notice(held), clock.now()
        shown = {key: rows[key] for key in (*ALWAYS, *chosen) if key in rows}
        made = Share.objects.create(
            complaint=held, mandate=live_mandate(held), fields=[key for key in chosen if key in rows],
            shown=json.dumps(shown if agrees else {}, ensure_ascii=False), **told, ground=ground, at=now,
            version=_version(told), agreed_at=now if agrees else None, refused_at=None if agrees else now,
        )  # fmt: skip
        held.files.filter(by="consumer").update(shared=agrees and "files" in chosen)
        role = "officer" if user else "consumer"
        log(
            held,
            "share_agreed" if agrees else "share_refused",
            user,
            role=role,
            ref=str(made.pk),
            ground=ground,
        )
    return made


def take_back(complaint: Complaint, user: User | None = None) -> None:
    """The consumer takes the agreement back: from now the agent sees nothing of the complaint."""
    with transaction.atomic():
        held = locked(complaint)
        if (found := agreed(held)) is not None:
            found.withdrawn_at = clock.now()
            found.save(update_fields=["withdrawn_at"])
            held.files.update(shared=False)
            log(held, "share_taken_back", user, role="officer" if user else "consumer", ref=str(found.pk))


def _version(told: dict[str, str]) -> str:
    words = json.dumps([told, advice("share"), get_language()], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""

"""The one list of what an agent may see of a complaint. The agent's pages, downloads and API read nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import Refused
from mapae.desk.cases.models import Evidence
from mapae.desk.helpline.advice import advice, filled, title
from mapae.desk.helpline.events import locked, log
from mapae.desk.helpline.models import Complaint, Share
from mapae.desk.law import said
from mapae.desk.money import coded, reworded
from mapae.desk.parties.models import Mandate

__all__ = [
    "ALWAYS",
    "DEFAULT",
    "FIELDS",
    "Notice",
    "agreed",
    "current",
    "decide",
    "has_receiver",
    "live_mandate",
    "notice",
    "preview",
    "readable",
    "relay_address",
    "send_more",
    "sent_fields",
    "shared_fields",
    "shared_files",
    "shared_with_agents",
    "take_back",
]

ALWAYS = ("number", "country")  # what names the complaint and says where it may go, and no person
DEFAULT = ("order_number", "facts", "remedy", "contact")  # ticked when the page is first shown
MORE = ("name", "product", "seller", "listing_url", "purchased_on", "delivered_on", "paid", "files")
FIELDS = (*ALWAYS, *DEFAULT, *MORE)


@dataclass(frozen=True, slots=True)
class Notice:
    """What PIPA 17(2) and 28-8(2) want told first. contact: of the receiver; country: where it goes, home and then abroad;
    home, abroad: the two apart, empty where it goes to one only; retention: how long it is kept."""

    recipient: str
    contact: str
    country: str
    home: str
    abroad: str
    retention: str

    @property
    def version(self) -> str:
        """16 hex digits over its words and those of the page."""
        words = [asdict(self), advice("share"), get_language()]
        return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def shared_fields(complaint: Complaint) -> dict[str, Any]:
    """Field → what the agent sees, exactly as it was shown when the consumer agreed; empty without consent or ground."""
    share = agreed(complaint)
    if share is None:
        return {}
    shown = json.loads(share.shown or "{}")
    return {key: shown[key] for key in FIELDS if key in shown and key in (*ALWAYS, *share.fields)}


def sent_fields(complaint: Complaint) -> list[tuple[str, str]]:
    """(title, words) of what the agent sees now, as its consumer reads it; empty without consent or ground."""
    names = advice("share")["fields"]
    return [(said(names[key]), readable(key, value)) for key, value in shared_fields(complaint).items()]


def readable(key: str, value: Any) -> str:
    """A field of what is shown or shared, as a page says it: names of files in a row, a sum in the page's language."""
    if isinstance(value, list):
        return ", ".join(value)
    return reworded(value) if key == "paid" else str(value)


def shared_files(complaint: Complaint) -> list[Evidence]:
    """The files that the agent gets."""
    if "files" not in shared_fields(complaint):
        return []
    rows = complaint.files.filter(shared=True, by="consumer").select_related("file").order_by("pk")
    return [row.kept for row in rows]


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
    files = [
        row.kept.name for row in complaint.files.filter(by="consumer").select_related("file").order_by("pk")
    ]
    rows = {
        "number": complaint.number,
        "country": notice(complaint).country,
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
        "paid": coded(complaint.amount, complaint.currency),
        "files": files,
    }
    return {key: value for key, value in rows.items() if value}


def relay_address(complaint: Complaint) -> str:
    """The address that stands for the consumer's own; what is sent there is passed on."""
    return f"{complaint.relay}@{settings.MAIL.sender.rpartition('@')[2] or 'localhost'}"


def notice(complaint: Complaint) -> Notice:
    """To whom, in which country, how long: as it is shown and kept."""
    mandate, operator = live_mandate(complaint), complaint.operator
    firm = mandate.firm if mandate else None
    place = operator.country if operator else ""
    there = said(advice("countries")[place]) if place in advice("countries") else place
    home = said(advice("countries")["KR"]) if firm or place == "KR" else ""
    abroad = "" if place == "KR" else there
    return Notice(
        f"{firm} ({operator})" if firm else str(operator or ""),
        " · ".join(filter(None, (firm.email, firm.phone))) if firm else "",
        " → ".join(filter(None, (home, abroad))), home, abroad, filled(advice("share")["retention"]),
    )  # fmt: skip


def decide(
    complaint: Complaint,
    *,
    agrees: bool,
    fields: Iterable[str] = DEFAULT,
    facts: str = "",
    ground: str = "consent",
    abroad: bool = True,
    seen: str = "",
    user: User | None = None,
) -> Share:
    """Write down what was shown and what the consumer said to it; with agreement, only then may a verb hand it over.

    abroad: whether it may leave Korea too (PIPA 28-8(1)1 wants that apart); seen: version of the notice that was shown,
    Refused where another holds by now.
    """
    chosen = [key for key in (*DEFAULT, *MORE) if key in set(fields)]
    with transaction.atomic():
        held = locked(complaint)
        rows, told, now = preview(held, facts), notice(held), clock.now()
        if agrees and seen and seen != told.version:
            raise Refused(_("The receiver has changed meanwhile. Read the page again."))
        if agrees and not abroad and not told.home:
            raise Refused(_("The receiver sits abroad. Agree to that too, or refuse."))
        rows["country"] = told.country if abroad else told.home
        shown = {key: rows[key] for key in (*ALWAYS, *chosen) if rows.get(key)}
        made = Share.objects.create(
            complaint=held, mandate=live_mandate(held), fields=[key for key in chosen if key in rows],
            shown=json.dumps(shown if agrees else {}, ensure_ascii=False), recipient=told.recipient,
            country=rows["country"], retention=told.retention, ground=ground, at=now, version=told.version,
            agreed_at=now if agrees else None, refused_at=None if agrees else now,
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


def send_more(complaint: Complaint, files: Iterable[Evidence]) -> None:
    """The consumer sends the agent files too, told that it gets them; all else of what was agreed stays as it is.

    Refused where the agent may see nothing. The files are in the complaint already (mapae.desk.helpline.intake.added).
    """
    with transaction.atomic():
        held = locked(complaint)
        if (found := agreed(held)) is None:
            raise Refused(_("The agent sees nothing of your complaint, so it gets no files."))
        held.files.filter(by="consumer", file__in=list(files)).update(shared=True)
        shown, now = json.loads(found.shown or "{}"), clock.now()
        sent = held.files.filter(by="consumer", shared=True).select_related("file").order_by("pk")
        shown["files"] = [row.kept.name for row in sent]
        chosen = {*found.fields, "files"}
        made = Share.objects.create(
            complaint=held, mandate=found.mandate, fields=[key for key in (*DEFAULT, *MORE) if key in chosen],
            shown=json.dumps({key: shown[key] for key in FIELDS if key in shown}, ensure_ascii=False),
            recipient=found.recipient, country=found.country, retention=found.retention, ground=found.ground, at=now,
            version=found.version, agreed_at=now,
        )  # fmt: skip
        log(held, "share_agreed", None, role="consumer", ref=str(made.pk), ground=found.ground)


def take_back(complaint: Complaint, user: User | None = None) -> None:
    """The consumer takes the agreement back: from now the agent sees nothing of the complaint."""
    with transaction.atomic():
        held = locked(complaint)
        if (found := agreed(held)) is not None:
            found.withdrawn_at = clock.now()
            found.save(update_fields=["withdrawn_at"])
            held.files.update(shared=False)
            log(held, "share_taken_back", user, role="officer" if user else "consumer", ref=str(found.pk))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""

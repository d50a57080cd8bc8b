"""Addresses for sellers: signed, for one item, until a day, revocable; whoever holds one needs no account."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.asked import document_of
from mapae.desk.answers.models import SellerLink
from mapae.desk.audit.models import record
from mapae.desk.cases.actions import Refused
from mapae.desk.cases.models import CaseItem
from mapae.desk.scope import items_for

__all__ = [
    "DAYS",
    "LANGUAGES",
    "MOST_CONTESTS",
    "find_link",
    "links_for",
    "make_link",
    "revoke_link",
    "token_of",
]

DAYS = 30  # how long an address holds: as long as an objection is possible (PSF 12)
MOST_CONTESTS = 3  # of one address
LANGUAGES = ("ko", "en", "zh-hans")
_SALT = "mapae.seller-link"


def make_link(user: User, item: CaseItem, language: str = "zh-hans") -> SellerLink:
    """A new address for the item's seller; Refused where the person is not asked about the item."""
    if not items_for(user).filter(pk=item.pk).exists() or document_of(item) is None:
        raise Refused(_("You are not asked about this item."), where=item.subject_id, mend="")
    if user.role not in ("agent", "officer"):
        raise Refused(_("This is not for your role."), where=item.subject_id, mend="")
    now = clock.now()
    made = SellerLink.objects.create(
        item=item, firm=user.firm, made_by=user, made_at=now, expires_at=now + timedelta(days=DAYS),
        language=language if language in LANGUAGES else "en",
    )  # fmt: skip
    record(user, "seller_link_made", f"case:{item.case_id}", link=made.pk, item=item.pk)
    return made


def links_for(user: User, item: CaseItem) -> list[SellerLink]:
    """The addresses of the item that the person may see: those of their firm; for officers all."""
    found = SellerLink.objects.filter(item=item).select_related("made_by")
    return list(found if user.role == "officer" else found.filter(firm_id=user.firm_id))


def revoke_link(user: User, link: SellerLink) -> None:
    """Make the address void from now on."""
    if link.revoked_at is None:
        link.revoked_at = clock.now()
        link.save(update_fields=["revoked_at"])
        record(user, "seller_link_revoked", f"case:{link.item.case_id}", link=link.pk)


def token_of(link: SellerLink) -> str:
    """What stands in the address: the row's number, signed."""
    return signing.dumps(link.pk, salt=_SALT)


def find_link(token: str) -> SellerLink | None:
    """The address's row while it holds; None for what is forged, expired or revoked."""
    try:
        number = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    now = clock.now()
    found = SellerLink.objects.filter(pk=number, revoked_at__isnull=True, expires_at__gt=now)
    return found.select_related("item__case__operator", "item__finding", "item__seller", "firm").first()

"""A holder registers with rights and proof; an officer confirms or refuses each, by the register or by customs' record."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.bodies.models import Body
from mapae.desk.cases.actions import Refused
from mapae.desk.cases.models import Evidence
from mapae.desk.helpline.links import digest, new_link
from mapae.desk.law import book, said
from mapae.desk.merchants.telling import tell
from mapae.desk.numbering import numbered
from mapae.desk.rights.models import HolderCount, Right, RightsHolder
from mapae.errors import InputError

__all__ = ["Registered", "add_right", "decide_right", "find", "kinds", "reasons", "refuse_others", "register"]


class Registered(NamedTuple):
    """A new holder with the address and the number that are shown once."""

    holder: RightsHolder
    link: str
    code: str


def kinds() -> list[tuple[str, str]]:
    """Kinds of rights with their titles."""
    return [(key, said(row["title"])) for key, row in _rules()["kinds"].items()]


def reasons() -> dict[str, str]:
    """Reasons of claims with their titles."""
    return {key: said(row["title"]) for key, row in _rules()["reasons"].items()}


def register(name: str, *, country: str = "KR", language: str = "ko", **who: str) -> Registered:
    """A new holder in state `applied`. who: contact, email, phone. InputError without a name and a contact."""
    if not name.strip() or not who.get("email", "").strip():
        raise InputError(_("Say who holds the right, and an e-mail address."))
    link, code = new_link(), f"{secrets.randbelow(10**8):08d}"
    with transaction.atomic():
        made = RightsHolder.objects.create(
            number=numbered(HolderCount, "R"), link_digest=digest(link), code_digest=make_password(code),
            name=name.strip()[:120],
            country=country[:2].upper() or "KR", language=language, body=_lead(), made_at=clock.now(),
            **{key: who.get(key, "").strip()[:120] for key in ("contact", "email", "phone")},
        )  # fmt: skip
        record("holder", "rights_event", f"holder:{made.pk}", event="registered")
    return Registered(made, link, code)


def find(link: str) -> RightsHolder | None:
    """The holder of that secret address."""
    return RightsHolder.objects.filter(link_digest=digest(link)).first()


def add_right(
    holder: RightsHolder, kind: str, mark: str, *, number: str = "", customs: str = "", ends_on: date | None = None,
    files: Iterable[Evidence] = (),
) -> Right:  # fmt: skip
    """A right in state `claimed`. InputError without a number, a customs record or a file, or for another kind's number."""
    rule, kept = _rules()["kinds"].get(kind), list(files)
    number, customs = number.strip()[:24], customs.strip()[:24]
    if rule is None or not mark.strip():
        raise InputError(_("Choose the kind of right, and name the mark or work."))
    if number and not re.fullmatch(rule["number"], number):
        raise InputError(
            _("%(number)s is no registration number of this kind.") % {"number": number},
            mend=_("Write it as the register does, such as 40-1234567."),
        )
    if not (number or customs or kept):
        raise InputError(
            _("Give the registration number, the customs record, or a file that proves the right.")
        )
    with transaction.atomic():
        made = Right.objects.create(
            holder=holder, kind=kind, mark=mark.strip()[:120], number=number, record=customs, ends_on=ends_on,
            made_at=clock.now(),
        )  # fmt: skip
        made.attach(kept)
        record("holder", "rights_event", f"holder:{holder.pk}", event="right_added", right=made.pk)
    return made


def decide_right(user: User, right: Right, *, confirm: bool) -> None:
    """Confirm or refuse a right; a holder with a confirmed right is admitted. Refused where another body decides."""
    refuse_others(user, right.holder)
    with transaction.atomic():
        held = Right.objects.select_for_update().get(pk=right.pk)
        held.state = "confirmed" if confirm else "refused"
        held.decided_by, held.decided_at = user, clock.now()
        held.save(update_fields=["state", "decided_by", "decided_at"])
        holder = RightsHolder.objects.select_for_update().get(pk=held.holder_id)
        states = set(holder.rights.values_list("state", flat=True))
        holder.state = (
            "admitted" if "confirmed" in states else "applied" if "claimed" in states else "refused"
        )
        holder.decided_by, holder.decided_at = user, clock.now()
        holder.save(update_fields=["state", "decided_by", "decided_at"])
        record(user, "rights_event", f"holder:{holder.pk}", event=f"right_{held.state}", right=held.pk)
        tell(holder, f"right_{held.state}", f"{held.pk}:{held.decided_at.isoformat()}")


def refuse_others(user: User, holder: RightsHolder) -> None:
    """Refused for who is no officer of the body that decides on the holder, where the desk has that body."""
    if not user.is_officer or holder.body_id not in (None, user.body_id):
        raise Refused(_("Another body decides on this."), where=holder.number)


def _rules() -> dict[str, dict[str, dict[str, dict[str, str]]]]:
    found: dict[str, dict[str, dict[str, dict[str, str]]]] = book().pack.data("merchants/rights.yaml")
    return found


def _lead() -> Body | None:
    """The body that leads fakes."""
    key = book().pack.data("workflow.yaml")["matters"]["counterfeits"]["lead"]
    return Body.objects.filter(key=key).first()

"""Goods held at customs for a right: opened from a parcel's finding or by hand, their days and securities by law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mapae.app.law.detention import DetentionFile, detention_case, detention_file
from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases.actions import Refused
from mapae.desk.findings.models import Finding
from mapae.desk.findings.subjects import record_of
from mapae.desk.inspections.models import Detention
from mapae.desk.law import book
from mapae.errors import FactError, InputError

__all__ = ["DAYS", "FLAGS", "TEXTS", "Held", "change", "detentions_for", "end", "hold", "read", "suggested"]

DAYS = ("notified_on", "requested_on", "held_notice_on", "proved_on", "release_requested_on")
FLAGS = ("recorded", "sme", "releaser_sme", "extended", "ex_officio", "counterfeit_mark")
TEXTS = ("brand", "right_holder", "declarant", "goods", "quantity", "origin")


@dataclass(frozen=True, slots=True)
class Held:
    """Goods with the file of their hold as of a day, and the next last day that runs (None: none does)."""

    detention: Detention
    file: DetentionFile
    next_day: date | None


def detentions_for(user: User) -> QuerySet[Detention]:
    """Holds of the user's own body; auditors see all."""
    rows = Detention.objects.select_related("finding__case", "opened_by", "body")
    return rows if user.role == "auditor" else rows.filter(body=user.body_id)


def read(detention: Detention, today: date) -> Held:
    """The file as of today, or of the day it was closed."""
    closed = timezone.localtime(detention.closed_at).date() if detention.closed_at else today
    as_of = min(today, closed)
    file = detention_file(book(), detention_case(_plain(detention), detention.consignment_id), as_of)
    running = [step.day for step in file.steps if step.state == "due" and step.day is not None]
    return Held(detention, file, min(running, default=None))


def hold(
    user: User, consignment_id: str, facts: Mapping[str, str], finding: Finding | None = None
) -> Detention:
    """Open the file of a parcel. Refused where the body has one already, InputError for facts that cannot be."""
    if user.body_id is None or not user.is_officer:
        raise Refused(_("Only an officer of a body keeps files of held goods."), where=str(user))
    if not consignment_id.strip():
        raise Refused(_("Say which parcel is held."))
    known = _checked(facts, consignment_id)
    with transaction.atomic():
        made, new = Detention.objects.get_or_create(
            body=user.body,
            consignment_id=consignment_id.strip()[:200],
            defaults={"facts": known, "finding": finding, "opened_by": user, "opened_at": clock.now()},
        )
        if not new:
            raise Refused(_("There is a file of this parcel already."), where=made.consignment_id)
        record(user, "detention_opened", f"detention:{made.pk}")
    return made


def change(user: User, detention: Detention, facts: Mapping[str, str]) -> None:
    """Keep days, marks and words anew. InputError where they cannot be, Refused once it is closed."""
    if detention.closed_at is not None:
        raise Refused(_("The file is closed."), where=detention.consignment_id)
    known = _checked(facts, detention.consignment_id)
    with transaction.atomic():
        Detention.objects.filter(pk=detention.pk).update(facts=known)
        moved = sorted(
            name for name in {*known, *detention.facts} if known.get(name) != detention.facts.get(name)
        )
        record(user, "detention_changed", f"detention:{detention.pk}", fields=len(moved))


def end(user: User, detention: Detention) -> None:
    """Close the file, or open a closed one again."""
    with transaction.atomic():
        at = None if detention.closed_at else clock.now()
        Detention.objects.filter(pk=detention.pk).update(closed_at=at)
        record(user, "detention_closed" if at else "detention_reopened", f"detention:{detention.pk}")


def suggested(finding: Finding) -> dict[str, str]:
    """What the parcel's record tells of the file's facts. The value is in won at the pack's round rate."""
    facts = record_of(finding)
    told = {
        "brand": finding.reference_id.partition(":")[2] if finding.reference_id.startswith("brand:") else "",
        "goods": str(facts.get("description") or finding.subject_title),
        "origin": str(facts.get("country_of_origin") or facts.get("country_of_departure") or ""),
        "declarant": str(facts.get("declarant_id") or ""),
        "value_krw": _won(facts),
        "recorded": "on",
    }
    return {name: value[:300] for name, value in told.items() if value}


def _won(facts: Mapping[str, Any]) -> str:
    rates = book().pack.data("rates.yaml")["per_usd"]
    try:
        value = float(facts["value"]) / rates[str(facts["currency"]).strip().upper()] * rates["KRW"]
    except (KeyError, TypeError, ValueError):
        return str(facts.get("item_price") or "").partition(".")[0].replace(",", "")
    return str(round(value))


def _checked(facts: Mapping[str, str], where: str) -> dict[str, Any]:
    """The form's fields as JSON holds them. InputError says which is wrong."""
    known: dict[str, Any] = {name: facts.get(name) in ("on", "true") for name in FLAGS}
    known |= {name: text[:300] for name in TEXTS if (text := str(facts.get(name) or "").strip())}
    known |= {name: text for name in DAYS if (text := str(facts.get(name) or "").strip())}
    won = str(facts.get("value_krw") or "").replace(",", "").strip()
    if not won.isdecimal() or not 0 < int(won) < 10**13:
        raise InputError(_("The customs value is a whole number of won above 0."), where=where, mend="")
    known["value_krw"] = int(won)
    try:
        detention_file(book(), detention_case(_days(known), where), clock.today())
    except ValueError as error:
        raise InputError(_("A day is written as 2026-11-26."), where=where, mend="") from error
    except FactError as error:
        raise InputError(error.what, where=error.where, mend=error.mend) from error
    return known


def _plain(detention: Detention) -> dict[str, Any]:
    return _days({"consignment_id": detention.consignment_id, **detention.facts})


def _days(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: date.fromisoformat(value) if name in DAYS else value for name, value in facts.items()}

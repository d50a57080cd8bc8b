"""The one list of what may be told of a report outside the authorities. All that firms see reads only this.

A report that is anonymous or for the body only is never told. Of one that may be disclosed the newest text counts, after the
merchant read it and agreed; what identifies is cut again on the way out, by the words known today.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import Refused
from mapae.desk.cases.models import Case
from mapae.desk.merchants.events import locked, log
from mapae.desk.merchants.identify import cut, marks
from mapae.desk.merchants.matters import table, title
from mapae.desk.merchants.models import Disclosure, MerchantReport
from mapae.desk.parties.models import Operator

__all__ = [
    "agreed",
    "answer",
    "disclosed_fields",
    "disclosed_file",
    "disclosed_to",
    "ending",
    "known",
    "newest",
    "prepare",
    "refuse_names",
    "told_as",
]

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def newest(report: MerchantReport) -> Disclosure | None:
    """What was prepared last."""
    return report.disclosures.first()


def agreed(report: MerchantReport) -> Disclosure | None:
    """The newest, if the merchant agreed to it."""
    found = newest(report)
    return (
        found
        if report.confidence == "disclosed" and found and found.agreed_at and not found.refused_at
        else None
    )


def known(report: MerchantReport) -> list[str]:
    """The words that name the merchant."""
    return list(json.loads(report.known or "[]"))


def prepare(user: User, report: MerchantReport, text: str, files: Iterable[int] = ()) -> Disclosure:
    """Write what would be told, cut; the merchant is asked. Refused where the merchant ruled it out."""
    with transaction.atomic():
        held = locked(report)
        if held.confidence != "disclosed":
            raise Refused(
                _("The merchant ruled out that anything is told to the platform."), where=held.number
            )
        if held.state != "joined" or not text.strip():
            raise Refused(_("Join the report to a case first, and write the text."), where=held.number)
        places = sorted(set(files) & set(held.files.values_list("place", flat=True)))
        code = "".join(secrets.choice(_ALPHABET) for _place in range(8))
        made = Disclosure.objects.create(
            report=held, code=code, text=cut(text.strip()[:8000], known(held)), files=places, prepared_by=user,
            prepared_at=clock.now(),
        )  # fmt: skip
        log(held, "disclosure", user, files=len(places))
    return made


def answer(report: MerchantReport, *, agrees: bool) -> None:
    """The merchant's word on the newest text; a refusal also takes an agreement back."""
    with transaction.atomic():
        held = locked(report)
        found = newest(held)
        if found is None or found.refused_at:
            raise Refused(_("There is nothing to agree to."), where=held.number)
        if agrees:
            found.agreed_at = found.agreed_at or clock.now()
        else:
            found.refused_at = clock.now()
        found.save(update_fields=["agreed_at", "refused_at"])
        log(held, "agreed" if agrees else "refused")


def disclosed_fields(report: MerchantReport) -> dict[str, Any]:
    """Field → what is told, in the pack's list of fields; empty where nothing may be told."""
    found = agreed(report)
    if found is None:
        return {}
    began = report.began_on or timezone.localtime(report.received_at).date()
    rows = {
        "code": found.code,
        "matter": title("matters", report.matter),
        "half_year": f"{began.year}-H{1 if began.month <= 6 else 2}",
        "facts": cut(found.text, known(report)),
        "files": [f"{found.code}-{number}{ending(kind)}" for number, (_place, kind) in _files(report, found)],
    }
    return {key: rows[key] for key in table("disclosed_fields")}


def disclosed_file(report: MerchantReport, number: int) -> tuple[str, bytes] | None:
    """(name, content) of the file of that number among those told; None where there is none."""
    found = agreed(report)
    rows = dict(_files(report, found)) if found else {}
    if found is None or number not in rows:
        return None
    place, kind = rows[number]
    content = base64.b64decode(report.files.get(place=place).content)
    return f"{found.code}-{number}{ending(kind)}", content


def disclosed_to(operators: Iterable[Operator]) -> list[MerchantReport]:
    """Reports of which something is told to these operators, by their codes: not by when they came."""
    rows = MerchantReport.objects.filter(
        operator__in=operators, confidence="disclosed", disclosures__agreed_at__isnull=False
    )
    told = [(found.code, row) for row in rows.distinct() if (found := agreed(row))]
    return [row for _code, row in sorted(told, key=lambda each: each[0])]


def told_as(operators: Iterable[Operator], code: str) -> tuple[MerchantReport, Disclosure] | None:
    """The report of which something is told to these operators under that code; None where there is none."""
    for row in disclosed_to(operators):
        if (found := agreed(row)) and found.code == code:
            return row, found
    return None


def refuse_names(case: Case, words: str) -> None:
    """Refused where words that leave the desk name a merchant whose report is joined to the case."""
    for report in case.merchant_reports.all():
        named = [mark for mark in marks(words, known(report)) if mark.kind == "known"]
        if named:
            raise Refused(
                _("The words name a merchant who reported: %(seen)s.")
                % {"seen": words[named[0].start : named[0].end]},
                mend=_("Say it without what identifies the merchant."),
            )


def ending(media_type: str) -> str:
    """How a file of that kind is named at its end."""
    return _ENDINGS.get(media_type, "")


def _files(report: MerchantReport, found: Disclosure) -> list[tuple[int, tuple[int, str]]]:
    """(number, (place, media type)) of the files told."""
    rows = report.files.filter(place__in=found.files).values_list("place", "media_type")
    return list(enumerate(rows, 1))


_ENDINGS = {
    "application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}  # fmt: skip

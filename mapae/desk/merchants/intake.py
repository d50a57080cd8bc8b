"""Takes a report in: numbered, judged by the screen of complaints, sealed; the secret address and number are made once."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mapae.app.merchants import conducts
from mapae.desk import clock
from mapae.desk.helpline.intake import LANGUAGES, find_operator
from mapae.desk.helpline.links import digest, new_link
from mapae.desk.merchants.events import log
from mapae.desk.merchants.identify import cut, platform_alone
from mapae.desk.merchants.matters import body_of, keeps
from mapae.desk.merchants.models import FileOriginal, MerchantReport, ReportCount, ReportFile
from mapae.desk.merchants.stripping import Stripped, strip
from mapae.desk.numbering import numbered
from mapae.desk.uploads import LIMITS
from mapae.errors import InputError

__all__ = [
    "MOST_FILES",
    "Cleaned",
    "Opened",
    "add_files",
    "as_record",
    "clean_files",
    "known_words",
    "receive",
]

MOST_FILES = 20  # of one report
_MOST_TEXT, _MOST_GIST = 20_000, 4_000


class Cleaned(NamedTuple):
    """A file as sent and as it is kept."""

    name: str
    original: bytes
    plain: Stripped


class Opened(NamedTuple):
    """A new report with the secrets that are shown once: the address and the number that opens it."""

    report: MerchantReport
    link: str
    code: str


def clean_files(uploads: Sequence[UploadedFile]) -> list[Cleaned]:
    """Read, check and strip the files of a form. InputError for the first that is refused, and for too many or too large."""
    if len(uploads) > LIMITS.files:
        raise InputError(
            _("More than %(most)s files.") % {"most": LIMITS.files}, mend=_("Send the rest in a message.")
        )
    found = []
    for upload in uploads:
        if (upload.size or 0) > LIMITS.size:
            size = LIMITS.size // 1_000_000
            raise InputError(
                _("The file is larger than %(size)s MB.") % {"size": size}, where=str(upload.name)
            )
        content, name = upload.read(), str(upload.name or "file")
        found.append(Cleaned(name.replace("\\", "/").rpartition("/")[2][:120], content, strip(content, name)))
    return found


def receive(
    *,
    confidence: str,
    matter: str,
    text: str,
    operator_told: str = "",
    language: str = "ko",
    files: Iterable[Cleaned] = (),
    began_on: date | None = None,
    ended_on: date | None = None,
    amount: str = "",
    **who: str,
) -> Opened:
    """A new report in state `received`. who: name, shop, email, phone; what the confidence does not keep is not kept."""
    kept = {name: who.get(name, "").strip()[:120] for name in keeps(confidence)}
    known = known_words(kept)
    link, code = new_link(), f"{secrets.randbelow(10**8):08d}"
    operator = find_operator(operator_told, operator_told if "://" in operator_told else "")
    moment = clock.now()
    with transaction.atomic():
        made = MerchantReport(
            number=numbered(ReportCount, "M"), link_digest=digest(link), code_digest=make_password(code), received_at=moment,
            language=language if language in LANGUAGES else "ko", confidence=confidence, matter=matter,
            operator=operator, operator_told=platform_alone(operator_told, known)[:120], began_on=began_on, ended_on=ended_on,
            amount=amount[:40], text=text[:_MOST_TEXT], gist=cut(text, known)[:_MOST_GIST],
            known=json.dumps(known, ensure_ascii=False), body=body_of(matter), **kept,
        )  # fmt: skip
        made.conducts = conducts(as_record(made, made.text), timezone.localtime(moment).date())
        made.save()
        add_files(made, files)
        log(made, "received", confidence=confidence, matter=matter)
    return Opened(made, link, code)


def add_files(report: MerchantReport, files: Iterable[Cleaned]) -> int:
    """Keep more files, sealed; how many. InputError where the report would hold too many. The caller holds the report."""
    place = report.files.count()
    for file in files:
        place += 1
        if place > MOST_FILES:
            raise InputError(_("A report holds at most %(most)s files.") % {"most": MOST_FILES})
        row = ReportFile.objects.create(
            report=report, place=place, told=file.name, media_type=file.plain.media_type,
            size=len(file.plain.content), sha256=hashlib.sha256(file.plain.content).hexdigest(),
            stripped=list(file.plain.removed), content=base64.b64encode(file.plain.content).decode(),
            at=clock.now(),
        )  # fmt: skip
        FileOriginal.objects.create(file=row, content=base64.b64encode(file.original).decode())
    return place


def as_record(report: MerchantReport, text: str) -> dict[str, Any]:
    """The report as a record of kind complaint, with that text in place of its own."""
    return {
        "complaint_id": report.number,
        "received_on": timezone.localtime(report.received_at).date().isoformat(),
        "channel": "merchant",
        "language": report.language[:2],
        "operator": report.operator.name_en if report.operator else report.operator_told or None,
        "text": text,
        "category": report.matter,
    }


def known_words(kept: dict[str, str]) -> list[str]:
    """The words that name the merchant, each as a whole and in its parts, the longest first."""
    words = [value for value in kept.values() if value]
    if mail := kept.get("email", ""):
        words.append(mail.partition("@")[0])
    words += [part for name in ("shop", "name") for part in kept.get(name, "").split() if len(part) > 1]
    return sorted(dict.fromkeys(words), key=len, reverse=True)

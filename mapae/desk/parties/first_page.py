"""Holds a captured first page against the mandate: which parts of the agent's contact it shows, and where."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases import evidence
from mapae.desk.law import book
from mapae.desk.parties.models import AgentFirm, Mandate, Operator, PublicationCheck
from mapae.errors import InputError
from mapae.measures.local_agents.publication import Publication, read_publication, visible_text

__all__ = ["check_page", "page_text", "read_upload"]

_LARGEST = 3_000_000  # bytes of a page; above it is no first screen
_HANGUL, _HAN = (
    re.compile("[가-힣]"),
    re.compile("[一-鿿]"),
)  # a Chinese name is told from a Korean one by a person
_CHARSET = re.compile(rb"charset=[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)


def read_upload(upload: UploadedFile | None, pasted: str) -> bytes:
    """The page as bytes: the file, else the pasted text; InputError where there is none or it is no text."""
    if upload is None and not pasted.strip():
        raise InputError(_("Add the saved page or paste its text."))
    if upload is not None and (upload.size is None or upload.size > _LARGEST):
        raise InputError(_("The page is larger than %(size)s MB.") % {"size": _LARGEST // 1_000_000})
    content = upload.read() if upload is not None else pasted.encode()
    if not content.strip() or b"\0" in content:
        raise InputError(_("That is no saved page."), mend=_("Save the page as HTML or text."))
    return content


@transaction.atomic
def check_page(
    user: User,
    operator: Operator,
    mandate: Mandate | None,
    content: bytes,
    *,
    url: str = "",
    language: str = "",
) -> PublicationCheck:
    """Keep the page as evidence and what was found on it."""
    kept = evidence.keep(
        content, "text/html", by=user, name="first page", url=url, rung="captured", language=language
    )
    read = read_publication(_decoded(content), book().pack.data("lexicons/local_agents.yaml"))
    differs = _differs(read, mandate.firm) if mandate else []
    missing = read.missing(corporation=bool(mandate and mandate.firm.representative))
    check = PublicationCheck.objects.create(
        operator=operator,
        mandate=mandate,
        evidence=kept,
        language=language[:8],
        found={part: {"text": at.text, "start": at.start, "end": at.end} for part, at in read.found.items()},
        differs=differs,
        complete=read.agent is not None and not missing and not differs,
        checked_at=clock.now(),
    )
    record(user, "publication_check", f"operator:{operator.pk}", check=check.pk, evidence=kept.sha256[:40])
    return check


def page_text(check: PublicationCheck) -> str:
    """The text a visitor of the page reads, from the evidence."""
    return visible_text(_decoded(evidence.read(check.evidence))) if check.evidence else ""


def _differs(read: Publication, firm: AgentFirm) -> list[str]:
    """Parts that say something else than the mandate. A name may stand in Korean or English; an address in any wording."""
    found = list(read.differs({"phone": firm.phone, "email": firm.email}))
    names = (firm.name_ko, firm.name_en)
    if all(read.differs({"name": name}) for name in names if name) and not _HAN.search(_seen(read, "name")):
        found.insert(0, "name")
    same_script = bool(_HANGUL.search(_seen(read, "representative"))) == bool(
        _HANGUL.search(firm.representative)
    )
    if same_script and read.differs({"representative": firm.representative}):
        found.append("representative")
    return found


def _seen(read: Publication, part: str) -> str:
    return read.found[part].text if part in read.found else ""


def _decoded(content: bytes) -> str:
    """By the page's own word for its letters, else UTF-8, else the old Korean set."""
    told = _CHARSET.search(content[:4096])
    for name in ((told[1].decode("ascii"),) if told else ()) + ("utf-8", "cp949", "gb18030"):
        try:
            return content.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("utf-8", "replace")

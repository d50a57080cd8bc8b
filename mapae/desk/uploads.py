"""Files that people send: bounded, recognised by their content, cleaned, kept as evidence; refused files are told why."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import filetype
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from mapae.desk.accounts.models import User
from mapae.desk.cases import evidence
from mapae.desk.cases.attached import WithFiles
from mapae.desk.cases.models import Evidence
from mapae.errors import InputError

__all__ = [
    "ACCEPT",
    "LIMITS",
    "Limits",
    "attached_or_404",
    "attachment",
    "download",
    "inspect",
    "keep_upload",
]


@dataclass(frozen=True, slots=True)
class Limits:
    """size: bytes of a file; files: of one form; pages: of a PDF; pixels: of a picture; unpacked: bytes in an archive;
    ratio: unpacked over packed."""

    size: int = 10_000_000
    files: int = 10
    pages: int = 200
    pixels: int = 40_000_000
    unpacked: int = 100_000_000
    ratio: int = 100


LIMITS = Limits()
_OFFICE = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word/",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xl/",
}
ACCEPT = (".pdf", ".png", ".jpg", ".jpeg", ".webp", ".txt", ".csv", ".docx", ".xlsx")
_ALIEN = (b"<script", b"<iframe", b"<?php")  # long enough not to stand in a picture's bytes by chance
_RUNS = (
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
)  # actions of a PDF that reach beyond it (ISO 32000-1, 12.6)
_MARKUP = (b"<svg", b"<html", b"<script", b"<!doctype html", b"<?xml", b"<iframe", b"javascript:")


def keep_upload(upload: UploadedFile, *, by: User | None = None, rung: str = "stated") -> Evidence:
    """Inspect an uploaded file and keep it; InputError says which file and why it is refused."""
    if upload.size is None or upload.size > LIMITS.size:
        raise _refusal(
            upload.name, _("The file is larger than %(size)s MB.") % {"size": LIMITS.size // 1_000_000}
        )
    content, media_type = inspect(upload.read(), upload.name or "")
    name = (upload.name or "file").replace("\\", "/").rpartition("/")[2][:120]
    return evidence.keep(content, media_type, by=by, name=name, rung=rung)


def inspect(content: bytes, name: str) -> tuple[bytes, str]:
    """(content to keep, media type) of an accepted file; pictures are written anew without their metadata."""
    if not content:
        raise _refusal(name, _("The file is empty."))
    if len(content) > LIMITS.size:
        raise _refusal(name, _("The file is larger than %(size)s MB.") % {"size": LIMITS.size // 1_000_000})
    kind = filetype.guess(content[:8192])
    media_type = kind.mime if kind else "text/plain"
    if media_type == "application/zip":
        media_type = _office_kind(content) or media_type
    check = _CHECKS.get(media_type)
    if check is None:
        accepted = ", ".join(ending.removeprefix(".") for ending in ACCEPT)
        raise _refusal(
            name, _("This kind of file is not accepted. Accepted are: %(kinds)s.") % {"kinds": accepted}
        )
    return check(content, name), media_type


def download(kept: Evidence) -> HttpResponse:
    """The kept file as an attachment that no browser runs."""
    return attachment(evidence.read(kept), kept.name or kept.sha256[:12])


def attached_or_404(row: WithFiles, pk: int) -> Evidence:
    """The file of that number among those of the row, called as it came there."""
    for each in row.attached:
        if each.pk == pk:
            return each
    raise Http404


def attachment(content: bytes, name: str) -> HttpResponse:
    """The content under that name, as an attachment that no browser runs."""
    response = HttpResponse(content, content_type="application/octet-stream")
    safe = "".join(char if char.isalnum() or char in "._- " else "_" for char in name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(safe)}"
    return response


def _refusal(name: str | None, why: str) -> InputError:
    return InputError(why, where=str(name or ""), mend=_("Send it in another form."))


def _picture(content: bytes, name: str) -> bytes:
    lower = content.lower()
    if zipfile.is_zipfile(io.BytesIO(content)) or any(mark in lower for mark in _ALIEN):
        raise _refusal(name, _("The file is two kinds at once."))
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > LIMITS.pixels or getattr(image, "n_frames", 1) > 1:
                raise _refusal(name, _("The picture is too large or moves."))
            form = image.format
            plain = ImageOps.exif_transpose(image)
            plain.info = {key: plain.info[key] for key in ("transparency",) if key in plain.info}
            out = io.BytesIO()
            plain.convert("RGB" if form == "JPEG" else plain.mode).save(out, form)
            return out.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise _refusal(name, _("The picture cannot be read.")) from error


def _pdf(content: bytes, name: str) -> bytes:
    if not content.startswith(b"%PDF-"):
        raise _refusal(name, _("The PDF does not begin as one."))
    if any(mark in content[:4096].lower() for mark in _MARKUP) or zipfile.is_zipfile(io.BytesIO(content)):
        raise _refusal(name, _("The file is two kinds at once."))
    try:
        reader = PdfReader(io.BytesIO(content))
        pages = -1 if reader.is_encrypted else len(reader.pages)
        held = set(_held(reader)) if 0 <= pages <= LIMITS.pages else set()
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, AttributeError) as error:
        raise _refusal(name, _("The PDF cannot be read.")) from error
    if pages < 0:
        raise _refusal(name, _("The PDF is locked with a password."))
    if pages > LIMITS.pages:
        raise _refusal(name, _("The PDF has more than %(pages)s pages.") % {"pages": LIMITS.pages})
    if "runs" in held:
        raise _refusal(name, _("The PDF runs something when it is opened."))
    if "file" in held:
        raise _refusal(name, _("The PDF carries another file."))
    return content


def _held(reader: PdfReader) -> Iterator[str]:
    """`runs` for an action that reaches beyond the document, `file` for a file inside; a leap to a page is neither."""
    root = _plain(reader.trailer["/Root"])
    names = _plain(root.get("/Names"))
    opened = _plain(root.get("/OpenAction"))
    if "/AA" in root or "/JavaScript" in names or opened.get("/S") in _RUNS:
        yield "runs"
    if "/EmbeddedFiles" in names:
        yield "file"
    for page in reader.pages:
        if "/AA" in page:
            yield "runs"
        marks = _led(page.get("/Annots"))
        for one in marks if isinstance(marks, list) else ():
            mark = _plain(one)
            if _plain(mark.get("/A")).get("/S") in _RUNS:
                yield "runs"
            if mark.get("/Subtype") == "/FileAttachment":
                yield "file"


def _led(found: Any) -> Any:
    """What a reference leads to."""
    return found.get_object() if hasattr(found, "get_object") else found


def _plain(found: Any) -> Any:
    """The dictionary that a value is or leads to; an empty one for anything else."""
    found = _led(found)
    return found if isinstance(found, dict) else {}


def _office_kind(content: bytes) -> str | None:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next(
        (kind for kind, folder in _OFFICE.items() if any(item.startswith(folder) for item in names)), None
    )


def _office(content: bytes, name: str) -> bytes:
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise _refusal(name, _("The file cannot be read.")) from error
    total = sum(entry.file_size for entry in entries)
    if total > LIMITS.unpacked or total > LIMITS.ratio * len(content) or len(entries) > 5000:
        raise _refusal(name, _("The file unpacks to far more than it is."))
    if any(
        entry.filename.endswith(("vbaProject.bin", ".exe", ".js")) or entry.flag_bits & 1 for entry in entries
    ):
        raise _refusal(name, _("The file holds a program or is locked."))
    return content


def _text(content: bytes, name: str) -> bytes:
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refusal(name, _("The file is no text."))
    if any(mark in content[:65536].lower() for mark in _MARKUP):
        raise _refusal(name, _("The file holds markup that a browser would run."))
    return content


_CHECKS: dict[str, Callable[[bytes, str], bytes]] = {
    "application/pdf": _pdf,
    "image/png": _picture,
    "image/jpeg": _picture,
    "image/webp": _picture,
    "text/plain": _text,
    **dict.fromkeys(_OFFICE, _office),
}

"""PDF: written anew page by page, without information, XMP, names of commentators, signatures and camera data."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, StreamObject

from mapae.desk.merchants.stripping.pictures import plain_jpeg
from mapae.errors import InputError

__all__ = ["plain_pdf"]

_DATED = ("/LastModified", "/CreationDate", "/ModDate", "/M", "/NM")
_ABOUT = {
    "/Metadata": "title",
    "/PieceInfo": "title",
    "/Author": "author",
    "/Creator": "title",
    "/Producer": "title",
}
_SIGNED = ("/Name", "/Location", "/ContactInfo", "/Reason", "/Contents", "/Cert")


def plain_pdf(content: bytes, name: str, found: set[str]) -> bytes:
    """The pages alone. found: gets what was taken out. InputError where files are attached, or it cannot be rewritten."""
    try:
        reader = PdfReader(io.BytesIO(content))
        found |= _told(reader)
        writer = PdfWriter()
        for page in reader.pages:
            writer.add_page(page)
        writer.metadata = None
        for each in writer._objects:
            if isinstance(each, DictionaryObject):
                _clean(each, name, found)
        out = io.BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise InputError(
            _("The metadata of the PDF cannot be removed."),
            where=name,
            mend=_("Print it to a new PDF, and send that."),
        ) from error
    return out.getvalue()


def _told(reader: PdfReader) -> set[str]:
    """What the document's own information says."""
    about = {key for key, value in (reader.metadata or {}).items() if value}
    found = {"author"} if "/Author" in about else set()
    if about - {"/Author"} or "/Metadata" in reader.trailer["/Root"]:
        found.add("title")
    return found


def _clean(thing: DictionaryObject, name: str, found: set[str]) -> None:
    kind, subtype = thing.get("/Type"), thing.get("/Subtype")
    if kind == "/EmbeddedFile" or subtype == "/FileAttachment" or kind == "/Filespec":
        raise InputError(
            _("A file is attached inside the PDF."), where=name, mend=_("Send the attached file by itself.")
        )
    for key, what in _ABOUT.items():
        _drop(thing, key, what, found)
    for key in _DATED:
        thing.pop(key, None)
    if "/Rect" in thing and subtype != "/Widget":  # a comment; of a form field it is the field's name
        _drop(thing, "/T", "author", found)
    if kind == "/Sig" or "/ByteRange" in thing:
        for key in _SIGNED:
            _drop(thing, key, "signature", found)
    if isinstance(thing, StreamObject) and thing.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        plain = plain_jpeg(thing._data)
        if len(plain) < len(thing._data):
            found.add("camera")
        thing._data = plain


def _drop(thing: dict[Any, Any], key: str, what: str, found: set[str]) -> None:
    if key in thing:
        del thing[key]
        found.add(what)

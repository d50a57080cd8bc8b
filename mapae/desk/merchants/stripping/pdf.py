"""PDF: written anew page by page, without information, XMP, names of commentators, signatures, paths and camera data."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, EncodedStreamObject, NameObject, StreamObject

from mapae.desk.merchants.stripping.pictures import plain_jp2, plain_jpeg
from mapae.errors import InputError

__all__ = ["plain_pdf"]

_DATED = ("/LastModified", "/CreationDate", "/ModDate")
_MARKED = ("/M", "/NM")  # when a comment or signature was made, and its own name
_ABOUT = {
    "/Metadata": "title",
    "/PieceInfo": "title",
    "/Author": "author",
    "/Creator": "title",
    "/Producer": "title",
}
_SIGNED = ("/Name", "/Location", "/ContactInfo", "/Reason", "/Contents", "/Cert")
_PATHS = ("/F", "/OPI", "/Ref")  # of a stream: content, pictures and pages that lie in other files
_ACTS = ("/A", "/PA", "/AA", "/Next")
_INNER = ("/GoTo", "/Named")  # leaps that stay in the document
_WEB = ("http://", "https://", "mailto:")
_DEVICE = {
    1: "/DeviceGray",
    3: "/DeviceRGB",
    4: "/DeviceCMYK",
}  # components of a colour → a colour space without a profile
_PICTURES = {"/DCTDecode": plain_jpeg, "/JPXDecode": plain_jp2}


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
            _walk(each, name, found)
        out = io.BytesIO()
        _pages_alone(writer).write(out)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise InputError(
            _("The metadata of the PDF cannot be removed."),
            where=name,
            mend=_("Print it to a new PDF, and send that."),
        ) from error
    return out.getvalue()


def _pages_alone(cleaned: PdfWriter) -> PdfWriter:
    """What the pages still lead to: objects that nothing points to any more stay behind."""
    made = PdfWriter()
    for page in cleaned.pages:
        made.add_page(page)
    made.metadata = None
    return made


def _told(reader: PdfReader) -> set[str]:
    """What the document's own information says."""
    about = {key for key, value in (reader.metadata or {}).items() if value}
    found = {"author"} if "/Author" in about else set()
    if about - {"/Author"} or "/Metadata" in reader.trailer["/Root"]:
        found.add("title")
    return found


def _walk(thing: Any, name: str, found: set[str]) -> None:
    """Clean a thing and what stands in it; what it points to is a thing of its own."""
    if isinstance(thing, DictionaryObject):
        _clean(thing, name, found)
        inner = list(thing.values())
    elif isinstance(thing, ArrayObject):
        _without_profile(thing)
        inner = list(thing)
    else:
        return
    for each in inner:
        _walk(each, name, found)


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
    if kind == "/OCG":  # a layer: who made it and for whom it is
        _drop(thing, "/Usage", "author", found)
    if kind == "/Page":
        thing.pop("/B", None)  # threads of articles, with their authors
    _clean_mark(thing, found)
    if isinstance(thing, StreamObject):
        for key in _PATHS:
            _drop(thing, key, "path", found)
        _plain_stream(thing, found)


def _clean_mark(thing: DictionaryObject, found: set[str]) -> None:
    """Who made a comment or signature and when; actions that lead out of the document."""
    signed, comment = (
        thing.get("/Type") == "/Sig" or "/ByteRange" in thing,
        "/Rect" in thing or thing.get("/Type") == "/Annot",
    )
    if signed or comment:
        for key in _MARKED:
            thing.pop(key, None)
    if signed:
        for key in _SIGNED:
            _drop(thing, key, "signature", found)
    if comment and thing.get("/Subtype") != "/Widget":  # of a form field it is the field's name
        _drop(thing, "/T", "author", found)
    if comment or thing.get("/Type") == "/Page" or "/S" in thing:
        for key in _ACTS:
            if _leads_out(thing.get(key)):
                _drop(thing, key, "path", found)


def _leads_out(action: Any) -> bool:
    """Whether an action leads to a file on somebody's computer or network, or cannot be told."""
    action = action.get_object() if action is not None else None
    if action is None:
        return False
    if not isinstance(action, DictionaryObject):
        return True
    if action.get("/S") == "/URI":
        return not str(action.get("/URI", "")).lower().startswith(_WEB)
    return action.get("/S") not in _INNER


def _plain_stream(stream: StreamObject, found: set[str]) -> None:
    """A picture inside without its metadata, also where it was packed once more."""
    told = stream.get("/Filter")
    told = told.get_object() if told is not None else None
    filters = list(told) if isinstance(told, ArrayObject) else [told]
    plainly = _PICTURES.get(str(filters[-1]))
    if plainly is None:
        return
    packed = _unpacked(stream, filters) if len(filters) > 1 else stream._data
    plain = plainly(packed)
    if len(plain) < len(packed):
        found.add("camera")
    stream._data = plain


def _unpacked(stream: StreamObject, filters: list[Any]) -> bytes:
    """The picture's own bytes; from here on the stream has its last filter alone."""
    outer = EncodedStreamObject()
    outer._data = stream._data
    outer[NameObject("/Filter")] = ArrayObject(filters[:-1])
    parameters = stream.get("/DecodeParms")
    parameters = parameters.get_object() if parameters is not None else None
    if isinstance(parameters, ArrayObject):
        outer[NameObject("/DecodeParms")] = ArrayObject(parameters[:-1])
        stream.pop("/DecodeParms")
        if isinstance(last := parameters[-1].get_object(), DictionaryObject):
            stream[NameObject("/DecodeParms")] = last
    stream[NameObject("/Filter")] = NameObject(filters[-1])
    return bytes(outer.get_data())


def _without_profile(array: ArrayObject) -> None:
    """A colour space of a profile becomes that of the device: profiles name screens and when they were measured."""
    if len(array) == 2 and array[0] == "/ICCBased":
        profile = array[1].get_object()
        device = _DEVICE.get(int(profile.get("/N", 0))) if isinstance(profile, DictionaryObject) else None
        if device is None:
            raise ValueError("a colour space that nobody knows")
        array[:] = [NameObject(device)]


def _drop(thing: dict[Any, Any], key: str, what: str, found: set[str]) -> None:
    if key in thing:
        del thing[key]
        found.add(what)

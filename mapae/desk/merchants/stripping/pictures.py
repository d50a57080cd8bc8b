"""Pictures: what their metadata told, and pictures inside other files written anew without it."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from mapae.desk.uploads import LIMITS
from mapae.errors import InputError

__all__ = ["marks_of_picture", "plain_inner_picture", "plain_jpeg"]

_GPS, _FORMATS = 0x8825, ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
_KEPT_MARKERS = (0xDB, 0xC4, 0xDD, 0xEE)  # tables, restart interval, Adobe's colour transform


def marks_of_picture(content: bytes) -> set[str]:
    """What the picture's metadata tell: place, camera, comment; nothing for what is no picture."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            exif, info = image.getexif(), set(image.info)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return set()
    found = {"camera"} if len(exif) or (info & {"icc_profile", "dpi"} and exif) else set()
    if exif.get_ifd(_GPS):
        found.add("place")
    if info & {
        "comment",
        "xmp",
        "photoshop",
        "Title",
        "Author",
        "Description",
        "Software",
        "XML:com.adobe.xmp",
    }:
        found.add("comment")
    return found


def plain_inner_picture(content: bytes, name: str, where: str) -> bytes:
    """A picture inside a document, written anew from its pixels. InputError for a kind whose metadata cannot be removed."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.format not in _FORMATS or image.width * image.height > LIMITS.pixels:
                raise _refusal(name, where)
            form, colours = image.format, image.info.get("transparency")
            plain = ImageOps.exif_transpose(image)
            plain.info.clear()
            kept = {} if colours is None else {"transparency": colours}
            out = io.BytesIO()
            plain.convert("RGB" if form == "JPEG" else plain.mode).save(out, form, **kept)
            return out.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise _refusal(name, where) from error


def plain_jpeg(content: bytes) -> bytes:
    """The stream without its APP and comment segments but Adobe's, pixels untouched; as it is where it is no JPEG."""
    if not content.startswith(b"\xff\xd8"):
        return content
    out, at = bytearray(b"\xff\xd8"), 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xDA:  # the pixels: to the end
            end = content.rfind(b"\xff\xd9")
            return bytes(out) + (content[at : end + 2] if end > at else content[at:])
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in _KEPT_MARKERS or 0xC0 <= marker <= 0xCF:
            out += content[at : at + 2 + size]
        at += 2 + size
    return content


def _refusal(name: str, where: str) -> InputError:
    return InputError(
        _("A picture inside the file cannot be freed of its metadata: %(where)s.") % {"where": where},
        where=name,
        mend=_("Save it as PDF or as a picture, and send that."),
    )

"""Pictures: what their metadata told, and pictures inside other files written anew without it."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from mapae.desk.uploads import LIMITS
from mapae.errors import InputError

__all__ = ["marks_of_picture", "plain_inner_picture", "plain_jpeg"]

_GPS, _FORMATS = 0x8825, ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
_KEPT_MARKERS = (0xDA, 0xDB, 0xC4, 0xDD, 0xEE)  # pixels, tables, restart interval, Adobe's colour transform


def marks_of_picture(content: bytes) -> set[str]:
    """What the picture's metadata tell: place, camera, comment; nothing for what is no picture."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            exif, info = image.getexif(), set(image.info)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return set()
    found = {"camera"} if exif else set()
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
    """The picture without its APP and comment segments but Adobe's, pixels untouched, and without what stands behind its end
    (phones put further pictures there, each with its own metadata). As it is where it is no JPEG; ValueError where it is a
    broken one, since nobody knows what such a one holds."""
    if not content.startswith(b"\xff\xd8"):
        return content
    out, at = bytearray(b"\xff\xd8"), 2
    while at + 2 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == 0xD9:
            return bytes(out) + b"\xff\xd9"
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == 0xDA:
            end = _after_pixels(content, end)
        if marker in _KEPT_MARKERS or 0xC0 <= marker <= 0xCF:
            out += content[at:end]
        at = end
    raise ValueError("the JPEG has no end")


def _after_pixels(content: bytes, at: int) -> int:
    """Where the marker behind the pixels stands: in them 0xFF is followed by 0 or by a restart."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2
    return len(content)


def _refusal(name: str, where: str) -> InputError:
    return InputError(
        _("A picture inside the file cannot be freed of its metadata: %(where)s.") % {"where": where},
        where=name,
        mend=_("Save it as PDF or as a picture, and send that."),
    )

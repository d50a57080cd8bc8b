"""Pictures: what their metadata told, and pictures inside other files written anew without it."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from mapae.desk.uploads import LIMITS
from mapae.errors import InputError

__all__ = ["marks_of_picture", "plain_inner_picture", "plain_jp2", "plain_jpeg"]

_GPS, _FORMATS = 0x8825, ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
_BOXES = (
    b"jP  ",
    b"ftyp",
    b"jp2h",
    b"jp2c",
)  # of JPEG 2000 (ISO 15444-1, annex I): what it is, its size, its pixels
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


def plain_jp2(content: bytes) -> bytes:
    """A JPEG 2000 picture without the boxes that tell of it and without comments before its pixels. ValueError where its
    parts cannot be told."""
    if content.startswith(b"\xff\x4f"):
        return _plain_codestream(content)
    out, at = bytearray(), 0
    while at < len(content):
        size, kind, head = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        end = at + size if size else len(content)
        if end > len(content) or end < at + head:
            raise ValueError("the JPEG 2000 picture has no end")
        if kind == b"jp2c":
            pixels = _plain_codestream(content[at + head : end])
            out += (len(pixels) + 8).to_bytes(4, "big") + kind + pixels
        elif kind in _BOXES:
            out += content[at:end]
        at = end
    return bytes(out)


def _plain_codestream(content: bytes) -> bytes:
    """Without comments in the main header, which ends where the first tile begins."""
    out, at = bytearray(content[:2]), 2
    while content[at : at + 2] != b"\xff\x90":
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end > len(content) or content[at] != 0xFF:
            raise ValueError("the JPEG 2000 picture has no tiles")
        if content[at + 1] != 0x64:
            out += content[at:end]
        at = end
    return bytes(out) + content[at:]


def _refusal(name: str, where: str) -> InputError:
    return InputError(
        _("A picture inside the file cannot be freed of its metadata: %(where)s.") % {"where": where},
        where=name,
        mend=_("Save it as PDF or as a picture, and send that."),
    )

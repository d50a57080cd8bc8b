"""A picture file as its PDQ hash: small kinds of files only, large or broken ones refused before they are unpacked."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.detect.pdq import pdq
from mapae.errors import InputError, UsageError

__all__ = ["FORMATS", "LEAST_SIDE", "MOST_PIXELS", "Grey", "grey_of", "hash_of"]

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF")
MOST_PIXELS, LEAST_SIDE = 40_000_000, 16
_MOST_BYTES = 64 << 20
_SIDE = 2048  # larger pictures are made smaller before they are hashed
_GREY = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601, as PDQ asks for

Grey = npt.NDArray[np.float64]


def hash_of(picture: Path | bytes) -> tuple[str, int]:
    """(PDQ as 64 hex digits, quality 0–100) of a picture file or its content. InputError as grey_of."""
    return pdq(grey_of(picture))


def grey_of(picture: Path | bytes) -> Grey:
    """Grey values 0–255 as (rows, columns), upright, on white where it is transparent, at most 2,048 a side.

    InputError for what is no picture of FORMATS, is cut off, has under 16 pixels a side or over 40 million in all, or is
    a file of more than 64 MB. UsageError where Pillow is not installed.
    """
    images, ops = _pillow()
    if isinstance(picture, Path) and (size := picture.stat().st_size) > _MOST_BYTES:
        raise InputError("the file is too large to be opened", where=f"{size:,} bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            source = io.BytesIO(picture) if isinstance(picture, bytes) else picture
            with images.open(source, formats=_opened_by(images)) as image:
                return _read(image, images, ops)
    except InputError:
        raise
    except images.DecompressionBombError as error:
        raise InputError("the picture has too many pixels") from error
    except images.UnidentifiedImageError as error:
        raise InputError("not a picture", where=f"none of {', '.join(FORMATS)}") from error
    except (OSError, ValueError, SyntaxError, TypeError, EOFError) as error:
        raise InputError("not a picture", where=_told(error)) from error


def _opened_by(images: Any) -> list[str]:
    """Those of FORMATS that this Pillow opens: AVIF from 11.3 on."""
    known = set(images.registered_extensions().values())
    return [name for name in FORMATS if name in known]


def _read(image: Any, images: Any, ops: Any) -> Grey:
    if image.width * image.height > MOST_PIXELS:
        raise InputError("the picture has too many pixels", where=f"{image.width} × {image.height}")
    if min(image.size) < LEAST_SIDE:
        raise InputError("the picture is too small", where=f"{image.width} × {image.height}")
    image.draft("RGB", (_SIDE, _SIDE))
    plain = _plain(ops.exif_transpose(image), images)
    plain.thumbnail((_SIDE, _SIDE))
    grey: Grey = np.asarray(plain, dtype=np.float64) @ _GREY
    return grey


def _plain(image: Any, images: Any) -> Any:
    """Three channels of 8 bits: sixteen bits are brought down to eight, what is transparent stands on white."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 257).convert("L").convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    shown = image.convert("RGBA")
    return images.alpha_composite(images.new("RGBA", shown.size, "white"), shown).convert("RGB")


def _told(error: BaseException) -> str:
    """The first line of what the library says, without the file's place in memory."""
    lines: Iterator[str] = iter(str(error).splitlines())
    return next(lines, type(error).__name__).partition(" <")[0][:120]


def _pillow() -> tuple[Any, Any]:
    try:
        from PIL import Image, ImageOps
    except ImportError as error:
        raise UsageError(
            "Pillow is needed to open pictures and is not installed",
            where="Pillow",
            mend="install it beside mapae: .venv/bin/python -m pip install pillow",
        ) from error
    return Image, ImageOps

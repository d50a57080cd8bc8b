"""Picture files: what is none, is broken, or would fill the memory is refused with a reason."""

from __future__ import annotations

import io
import random
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from mapae.detect.pictures.opened import grey_of, hash_of
from mapae.errors import InputError
from tests.detect.pictures.drawn import drawn


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it has these many pixels, and has few bytes."""

    def block(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + block(b"IHDR", head)
        + block(b"IDAT", zlib.compress(bytes(100)))
        + block(b"IEND", b"")
    )


def saved(image: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def apart(one: str, two: str) -> int:
    return (int(one, 16) ^ int(two, 16)).bit_count()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (png_of(60_000, 60_000), "too many pixels"),
        (png_of(400_000, 400_000), "not a picture|too many pixels"),
        (png_of(300, 300), "not a picture"),
        (saved(drawn(1))[:2_000], "not a picture"),
        (saved(drawn(1, 12, 300)), "too small"),
        (b"", "not a picture"),
        (b"%PDF-1.7 ...", "not a picture"),
        (b"GIF89a", "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_a_reason(content: bytes, reason: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=reason):
        grey_of(content)
    path = tmp_path / "shown.jpg"
    path.write_bytes(content)
    with pytest.raises(InputError, match=reason):
        grey_of(path)


def test_kinds_of_files_transparency_and_orientation_do_not_change_what_is_seen() -> None:
    image = drawn(2)
    own, quality = hash_of(saved(image, "PNG"))
    assert quality >= 50
    for kind, most in (("JPEG", 16), ("WEBP", 16), ("BMP", 0), ("GIF", 16)):
        assert apart(own, hash_of(saved(image, kind))[0]) <= most, kind
    clear = image.convert("RGBA")
    assert apart(own, hash_of(saved(clear, "PNG"))[0]) == 0
    exif = Image.Exif()
    exif[0x0112] = 6  # shown turned by 90° to the right
    lying = saved(image.rotate(90, expand=True), exif=exif, quality=95)
    assert apart(own, hash_of(lying)[0]) <= 16
    assert apart(own, hash_of(saved(ImageOps.mirror(image)))[0]) > 60


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_damaged_files_are_read_or_refused_and_nothing_else_happens(kind: str) -> None:
    whole, chance = saved(drawn(4, 96, 80), kind), random.Random(kind)
    refused = 0
    for _ in range(80):
        damaged = bytearray(whole[: chance.randrange(1, len(whole) + 1)] if chance.random() < 0.4 else whole)
        for _ in range(chance.randrange(1, 9)):
            damaged[chance.randrange(min(len(damaged), chance.choice((40, len(damaged)))))] = (
                chance.randrange(256)
            )
        try:
            assert grey_of(bytes(damaged)).ndim == 2
        except InputError as error:
            refused += bool(error.what)
    assert refused > 10


def test_large_pictures_are_made_smaller() -> None:
    large = Image.fromarray(np.kron(np.asarray(drawn(3, 300, 200)), np.ones((12, 12, 1))).astype(np.uint8))
    assert max(grey_of(saved(large)).shape) <= 2048


def test_what_is_transparent_stands_on_white() -> None:
    seen = drawn(3, 400, 300).convert("RGBA")
    hole = Image.new("L", seen.size, 0)
    hole.paste(255, (100, 60, 300, 240))
    on_white = Image.composite(seen, Image.new("RGBA", seen.size, "white"), hole).convert("RGB")
    cut = Image.composite(seen, Image.new("RGBA", seen.size, (0, 0, 0, 0)), hole)
    assert apart(hash_of(saved(cut, "PNG"))[0], hash_of(saved(on_white, "PNG"))[0]) <= 2


def test_sixteen_bits_of_grey_are_seen_as_eight() -> None:
    grey = drawn(3, 400, 300).convert("L")
    deep = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    assert apart(hash_of(saved(deep, "PNG"))[0], hash_of(saved(grey, "PNG"))[0]) <= 2

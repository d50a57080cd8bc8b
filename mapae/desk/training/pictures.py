"""Draws the demo shop's photographs: a toy of rings and strings in the colours that its name gives; or a part of it."""

from __future__ import annotations

import io
from random import Random

from PIL import Image, ImageDraw

__all__ = ["picture"]

SIZE = 480


def picture(name: str) -> bytes:
    """A PNG, always the same for a name. `NAME-crop` shows the middle of NAME."""
    whole = name.removesuffix("-crop")
    image = _draw(Random(f"picture {whole.rsplit('-', 1)[0]}"), Random(f"ground {whole}"))
    if whole != name:
        edge = SIZE // 7
        image = image.crop((edge, edge, SIZE - edge // 2, SIZE - edge // 2)).resize((SIZE, SIZE))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _draw(goods: Random, ground: Random) -> Image.Image:
    """The goods look the same on every photograph; the ground they lie on does not."""
    image = Image.new("RGB", (SIZE, SIZE), _colour(ground, 215, 245))
    pen = ImageDraw.Draw(image)
    middle, disc = SIZE // 2, _colour(goods, 90, 200)
    for turn in range(6):
        x, y = ((-1, -1), (0, -1), (1, -1), (-1, 1), (0, 1), (1, 1))[turn]
        end = (middle + x * 170, middle + y * 165)
        pen.line([(middle + x * 60, middle + y * 40), end], fill=_colour(goods, 60, 220), width=14)
        pen.ellipse([end[0] - 26, end[1] - 26, end[0] + 26, end[1] + 26], fill=_colour(goods, 60, 220))
    pen.ellipse([middle - 130, middle - 80, middle + 130, middle + 80], fill=disc)
    pen.ellipse([middle - 60, middle - 60, middle + 60, middle + 60], fill=_colour(goods, 150, 240))
    return image


def _colour(chance: Random, low: int, high: int) -> tuple[int, int, int]:
    return chance.randrange(low, high), chance.randrange(low, high), chance.randrange(low, high)

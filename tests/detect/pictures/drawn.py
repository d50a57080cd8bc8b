"""Invented product pictures: shapes, stripes and dots on a lit ground, each its own, by seed."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

__all__ = ["drawn"]


def drawn(seed: int, width: int = 640, height: int = 480) -> Image.Image:
    """A picture; the same seed and size draw the same."""
    rng = np.random.default_rng(seed)
    slope = rng.uniform(-0.2, 0.2, 2)
    y, x = np.mgrid[0:height, 0:width]
    ground = rng.uniform(90, 220) + slope[0] * x + slope[1] * y
    layers = np.stack([ground + rng.uniform(-30, 30) for _ in range(3)], -1)
    layers += rng.normal(0, 6, (height, width, 1))
    image = Image.fromarray(layers.clip(0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(14, 30))):
        left, top = rng.uniform(-0.1, 0.9, 2) * (width, height)
        right, bottom = left + rng.uniform(0.05, 0.5) * width, top + rng.uniform(0.05, 0.5) * height
        colour = tuple(int(value) for value in rng.integers(0, 255, 3))
        shape = rng.integers(0, 4)
        if shape == 0:
            pen.ellipse((left, top, right, bottom), fill=colour)
        elif shape == 1:
            pen.rectangle((left, top, right, bottom), fill=colour)
        elif shape == 2:
            corners = rng.uniform(0, 1, (5, 2)) * (right - left, bottom - top) + (left, top)
            pen.polygon([tuple(corner) for corner in corners], fill=colour)
        else:
            for step in range(6):
                offset = step * (right - left) / 6
                pen.line((left + offset, top, right, bottom - offset), fill=colour, width=3)
    return image.filter(ImageFilter.GaussianBlur(0.7))

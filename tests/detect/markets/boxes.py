"""Markets by chance for the tests: boxes of amounts and ways they may be."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction as F

from mapae.detect.markets.box import Box, Point, make_box
from mapae.errors import InputError

__all__ = ["chance_boxes", "ways"]


def chance_boxes(seed: int, count: int) -> Iterator[Box]:
    """Boxes of up to six firms: amounts known, bounded or missing; per cent, open, or with a rest."""
    chance = random.Random(seed)
    made = 0
    while made < count:
        firms = []
        for number in range(chance.randint(1, 6)):
            low = F(chance.choice([chance.randint(0, 60), chance.randint(0, 20)]))
            drawn = chance.random()
            high = low + chance.randint(1, 40) if drawn < 0.45 else low
            firms.append((str(number), None, None) if drawn > 0.95 else (str(number), low, high))
        try:
            yield _box(chance, firms)
            made += 1
        except InputError:
            continue


def _box(chance: random.Random, firms: list[tuple[str, F | None, F | None]]) -> Box:
    drawn = chance.random()
    if drawn < 0.4:
        return make_box(firms, rest=(F(0), None), total=(F(100), F(100)))
    if drawn < 0.6:
        return make_box(firms, rest=(F(chance.randint(0, 10)), F(chance.randint(10, 30))))
    return make_box(firms)


def ways(box: Box, seed: int, count: int) -> Iterator[Point]:
    """Ways the market may be, many of them at the ends of bounds."""
    chance = random.Random(seed)
    for _ in range(count):
        amounts = [
            low + (high - low) * F(chance.choice([0, 1, chance.random(), chance.random() ** 3]))
            for low, high in zip(box.low, box.high, strict=True)
        ]
        point = box.point(amounts, most=chance.random() < 0.5)
        if point is not None:
            yield point

"""Our PDQ agrees with pdqhash 0.2.8, whose hashes of made-up pictures stand here, and near duplicates stay near."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from mapae.detect.pdq import LEAST_QUALITY, pdq

GREY = np.array([0.299, 0.587, 0.114])
# (rows, columns, number) → hash by pdqhash
MADE = {
    (64, 64, 0): "ffbcbfeaff50bbea6bf0eeaa3730baaa7e807eaad800eaaa1000aaaa00005555",
    (200, 333, 1): "0009ff4b0009ff4b0009ffcb0009fd4b0009754b555eaab5ffe6aab4fff6aab4",
    (480, 640, 2): "fffa555dfffa5555ffffaaaa0010aaaa0198aaaa0198aaaa0598aaaa0598aaaa",
    (901, 120, 3): "080f5d5a080f5d5a080f5d5a280edd5a880ffd5aa80ffd5aa80ffd5aa80ffd5a",
    (1200, 1600, 4): "5e00ab5f5e00abfa5e00abfa5e00abfa5e00abff5e00abea5e00abea5e00abee",
}


def made(rows: int, columns: int, number: int) -> npt.NDArray[np.float64]:
    y, x = np.mgrid[0:rows, 0:columns]
    layers = [
        127
        + 60 * np.sin(x * (number + 1) / 37 + y / (11 + number))
        + 60 * np.cos(y * (number + 2) / 29 + layer * x / 53)
        for layer in range(3)
    ]
    whole: npt.NDArray[np.float64] = np.stack(layers, -1).clip(0, 255).astype(np.uint8).astype(float) @ GREY
    return whole


def apart(one: str, two: str) -> int:
    return (int(one, 16) ^ int(two, 16)).bit_count()


@pytest.mark.parametrize("shape", MADE)
def test_hashes_are_those_of_pdqhash(shape: tuple[int, int, int]) -> None:
    found, quality = pdq(made(*shape))
    assert len(found) == 64 and quality >= LEAST_QUALITY
    assert apart(found, MADE[shape]) <= 2


def test_noise_light_and_size_change_few_bits_and_another_picture_many() -> None:
    rng = np.random.default_rng(7)
    picture = np.kron(rng.uniform(0, 255, (12, 12)), np.ones((40, 40)))
    own = pdq(picture)[0]
    assert apart(own, pdq(picture + rng.normal(0, 6, picture.shape))[0]) <= 16
    assert apart(own, pdq(picture * 0.8 + 20)[0]) <= 16
    assert apart(own, pdq(picture[::2, ::2])[0]) <= 16
    other = np.kron(rng.uniform(0, 255, (12, 12)), np.ones((40, 40)))
    assert apart(own, pdq(other)[0]) > 80


def test_a_plain_ground_is_of_no_quality() -> None:
    assert pdq(np.full((100, 80), 200.0))[1] < LEAST_QUALITY

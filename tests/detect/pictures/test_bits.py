"""Hashes as words: from text and back, blank ones, and those of pictures turned without the picture."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from mapae.detect.pdq import TURNS, pdq, pdq_turned
from mapae.detect.pictures import blank, hex_of, turned, words_of
from tests.detect.pictures.drawn import drawn

GREY = np.array([0.299, 0.587, 0.114])
SHOWN = {
    "as it is": lambda grey: grey,
    "mirrored": lambda grey: grey[:, ::-1],
    "upside down, mirrored": lambda grey: grey[::-1],
    "turned by 180°": lambda grey: grey[::-1, ::-1],
    "turned by 90°": lambda grey: np.rot90(grey, -1),
    "turned by 270°": lambda grey: np.rot90(grey, 1),
    "turned by 90°, mirrored": lambda grey: grey.T,
    "turned by 270°, mirrored": lambda grey: grey[::-1, ::-1].T,
}


def apart(one: str, two: str) -> int:
    return (int(one, 16) ^ int(two, 16)).bit_count()


def test_hashes_go_to_words_and_back_and_other_cells_are_left_out() -> None:
    texts = ["0f" * 32, None, "", "0F" * 32, " " + "a1b2c3d4" * 8, "0f" * 31, "zz" * 32, "é" * 64]
    for column in (pa.array(texts), pa.array(["x", *texts])[1:]):
        rows, words = words_of(column)
        assert rows.tolist() == [0, 3, 4]
        assert hex_of(words) == ["0f" * 32, "0f" * 32, "a1b2c3d4" * 8]
    assert words_of(pa.array([], pa.string()))[1].shape == (0, 4)


def test_blank_hashes_are_known() -> None:
    _, words = words_of(pa.array(["0" * 64, "f" * 64, "0" * 62 + "ff", "0" * 61 + "fff", "0f" * 32]))
    assert blank(words).tolist() == [True, True, False, False, False]


@pytest.mark.parametrize("seed", range(6))
def test_all_forms_are_the_hashes_of_the_turned_pictures(seed: int) -> None:
    grey = np.asarray(drawn(seed, 320, 256), float) @ GREY
    forms, quality = pdq_turned(grey)
    assert quality == pdq(grey)[1] and forms[0] == pdq(grey)[0]
    for form, turn in zip(forms, TURNS, strict=True):
        assert apart(form, pdq(SHOWN[turn](grey))[0]) <= 2, turn


@pytest.mark.parametrize("seed", range(6))
def test_a_hash_is_turned_without_its_picture_to_within_the_radius(seed: int) -> None:
    forms, _ = pdq_turned(np.asarray(drawn(seed), float) @ GREY)
    own = words_of(pa.array([forms[0]]))[1]
    for form, turn in zip(forms, TURNS, strict=True):
        assert apart(hex_of(turned(own, turn))[0], form) <= 31, turn

"""Points find crops, frames and slants of a picture, and no picture that only looks a little alike."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from mapae.detect.pictures.points import PointIndex, points_of, write_points
from tests.detect.pictures.drawn import drawn

pytest.importorskip("cv2")
GREY = np.array([0.299, 0.587, 0.114])
KNOWN = 12


def grey(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB"), float) @ GREY


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PointIndex:
    folder = tmp_path_factory.mktemp("points") / "points"
    write_points([points_of(grey(drawn(seed))) for seed in range(KNOWN)], folder)
    return PointIndex(folder)


def cut(image: Image.Image, share: float) -> Image.Image:
    width, height = image.size
    return image.crop(
        (int(share * width), int(share * height), int((1 - share) * width), int((1 - share) * height))
    )


@pytest.mark.parametrize(
    "edit",
    [
        lambda image: cut(image, 0.1),
        lambda image: image.crop((200, 0, 640, 480)),
        lambda image: image.rotate(12),
        lambda image: ImageOps.expand(image, 70, (255, 255, 255)),
        lambda image: image.resize((320, 240)),
    ],
    ids=["a tenth cut off all round", "a third cut off", "slanted", "framed", "half the size"],
)
def test_a_changed_picture_is_found_and_only_it(index: PointIndex, edit) -> None:
    for seed in range(KNOWN):
        assert [match.picture for match in index.search(points_of(grey(edit(drawn(seed)))))] == [seed]


def test_pictures_never_seen_match_none(index: PointIndex) -> None:
    assert not [seed for seed in range(500, 520) if index.search(points_of(grey(drawn(seed))))]


def test_a_badge_that_two_pictures_bear_does_not_make_them_one(index: PointIndex) -> None:
    def badged(seed: int) -> Image.Image:
        image = drawn(seed)
        image.paste(drawn(77, 110, 70), (500, 380))
        ImageDraw.Draw(image).rectangle((500, 380, 610, 450), outline=(0, 0, 0))
        return image

    assert index.search(points_of(grey(badged(3))))[0].picture == 3
    assert not [match for match in index.search(points_of(grey(badged(600)))) if match.picture < KNOWN]


def test_a_plain_picture_has_too_few_points_to_be_matched(index: PointIndex) -> None:
    plain = points_of(np.full((200, 300), 128.0))
    assert plain.words.shape == (0, 4) and index.search(plain) == []

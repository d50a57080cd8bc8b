"""Pictures by the points in them: finds crops, frames and slants that no hash of the whole picture finds.

Points are described by ORB (Rublee, Rabaud, Konolige, Bradski, ICCV 2011; OpenCV) in 256 bits each, filed like hashes, and
count where one move, turn and scale carries those of one picture onto those of the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from mapae.detect.kernels.near import BUCKETS, file_run, near
from mapae.detect.pictures.bits import Words
from mapae.errors import UsageError

__all__ = ["LEAST_POINTS", "PointIndex", "Points", "PointsMatch", "points_of", "write_points"]

LEAST_POINTS = 12  # points that agree in one move, turn and scale, from which two pictures are one
_RUNS = 4  # of 16: a fifth of the size; half of the pairs are met, and a picture has hundreds
_POINTS, _SIDE = 300, 480
_VOTES, _CHECKED = 8, 20  # pairs of points from which a picture is looked at; pictures looked at
_FAR = 6.0  # pixels of 480 that a point may be off
_RADIUS = 31
_SPREAD = 0.03  # share of the picture that the points must span: less is a logo or a badge that both bear
_SCALES = (0.2, 5.0)


class Points(NamedTuple):
    """Points of one picture: at (n, 2) pixels with the longer side scaled to 480, words (n, 4) their descriptions."""

    at: npt.NDArray[np.float32]
    words: Words


class PointsMatch(NamedTuple):
    """picture: row of the index; points that agree; spread: share of the asked picture between them."""

    picture: int
    points: int
    spread: float


def points_of(grey: npt.NDArray[np.floating]) -> Points:
    """The 300 clearest points of a picture of grey values 0–255. UsageError where OpenCV is not installed."""
    cv2 = _opencv()
    scale = _SIDE / max(grey.shape)
    size = [max(16, round(side * scale)) for side in grey.shape[::-1]]
    small = cv2.resize(np.asarray(grey, np.float32), size, interpolation=cv2.INTER_AREA)
    finder = cv2.ORB_create(nfeatures=_POINTS, fastThreshold=10)
    found, told = finder.detectAndCompute(np.clip(small, 0, 255).astype(np.uint8), None)
    if not found:
        return Points(np.empty((0, 2), np.float32), np.empty((0, 4), np.uint64))
    at = np.array([point.pt for point in found], np.float32)
    return Points(at, np.ascontiguousarray(told).view(">u8").astype(np.uint64))


@dataclass(frozen=True)
class PointIndex:
    """The points of an index folder, mapped."""

    folder: Path

    @cached_property
    def _arrays(self) -> dict[str, npt.NDArray[Any]]:
        names = ("hashes", "starts", "order", "signs", "owner", "at")
        return {name: np.load(self.folder / f"{name}.npy", mmap_mode="r") for name in names}

    def search(self, asked: Points) -> list[PointsMatch]:
        """Pictures that share enough points with the one asked about, the most points first."""
        if len(asked.words) < LEAST_POINTS:
            return []
        pairs = self._pairs(asked.words)
        owner = self._arrays["owner"][pairs[:, 1]]
        names, votes = np.unique(owner, return_counts=True)
        likely = names[votes >= _VOTES][np.argsort(-votes[votes >= _VOTES], kind="stable")][:_CHECKED]
        found = (self._agreed(int(name), pairs[owner == name], asked) for name in likely)
        kept = [each for each in found if each.points >= LEAST_POINTS and each.spread >= _SPREAD]
        return sorted(kept, key=lambda each: (-each.points, each.picture))

    def _pairs(self, words: Words) -> npt.NDArray[np.int64]:
        room = 1 << 14
        hashes, starts, order, signs = (
            np.asarray(self._arrays[name]) for name in ("hashes", "starts", "order", "signs")
        )
        while True:
            out = np.empty((room, 3), np.int64)
            count = int(near(words, hashes, starts, order, signs, _RADIUS, out))
            if count <= room:
                return out[:count]
            room = count

    def _agreed(self, picture: int, pairs: npt.NDArray[np.int64], asked: Points) -> PointsMatch:
        """Points that one move, turn and scale carries over, each counted once on either side."""
        cv2 = _opencv()
        pairs = pairs[np.argsort(pairs[:, 2], kind="stable")]
        pairs = pairs[np.unique(pairs[:, 0], return_index=True)[1]]
        pairs = pairs[np.unique(pairs[:, 1], return_index=True)[1]]
        if len(pairs) < LEAST_POINTS:
            return PointsMatch(picture, 0, 0.0)
        mine, theirs = asked.at[pairs[:, 0]], self._arrays["at"][pairs[:, 1]].astype(np.float32)
        cv2.setRNGSeed(0)
        move, agree = cv2.estimateAffinePartial2D(mine, theirs, ransacReprojThreshold=_FAR)
        if move is None or not _SCALES[0] < float(np.hypot(move[0, 0], move[1, 0])) < _SCALES[1]:
            return PointsMatch(picture, 0, 0.0)
        kept = mine[agree.ravel() > 0]
        area = float(cv2.contourArea(cv2.convexHull(kept))) if len(kept) > 2 else 0.0
        spread = area / float(np.prod(np.maximum(1.0, np.ptp(asked.at, axis=0))))
        return PointsMatch(picture, len(kept), round(min(1.0, spread), 3))


def write_points(points: list[Points], folder: Path) -> None:
    """File the points of pictures, in the order of the index's rows: about 36 kB a picture."""
    folder.mkdir(parents=True)
    words = np.concatenate([np.empty((0, 4), np.uint64), *(each.words for each in points)])
    owner = np.repeat(np.arange(len(points), dtype=np.int32), [len(each.words) for each in points])
    at = np.concatenate([np.empty((0, 2), np.float32), *(each.at for each in points)])
    starts, order = np.zeros((_RUNS, BUCKETS + 1), np.uint32), np.zeros((_RUNS, len(words)), np.uint32)
    signs = np.zeros((_RUNS, len(words), 2), np.uint64)
    for run in range(_RUNS):
        file_run(words, run, starts[run], order[run], signs[run])
    arrays = {"hashes": words, "starts": starts, "order": order, "signs": signs, "owner": owner}
    for name, array in (arrays | {"at": at.astype(np.float16)}).items():
        np.save(folder / f"{name}.npy", array)


def _opencv() -> Any:
    try:
        import cv2
    except ImportError as error:
        raise UsageError(
            "OpenCV is needed to compare pictures by their points and is not installed",
            where="OpenCV",
            mend="install it beside mapae: .venv/bin/python -m pip install opencv-python-headless, or leave --points out",
        ) from error
    return cv2

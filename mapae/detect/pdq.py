"""PDQ, a hash of what a picture looks like: near duplicates differ in few of its 256 bits.

After "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm" (Facebook, 2019), in numpy; bit for bit what
pdqhash gives for the same grey values.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

__all__ = ["LEAST_QUALITY", "TURNS", "pdq", "pdq_turned"]

Grid = npt.NDArray[np.float64]
LEAST_QUALITY = 50  # below it a picture shows too little (a plain ground, say) to be told from others
_SIDE, _KEPT = 64, 16
# How a picture may have been turned before it was shown again: name → (rows become columns, columns mirrored, rows mirrored)
TURNS: dict[str, tuple[bool, bool, bool]] = {
    "as it is": (False, False, False),
    "mirrored": (False, True, False),
    "upside down, mirrored": (False, False, True),
    "turned by 180°": (False, True, True),
    "turned by 90°": (True, True, False),
    "turned by 270°": (True, False, True),
    "turned by 90°, mirrored": (True, False, False),
    "turned by 270°, mirrored": (True, True, True),
}


def pdq(grey: npt.NDArray[np.floating]) -> tuple[str, int]:
    """(64 hex digits, quality 0–100) of grey values 0–255, rows × columns, at least 2 × 2."""
    small = _small(grey)
    return _hash(_waves() @ small @ _waves().T), _quality(small)


def pdq_turned(grey: npt.NDArray[np.floating]) -> tuple[tuple[str, ...], int]:
    """(hashes of the picture and of its seven turned and mirrored forms in the order of TURNS, quality).

    Each mirrored form is reduced anew, since reducing is not quite symmetrical; what is only turned needs no more.
    """
    found: dict[tuple[bool, bool, bool], str] = {}
    quality = 0
    for rows in (True, False):
        for columns in (True, False):
            small = _small(grey[:: -1 if rows else 1, :: -1 if columns else 1])
            waves, quality = _waves() @ small @ _waves().T, _quality(small)
            found[False, columns, rows] = _hash(waves)
            found[True, rows, columns] = _hash(waves.T)
    return tuple(found[form] for form in TURNS.values()), quality


def _small(grey: npt.NDArray[np.floating]) -> Grid:
    """Blurred by a tent filter and reduced to 64 × 64."""
    image = np.asarray(grey, dtype=np.float64)
    for _twice in range(2):
        image = _blurred(_blurred(image, 1), 0)
    rows, columns = ((np.arange(_SIDE) + 0.5) * size / _SIDE for size in image.shape)
    return image[np.ix_(rows.astype(int), columns.astype(int))]


def _hash(waves: Grid) -> str:
    bits = (waves > np.median(waves)).ravel()
    return np.packbits(bits[::-1]).tobytes().hex()


def _blurred(image: Grid, axis: int) -> Grid:
    """Means over a window of about 1/128 of the side, cut off at the edges; two passes make a tent filter."""
    size = image.shape[axis]
    window = (size + 2 * _SIDE - 1) // (2 * _SIDE)
    ahead = (window + 2) // 2
    at = np.arange(size)
    first, end = np.maximum(0, at - (window - ahead)), np.minimum(size, at + ahead)
    lines = np.moveaxis(image, axis, 0)
    sums = np.concatenate([np.zeros((1, lines.shape[1])), np.cumsum(lines, 0)])
    means = (sums[end] - sums[first]) / (end - first)[:, None]
    return np.moveaxis(means, 0, axis)


def _quality(small: Grid) -> int:
    """How much there is to see: steps between neighbours, in hundredths of the range."""
    steps = sum(np.abs((np.diff(small, axis=axis) * 100 / 255).astype(int)).sum() for axis in (0, 1))
    return min(100, int(steps) // 90)


@cache
def _waves() -> Grid:
    """The 16 lowest cosines but the constant one, over 64 places."""
    wave, place = np.arange(1, _KEPT + 1), 2 * np.arange(_SIDE) + 1
    return np.asarray(np.sqrt(2 / _SIDE) * np.cos(np.pi / 2 / _SIDE * np.outer(wave, place)))

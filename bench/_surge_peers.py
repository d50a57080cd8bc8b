"""Plain EWMA and the C2 of EARS, as textbooks give them: a score a day, alarm above 3."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from mapae.detect.surges.terms import Axis

__all__ = ["c2", "ewma"]

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
_LOOKED, _LAMBDA, _BASE, _LEAST = 60, 0.3, 56, 0.2


def ewma(counts: Counts, axis: Axis) -> Floats:
    """Weighted mean of the past (0.3 of the newest day) against mean and deviation of eight weeks before the last one."""
    found, level = np.zeros((len(counts), _LOOKED)), np.zeros(len(counts))
    width = np.sqrt(_LAMBDA / (2 - _LAMBDA))
    for at in range(_BASE + 7, len(axis)):
        past = counts[:, at - 7 - _BASE : at - 7]
        mean, spread = past.mean(axis=1), np.maximum(_LEAST, past.std(axis=1, ddof=1))
        standard = (counts[:, at] - mean) / spread
        level = _LAMBDA * standard + (1 - _LAMBDA) * level
        if at >= len(axis) - _LOOKED:
            found[:, at - len(axis) + _LOOKED] = level / width
    return found


def c2(counts: Counts, axis: Axis) -> Floats:
    """Standard deviations above the mean of the seven days that lie three to nine days back (EARS C2)."""
    found = np.zeros((len(counts), _LOOKED))
    for column in range(_LOOKED):
        at = len(axis) - _LOOKED + column
        past = counts[:, at - 9 : at - 2]
        found[:, column] = (counts[:, at] - past.mean(axis=1)) / np.maximum(_LEAST, past.std(axis=1, ddof=1))
    return found

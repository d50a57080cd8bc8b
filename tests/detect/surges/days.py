"""Days for tests: an axis from a Monday on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from mapae.detect.surges.terms import Axis

MONDAY = date(2024, 1, 8)


def axis_of(days: int, *, free: Sequence[int] = (), missing: Sequence[int] = ()) -> Axis:
    """So many days from a Monday on, some of them holidays or without records."""
    flags = [np.zeros(days, bool) for _ in range(2)]
    flags[0][list(free)] = True
    flags[1][list(missing)] = True
    return Axis(MONDAY, *flags)

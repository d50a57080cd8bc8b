"""Before and after a report: how often noise alone is called a change, and how often a real change is found."""

from __future__ import annotations

import time
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from bench import Row
from mapae.detect.before_after import events_changed, levels_changed

TITLE = "Before and after a report"
INTRO = (
    "Made series with as many days before as after, of which each keeps a share of the day before (*likeness*). *False*: "
    "noise alone called a change (5 % is what the tests promise where they apply); *found*: a shift of one and of two "
    "standard deviations called a change; *too little*: said to be too little to tell; *plain*: false alarms of a test by "
    "ranks (normal law) that takes days for independent, on the same noise. Suspensions: pace tripled, over a year before."
)
Floats = npt.NDArray[np.float64]
_ROUNDS, _DAY = 150, date(2026, 6, 30)


def main() -> list[Row]:
    """Lengths × likeness, then suspensions, then the cost."""
    rows = [_levels(days, alike) for days in (30, 60, 120) for alike in (0.0, 0.5, 0.8)]
    return [*rows, *(_events(pace) for pace in (0.5, 1.0, 2.0)), _cost()]


def _levels(days: int, alike: float) -> Row:
    random = np.random.default_rng(7)
    told: dict[float, list[str]] = {0.0: [], 1.0: [], 2.0: []}
    plain = 0
    for _round in range(_ROUNDS):
        noise = _noise(random, 2 * days, alike)
        plain += _by_ranks(noise[:days], noise[days:])
        for shift, verdicts in told.items():
            values = noise + np.where(np.arange(2 * days) >= days, shift, 0.0)
            verdicts.append(levels_changed(_dated(values, days), _DAY, random).verdict)
    share = {shift: 100 * verdicts.count("changed") / _ROUNDS for shift, verdicts in told.items()}
    return Row(
        f"{days} days a side, likeness {alike}",
        {
            "false %": round(share[0.0], 1), "plain %": round(100 * plain / _ROUNDS, 1), "found 1 sd %": round(share[1.0], 1),
            "found 2 sd %": round(share[2.0], 1), "too little %": round(100 * told[0.0].count("too_little") / _ROUNDS, 1),
        },
    )  # fmt: skip


def _events(pace: float) -> Row:
    """pace: suspensions a month before the report."""
    random = np.random.default_rng(7)
    first, last = _DAY - timedelta(359), _DAY + timedelta(90)
    found = {1: 0, 3: 0}
    for _round in range(_ROUNDS):
        for times in found:
            days = [_DAY - timedelta(int(at)) for at in random.integers(0, 360, random.poisson(12 * pace))]
            days += [
                _DAY + timedelta(int(at)) for at in random.integers(1, 91, random.poisson(3 * pace * times))
            ]
            found[times] += events_changed(days, _DAY, first, last).verdict == "changed"
    figures: dict[str, float | int | str] = {
        "false %": round(100 * found[1] / _ROUNDS, 1),
        "found %": round(100 * found[3] / _ROUNDS, 1),
    }
    return Row(f"suspensions, {pace} a month before", figures)


def _cost() -> Row:
    random = np.random.default_rng(7)
    values = _dated(_noise(random, 360, 0.5), 180)
    begun = time.process_time()
    for _round in range(10):
        levels_changed(values, _DAY, random)
    return Row("one series of 360 days", {"CPU ms": round(100 * (time.process_time() - begun), 1)})


def _noise(random: np.random.Generator, days: int, alike: float) -> Floats:
    """Values of standard deviation one."""
    steps, found = random.normal(0, np.sqrt(1 - alike * alike), days), np.empty(days)
    found[0] = random.normal()
    for at in range(1, days):
        found[at] = alike * found[at - 1] + steps[at]
    return found


def _dated(values: Floats, before: int) -> list[tuple[date, float]]:
    return [(_DAY + timedelta(at - before + 1), float(value)) for at, value in enumerate(values)]


def _by_ranks(left: Floats, right: Floats) -> bool:
    above = (right[:, None] > left[None, :]).sum()
    middle, spread = (
        len(left) * len(right) / 2,
        np.sqrt(len(left) * len(right) * (len(left) + len(right) + 1) / 12),
    )
    return bool(abs(above - middle) > 1.96 * spread)

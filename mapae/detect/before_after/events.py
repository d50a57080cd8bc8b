"""Days on which something happened: do they come more often after a day? Exact, given how many there were in all.

If events come at one steady pace, each falls into the later span with the chance of that span's share of the days, so that
their number there is binomial (Przyborowski and Wilenski 1940). The interval of the ratio of paces is Clopper and Pearson's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date

from mapae.detect.before_after.change import LEVEL, Change

__all__ = ["events_changed"]

_MONTH = 30
_TINY = 1e-9


def events_changed(events: Sequence[date], day: date, first: date, last: date) -> Change:
    """Events after `day` against those up to it. first, last: days from and to which events would have been noticed;
    events outside are left out."""
    inside = [at for at in events if first <= at <= last]
    days_before, days_after = max(0, (day - first).days + 1), max(0, (last - day).days)
    before = sum(at <= day for at in inside)
    after = len(inside) - before
    if not days_before or not days_after:
        return Change(before, after)
    paces = (_MONTH * before / days_before, _MONTH * after / days_after)
    share = days_after / (days_before + days_after)
    if not inside or _least(len(inside), share) > LEVEL:
        return Change(before, after, *paces)
    low, high = (_ratio(each, share) for each in _bounds(after, len(inside)))
    ratio = paces[1] / paces[0] if before else None
    return Change(before, after, *paces, ratio, low, high, _two_sided(after, len(inside), share))


def _least(total: int, share: float) -> float:
    """The smallest p that so many events can come to."""
    return min(_two_sided(count, total, share) for count in (0, total))


def _two_sided(count: int, total: int, share: float) -> float:
    """The chance of an outcome that is no likelier."""
    chances = _chances(total, share)
    return min(1.0, math.fsum(each for each in chances if each <= chances[count] * (1 + _TINY)))


def _chances(total: int, share: float) -> list[float]:
    logs = (math.log(share), math.log1p(-share))
    return [
        math.exp(
            math.lgamma(total + 1)
            - math.lgamma(n + 1)
            - math.lgamma(total - n + 1)
            + n * logs[0]
            + (total - n) * logs[1]
        )
        for n in range(total + 1)
    ]


def _bounds(count: int, total: int) -> tuple[float, float]:
    """Clopper and Pearson's interval of a share, by halving."""
    tail = LEVEL / 2
    low = _crossing(lambda share: math.fsum(_chances(total, share)[count:]) - tail) if count else 0.0
    high = (
        _crossing(lambda share: tail - math.fsum(_chances(total, share)[: count + 1]))
        if count < total
        else 1.0
    )
    return low, high


def _crossing(rises: Callable[[float], float]) -> float:
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if rises(middle) > 0 else (middle, high)
    return (low + high) / 2


def _ratio(found: float, share: float) -> float | None:
    """The ratio of paces at which the later span's share of events would be `found`; None where it has no bound."""
    return None if found >= 1 else found / (1 - found) * (1 - share) / share

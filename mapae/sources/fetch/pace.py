"""How often a host is asked: a pause between two requests, and longer ones each time it says that it is too much."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["Pace", "retry_after"]

_LONGEST = 3600.0


class Pace:
    """Keeps the next moment at which each host may be asked. gap: seconds between two requests; clock: seconds."""

    def __init__(self, clock: Callable[[], float], gap: float = 2.0, first: float = 30.0) -> None:
        self._clock, self._gap, self._first = clock, gap, first
        self._next: dict[str, float] = {}
        self._slowed: dict[str, int] = {}

    def wait(self, host: str) -> float:
        """Seconds until the host may be asked; 0 now."""
        return max(0.0, self._next.get(host, 0.0) - self._clock())

    def asked(self, host: str) -> None:
        """A request goes out now."""
        self._next[host] = self._clock() + self._gap

    def answered(self, host: str, status: int, told: float | None = None) -> None:
        """429 and 503 double the pause each time, or take what the host told (seconds); anything else ends that."""
        if status not in (429, 503):
            self._slowed.pop(host, None)
            return
        times = self._slowed[host] = self._slowed.get(host, 0) + 1
        pause = told if told is not None else self._first * 2.0 ** (times - 1)
        self._next[host] = self._clock() + min(max(pause, self._gap), _LONGEST)


def retry_after(value: str, now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3): a number or a date; None for neither."""
    if value.strip().isdigit():
        return float(value.strip())
    try:
        then = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return max(0.0, (then - (now or datetime.now(UTC))).total_seconds())

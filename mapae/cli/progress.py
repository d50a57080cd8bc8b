"""Says how a run goes: a line that renews itself on a terminal, now and then a plain line elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.status import Status

__all__ = ["Watch"]

_STAGES = {
    "prepare": "Binding checks and building indexes …",
    "prepared": "Screening …",
    "merge": "Writing findings and report …",
}
_EVERY = 10.0  # seconds between plain lines


class Watch:
    """Shows progress on stderr while open. Once a total is told, the time left is shown."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._status: Status | None = None
        self._started = self._said = time.monotonic()
        self._before: int | None = None
        self._total = 0

    def __enter__(self) -> Watch:
        if not self._quiet and sys.stderr.isatty():
            self._status = self._console.status("Reading …")
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status:
            self._status.stop()

    def note(self, what: str, rows: int, findings: int) -> None:
        """What the engine reports: a stage, `state:…`, `total`, or rows done so far."""
        if self._quiet:
            return
        if what == "total":
            self._total = rows
        elif what.startswith("state:"):
            self._state(what.partition(":")[2])
        elif what in _STAGES:
            if what == "prepared":
                self._started = time.monotonic()
            if self._status:
                self._status.update(_STAGES[what])
        elif self._before is None:
            self._before = rows
        else:
            self._line(self._rate(rows, findings))

    def _state(self, state: str) -> None:
        if state == "continued":
            self._console.print("Continuing the interrupted run in this folder.")
        elif state != "new":
            self._console.print(f"An unfinished run in this folder had another {state}: starting anew.")

    def _rate(self, rows: int, findings: int) -> str:
        fresh = rows - (self._before or 0)
        rate = fresh / max(time.monotonic() - self._started, 1e-3)
        left = f", about {_span((self._total - rows) / rate)} left" if self._total > rows and rate else ""
        return f"{rows:,} records, {findings:,} findings, {rate:,.0f}/s{left}"

    def _line(self, text: str) -> None:
        if self._status:
            self._status.update(text)
        elif time.monotonic() - self._said >= _EVERY:
            self._said = time.monotonic()
            self._console.print(text)


def _span(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole} s" if whole < 90 else f"{whole // 60} min" if whole < 5400 else f"{whole / 3600:.1f} h"

"""Ends what a process started when that process is gone, however it went: nobody is left who would end it."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable

__all__ = ["end_with", "ended"]

_LOOKS = 0.5  # seconds between two looks
_GRACE = 10.0  # seconds for what is under way


def end_with(parent: int, end: Callable[[], object]) -> None:
    """Call `end` once the process of that number is no longer this one's parent; looked for by a thread."""
    threading.Thread(target=_watch, args=(parent, end), daemon=True).start()


def ended() -> None:
    """End this process as a signal would, and for good where it does not come to its end."""
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE)
    os._exit(1)


def _watch(parent: int, end: Callable[[], object]) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOKS)
    end()

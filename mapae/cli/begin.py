"""What the process of a command does before anything heavy is imported, since it can be done meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mapae.processes import start, without_pandas
from mapae.settings import worker_count

__all__ = ["begin"]

_LARGE = 8_000_000  # bytes of input from which workers are likely to be wanted
_PRELOAD = ("mapae.cli.main", "mapae.app.nursery")


def begin(arguments: Sequence[str]) -> None:
    """For a large screening start the server of workers; for any, keep pandas out of this process."""
    if arguments[:1] != ["screen"] and arguments[:1] != ["rescreen"]:
        return
    if worker_count() > 1 and sum(map(_bytes, arguments[1:])) >= _LARGE:
        start(_PRELOAD)
    without_pandas()


def _bytes(argument: str) -> int:
    try:
        return Path(argument).stat().st_size
    except (OSError, ValueError):
        return 0

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
    """For a large screening start Spark or the server of workers; for any, keep pandas out of this process."""
    if arguments[:1] != ["screen"] and arguments[:1] != ["rescreen"]:
        return
    spark = arguments[0] == "screen" and _value(arguments, "--engine") == "spark"
    size, workers = sum(map(_bytes, arguments[1:])), _value(arguments, "--workers") or "0"
    if not spark and worker_count() > 1 and size >= _LARGE:
        start(_PRELOAD)
    without_pandas()
    if (
        spark and size and workers.isdecimal()
    ):  # else the command has a mistake to tell, without waiting for Java
        from mapae.engine.spark import begin_session

        begin_session(int(workers) or worker_count())


def _value(arguments: Sequence[str], option: str) -> str:
    """What follows the option, or its `=`; empty where it is not given."""
    for at, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == option:
            return value if equals else "".join(arguments[at + 1 : at + 2])
    return ""


def _bytes(argument: str) -> int:
    try:
        return Path(argument).stat().st_size
    except (OSError, ValueError):
        return 0

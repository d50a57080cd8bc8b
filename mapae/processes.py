"""Where worker processes come from: one server that has imported everything forks them, and shares what it has.

The server is a fresh process that starts no threads, so that a fork of it is safe where one of the parent is not: Polars
and Arrow hold threads there. Started early (mapae.cli.begin), it imports while its parent does. Where the system
knows no fork, workers are spawned. This module imports nothing heavy, so that it can come first.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from multiprocessing.context import BaseContext

__all__ = ["ENVIRONMENT", "single_threads", "start", "without_pandas", "workers_context"]

# one thread in each worker: the workers are the parallelism, and idle thread pools cost memory
_THREADS = (
    "POLARS_MAX_THREADS OMP_NUM_THREADS OPENBLAS_NUM_THREADS NUMBA_NUM_THREADS RAYON_NUM_THREADS".split()
)
# the C library keeps the memory of one batch for the next, Arrow's too; given back and asked for anew, each page is zeroed
# again
_KEPT = dict.fromkeys(("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"), str(1 << 30)) | {
    "ARROW_DEFAULT_MEMORY_POOL": "system"
}
ENVIRONMENT = dict.fromkeys(_THREADS, "1") | _KEPT


def start(preload: Sequence[str]) -> None:
    """Start the server, which imports these modules; nothing where it runs already or the system knows no fork."""
    context = workers_context()
    if context.get_start_method() != "forkserver":
        return
    from multiprocessing import forkserver

    context.set_forkserver_preload([*preload])
    with single_threads():
        forkserver.ensure_running()


def workers_context() -> BaseContext:
    """What workers are started with."""
    known = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in known else "spawn")


@contextmanager
def single_threads() -> Iterator[None]:
    """While open, new processes get one thread a library, and keep the memory they have used."""
    before = {name: os.environ.get(name) for name in ENVIRONMENT}
    os.environ.update(ENVIRONMENT)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def without_pandas() -> None:
    """Let pyarrow look for pandas now, and find none: it would load it for every list of values, 60 MB and a second.

    Only for a process that is ours alone: pyarrow does not look again, and what it gives to pandas is gone there.
    """
    import pyarrow as pa

    blind = _NoPandas()
    sys.meta_path.insert(0, blind)
    try:
        pa.array([""])
    finally:
        sys.meta_path.remove(blind)


class _NoPandas(MetaPathFinder):
    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)

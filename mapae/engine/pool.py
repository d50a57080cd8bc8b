"""Does pieces: here, or in worker processes with no more pieces under way than can be worked on.

Workers are spawned, never forked: Polars and Arrow hold threads, and a fork of a threaded process deadlocks.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from pathlib import Path

import pyarrow as pa

from mapae.engine.feed import Piece
from mapae.engine.journal import Journal, PartNote
from mapae.engine.prepare import Ready, load
from mapae.engine.work import PART_SCHEMA, screen_batch
from mapae.errors import MapaeError

__all__ = ["do_piece", "here", "over_processes"]

# one thread in each worker: the workers are the parallelism, and idle thread pools cost memory
_SINGLE = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS")


def do_piece(ready: Ready, piece: Piece, journal: Journal) -> PartNote:
    """Screen a piece and put its part in place."""
    found: list[pa.RecordBatch] = []
    kept: list[pa.RecordBatch] = []
    rows = 0
    for records in piece.load():
        rows += records.num_rows
        found.append(screen_batch(ready, records))
        if journal.records:
            kept.append(records)
    table = pa.Table.from_batches(found, schema=PART_SCHEMA)
    note = PartNote(piece.number, piece.feed, rows, table.num_rows, *piece.set_aside())
    journal.write(note, table, pa.Table.from_batches(kept) if kept else None)
    return note


def here(ready: Ready, pieces: Iterable[Piece], journal: Journal) -> Iterator[PartNote]:
    """Do the pieces one after the other in this process."""
    for piece in pieces:
        yield do_piece(ready, piece, journal)


def over_processes(
    index: Path, pieces: Iterable[Piece], journal: Journal, workers: int
) -> Iterator[PartNote]:
    """Do the pieces in `workers` processes, one piece read ahead; notes come as parts are finished, in any order.

    MapaeError where a worker was ended from outside (most often for want of memory); finished parts remain.
    """
    context = multiprocessing.get_context("spawn")
    under_way: set[Future[PartNote]] = set()
    with _single_threads():
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(index, journal))
        try:
            for piece in pieces:
                under_way.add(pool.submit(_work, piece))
                del piece  # the pool holds it until a worker has taken it
                while len(under_way) > workers:
                    done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
            while under_way:
                done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        except BrokenProcessPool as error:
            raise MapaeError(
                "a worker process was ended from outside",
                where=str(journal.folder.parent),
                mend="give it more memory or fewer --workers, then run the same command: it continues where it stopped",
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@dataclass
class _State:
    ready: Ready | None = None
    journal: Journal | None = None


_STATE = _State()


def _begin(index: Path, journal: Journal) -> None:
    """In a worker: map the indexes; end when the parent ends, even by kill -9."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _arrow_without_pandas()
    pa.set_cpu_count(1)
    _STATE.ready = load(index)
    _STATE.journal = journal


class _NoPandas(MetaPathFinder):
    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


def _arrow_without_pandas() -> None:
    """Let pyarrow look for pandas now, and find none: it would load it for every list of values, 60 MB and a second."""
    blind = _NoPandas()
    sys.meta_path.insert(0, blind)
    try:
        pa.array([""])
    finally:
        sys.meta_path.remove(blind)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(piece: Piece) -> PartNote:
    if _STATE.ready is None or _STATE.journal is None:
        raise RuntimeError("the worker was not begun")
    return do_piece(_STATE.ready, piece, _STATE.journal)


class _single_threads:  # noqa: N801  (reads as a statement)
    """While open, new processes get one thread a library."""

    def __enter__(self) -> None:
        self.before = {name: os.environ.get(name) for name in _SINGLE}
        os.environ.update(dict.fromkeys(_SINGLE, "1"))

    def __exit__(self, *_: object) -> None:
        for name, value in self.before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

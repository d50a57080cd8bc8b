"""Does pieces: here, or in worker processes with no more pieces under way than can be worked on.

Workers are forked from a server without threads (mapae.processes), never from the parent: Polars and Arrow hold threads,
and a fork of a threaded process deadlocks.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from mapae.engine.feed import Piece
from mapae.engine.journal import Journal, PartNote
from mapae.engine.prepare import Ready, load
from mapae.engine.work import PART_SCHEMA, screen_batch
from mapae.errors import MapaeError
from mapae.processes import single_threads, start, without_pandas, workers_context

__all__ = ["do_piece", "here", "over_processes"]


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
    start((__name__,))
    under_way: set[Future[PartNote]] = set()
    with single_threads():
        pool = ProcessPoolExecutor(
            workers, mp_context=workers_context(), initializer=_begin, initargs=(index, journal)
        )
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
    without_pandas()
    pa.set_cpu_count(1)
    _STATE.ready = load(index)
    _STATE.journal = journal
    gc.freeze()  # the indexes stay to the end: no search for garbage walks through them


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(piece: Piece) -> PartNote:
    if _STATE.ready is None or _STATE.journal is None:
        raise RuntimeError("the worker was not begun")
    return do_piece(_STATE.ready, piece, _STATE.journal)

"""Where the time of a screen goes: reading, folding, the common lexicon, each check, writing; threads beside processes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from bench import Row
from bench._terms import CHECK
from bench.generate import DATA, prepared
from mapae.app.context import make_context
from mapae.catalog import checks
from mapae.contract.run import Prepared, make_batch
from mapae.detect.hits import Hits
from mapae.detect.lexicon import ENGINES, Lexicon
from mapae.engine.prepare import load, make_ready, store
from mapae.engine.work import screen_batch
from mapae.model.records import KINDS
from mapae.sources import open_source

TITLE = "Stages of a screen"
INTRO = (
    "One batch of up to 65,536 listings on one core, CPU time, median of three; `share` is of the sum of the stages, peers "
    "left out. Building is done once per list version and kept; workers map the file."
)
_ROWS, _TIMES = 65_536, 3


def main() -> list[Row]:
    """Stage by stage on one batch, then building and loading, then two threads against one."""
    listings, lists = prepared()
    context = make_context("kr", date(2026, 11, 24), str(lists))
    seconds, ready = _timed(lambda: make_ready(KINDS["listing"], (*checks(), CHECK), context), wall=True)
    records = next(iter(open_source(listings).batches()))
    batch = make_batch("listing", records)
    hits = ready.prepared.lexicon.scan(batch.text, len(batch.kind.text))
    stages: dict[str, tuple[Callable[[], Any], str]] = {
        "read Parquet, shape": (lambda: next(iter(open_source(listings).batches())), ""),
        "fold, two channels": (lambda: make_batch("listing", records), ""),
        "lexicon": (
            lambda: ready.prepared.lexicon.scan(batch.text, len(batch.kind.text)),
            f"{_terms(ready.prepared):,} terms, {sum(len(own) for own in hits):,} hits",
        ),
    }
    for name in ENGINES[1:]:
        other = Lexicon.build([bound.terms for bound in ready.prepared.bounds], name)
        stages[f"the same by {name}"] = (
            lambda lexicon=other: lexicon.scan(batch.text, len(batch.kind.text)),
            "the same hits" if _same(other.scan(batch.text, len(batch.kind.text)), hits) else "OTHER HITS",
        )
    for check, bound, own in zip(ready.prepared.checks, ready.prepared.bounds, hits, strict=True):
        found = sum(1 for _ in bound.run(batch, own))
        stages[check.key] = (
            lambda b=bound, o=own: list(b.run(batch, o)),
            f"{len(own):,} hits, {found:,} findings",
        )
    times = {name: _median(work) for name, (work, _) in stages.items()}
    whole = _median(lambda: screen_batch(ready, records))
    rows = [
        Row(
            name,
            {
                "us a listing": 1e6 * used / records.num_rows,
                "share %": "" if _peer(name) else 100 * used / sum(_inside(times, reading=True)),
            },
            stages[name][1],
        )
        for name, used in times.items()
    ]
    rows.append(
        Row(
            "findings, ids, order, writing",
            {"us a listing": 1e6 * (whole - sum(_inside(times))) / records.num_rows, "share %": ""},
        )
    )
    rows += _building(ready, seconds)
    rows.append(_threads(ready, listings))
    return rows


def _peer(name: str) -> bool:
    return name.startswith("the same by")


def _inside(times: dict[str, float], *, reading: bool = False) -> list[float]:
    """What the stages of a screen took, without peers."""
    return [
        used for name, used in times.items() if not _peer(name) and (reading or not name.startswith("read"))
    ]


def _same(found: list[Hits], hits: list[Hits]) -> bool:
    return all(
        np.array_equal(getattr(a, name), getattr(b, name))
        for a, b in zip(found, hits, strict=True)
        for name in Hits.__slots__
    )


def _terms(found: Prepared) -> int:
    return sum(len(bound.terms) for bound in found.bounds)


def _timed(work: Callable[[], Any], *, wall: bool = False) -> tuple[float, Any]:
    clock = time.perf_counter if wall else time.process_time
    start = clock()
    made = work()
    return clock() - start, made


def _median(work: Callable[[], Any]) -> float:
    work()
    return statistics.median(_timed(work)[0] for _ in range(_TIMES))


def _building(ready: Any, seconds: float) -> list[Row]:
    path = DATA / "stages-index.bin"
    stored, _ = _timed(lambda: store(ready, path), wall=True)
    loaded, _ = _timed(lambda: load(path), wall=True)
    size = path.stat().st_size / 1e6
    path.unlink()
    return [
        Row("bind checks, build lexicon", {"seconds": seconds}, f"index file {size:,.0f} MB"),
        Row("store the index", {"seconds": stored}),
        Row("map the index in a worker", {"seconds": loaded}),
    ]


def _threads(ready: Any, listings: Path) -> Row:
    """Four batches by one thread and by two in one process."""
    batches = []
    for batch in pq.ParquetFile(listings).iter_batches(_ROWS):
        batches.append(batch.cast(KINDS["listing"].schema))
        if len(batches) == 4:
            break
    store(ready, path := DATA / "threads-index.bin")
    own = [load(path), load(path)]  # a scanner serves one thread at a time

    def half(number: int) -> None:
        for batch in batches[number::2]:
            screen_batch(own[number], batch)

    half(0), half(1)
    alone, _ = _timed(lambda: (half(0), half(1)), wall=True)
    with ThreadPoolExecutor(2) as pool:
        both, _ = _timed(lambda: list(pool.map(half, (0, 1))), wall=True)
    path.unlink()
    return Row(
        "two threads against one",
        {"times": alone / both},
        "checks hold the interpreter's lock: hence processes",
    )

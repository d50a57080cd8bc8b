"""The run on this machine: plan, prepare, do what is not done yet, merge."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mapae.contract.check import Check, Context, Records
from mapae.engine.feed import BATCH_BYTES, BATCH_ROWS, Feed, Piece, expected_rows, pieces
from mapae.engine.journal import Journal, PartNote, open_journal
from mapae.engine.merge import Merged, Only, merge_findings, merge_records
from mapae.engine.pool import here, over_processes
from mapae.engine.prepare import Ready, index_key, load, make_ready, store
from mapae.engine.version import code_version
from mapae.engine.whole import judge_whole, screened_pieces
from mapae.model.records import Kind

__all__ = ["Job", "Outcome", "Progress", "finish_run", "prepared_index", "run_key", "run_local"]

# an input of fewer bytes and fewer records than this costs less than workers take to start
_SMALL, _FEW = 24_000_000, 30_000
_KEPT_INDEXES = 8  # a demo needs five, one user rarely more
_READING = frozenset(
    {"input", "batch", "records", "columns"}
)  # parts of the run's key that no index depends on


@dataclass(frozen=True)
class Job:
    """What is to be screened, by what, and where the result goes.

    inputs: what names the inputs for good, [{path, sha256}], and columns how their columns were mapped by hand;
    lists_hash: of the lists the context holds;
    cache: folder for prepared indexes, shared between runs. A small input is done by this process alone.
    again: all records once more, for checks that judge them together.
    """

    kind: Kind
    checks: tuple[Check, ...]
    context: Context
    feeds: tuple[Feed, ...]
    inputs: tuple[dict[str, Any], ...]
    lists_hash: str
    out: Path
    cache: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    workers: int = 1
    keep_records: bool = False
    top: int = 1000
    only: Only | None = None
    again: Records | None = None


@dataclass(frozen=True)
class Outcome:
    """What a run came to: findings merged, rows read and rows rejected by feed, how the run began, tables left in OUT.

    state: new, continued, or what differed from the unfinished run found there. The journal is the caller's to
    remove once everything beside the findings is written too.
    """

    merged: Merged
    rows: tuple[int, ...]
    rejected: tuple[int, ...]
    state: str
    journal: Journal
    feeds: tuple[Feed, ...]
    notes: tuple[PartNote, ...]
    tables: tuple[str, ...] = ()

    def rejects(self) -> Iterator[dict[str, Any]]:
        """Everything set aside, rows and cells, in the order of the inputs."""
        for index, feed in enumerate(self.feeds):
            yield from feed.rejects()
            for note in self.notes:
                yield from note.rejects if note.feed == index else ()


@dataclass
class _Tally:
    rows: dict[int, int] = field(default_factory=dict)
    notes: dict[int, PartNote] = field(default_factory=dict)

    def add(self, note: PartNote) -> None:
        self.notes[note.number] = note
        self.rows[note.feed] = self.rows.get(note.feed, 0) + note.rows


Progress = Callable[[str, int, int], None]  # what happened, rows done so far, findings so far


def run_local(job: Job, progress: Progress = lambda *_: None) -> Outcome:
    """Screen all feeds of the job; findings.parquet (and records.parquet) appear in `job.out`, whole.

    Finished parts of an earlier, interrupted run of the very same job are used again.
    """
    job.out.mkdir(parents=True, exist_ok=True)
    journal, state = open_journal(job.out, run_key(job), records=job.keep_records)
    progress(f"state:{state}", 0, 0)
    tally = _Tally()
    for note in journal.finished().values():
        tally.add(note)
    progress("rows", sum(tally.rows.values()), _findings(tally))
    done = frozenset(tally.notes)
    waiting = (piece for piece in pieces(job.feeds) if piece.number not in done)
    for note in _do(job, waiting, journal, progress):
        tally.add(note)
        progress("rows", sum(tally.rows.values()), _findings(tally))
    progress("merge", sum(tally.rows.values()), _findings(tally))
    return finish_run(job, journal, tally.notes, state)


def run_key(job: Job) -> dict[str, Any]:
    """All that a part depends on. A run whose key differs begins anew."""
    return {
        "input": [[item["path"], item["sha256"]] for item in job.inputs],
        "kind": job.kind.name,
        "checks": sorted(f"{check.key}{'~' if check.shadow else ''}" for check in job.checks),
        "as_of": job.context.as_of.isoformat(),
        "pack": job.context.pack.hash,
        "lists": job.lists_hash,
        "code": code_version(),
        "options": dict(sorted(job.context.options.items())),
        "batch": [BATCH_ROWS, BATCH_BYTES],
        "records": job.keep_records,
        "columns": dict(sorted(job.columns.items())),
    }


def prepared_index(job: Job) -> tuple[Ready | None, Path]:
    """The file workers map the bound checks from, taken from the cache when nothing it hangs on changed; the checks
    themselves where they had to be bound now."""
    key = run_key(job)
    parts = [f"{name}={key[name]}" for name in key if name not in _READING]
    path = job.cache / f"index-{index_key([*parts, sys.version])}.bin"
    if path.exists():
        path.touch()
        return None, path
    ready = make_ready(job.kind, job.checks, job.context)
    store(ready, path)
    newest_first = sorted(job.cache.glob("index-*.bin"), key=lambda item: item.stat().st_mtime, reverse=True)
    for old in newest_first[_KEPT_INDEXES:]:
        old.unlink(missing_ok=True)
    return ready, path


def _do(job: Job, waiting: Iterator[Piece], journal: Journal, progress: Progress) -> Iterator[PartNote]:
    first = next(waiting, None)
    if first is None:
        return
    rows = expected_rows(job.feeds, first)
    progress("total", rows, 0)
    progress("prepare", 0, 0)
    ready, index = prepared_index(job)
    progress("prepared", 0, 0)
    every = _chain(first, waiting)
    del first
    workers = _workers(job, rows)
    if workers == 1:
        yield from here(ready or load(index), every, journal)
    else:
        del ready
        yield from over_processes(index, every, journal, workers)


def _workers(job: Job, rows: int) -> int:
    """How many processes: as many as asked for, one for a small input. A small file may hold many records (Parquet)."""
    known = all(feed.size for feed in job.feeds)
    small = known and sum(feed.size for feed in job.feeds) < _SMALL and rows < _FEW
    return 1 if small else max(1, job.workers)


def _chain(first: Piece, rest: Iterator[Piece]) -> Iterator[Piece]:
    yield first
    del first
    yield from rest


def _findings(tally: _Tally) -> int:
    return sum(note.findings for note in tally.notes.values())


def finish_run(job: Job, journal: Journal, notes: dict[int, PartNote], state: str) -> Outcome:
    """Merge the parts of these notes into OUT; rejects and rows are put in the order of the inputs."""
    notes, tables = _with_whole(job, journal, screened_pieces(notes))
    numbers = sorted(notes)
    parts = [journal.path(number) for number in numbers]
    merged = merge_findings(parts, job.out / "findings.parquet", top=job.top, only=job.only)
    if job.keep_records:
        paths = [journal.path(number, "records") for number in numbers]
        merge_records([path for path in paths if path.exists()], job.out / "records.parquet")
    notes_in_order = tuple(notes[number] for number in numbers)
    every = range(len(job.feeds))
    rows = tuple(sum(note.rows for note in notes_in_order if note.feed == at) for at in every)
    rejected = tuple(
        feed.rejected() + sum(note.rejected for note in notes_in_order if note.feed == at)
        for at, feed in enumerate(job.feeds)
    )
    return Outcome(merged, rows, rejected, state, journal, job.feeds, notes_in_order, tables)


def _with_whole(
    job: Job, journal: Journal, notes: dict[int, PartNote]
) -> tuple[dict[int, PartNote], tuple[str, ...]]:
    """The notes with those of set-wise checks, and the tables these left."""
    if job.again is None or not any(check.whole for check in job.checks):
        return notes, ()
    rows = [sum(note.rows for note in notes.values() if note.feed == at) for at in range(len(job.feeds))]
    inputs = [(feed.name, count) for feed, count in zip(job.feeds, rows, strict=True)]
    lines = [feed.lines for feed in job.feeds]
    added, tables = judge_whole(job.checks, job.context, job.again, journal, inputs, lines, job.out)
    return notes | added, tables

"""Imports screening runs (OUT folders) into the inbox: in batches, each whole or not at all; a killed import goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction

from mapae.app.manifest import read_manifest
from mapae.desk import clock
from mapae.desk.audit.models import record
from mapae.desk.findings.models import Run
from mapae.desk.findings.operators import match_waiting, operator_finder
from mapae.desk.findings.rows import cleaned, table_rows, wanted_columns
from mapae.desk.findings.settled import settle, settled_keys
from mapae.desk.findings.store import room_to_write, write_rows
from mapae.desk.findings.subjects import import_subjects
from mapae.desk.findings.tallies import know_the_table, put_together, rank_sellers
from mapae.desk.inspections.parcels import KIND as PARCEL
from mapae.desk.inspections.parcels import join_known
from mapae.errors import InputError
from mapae.sources.files import sha256_of

__all__ = ["import_run"]

Progress = Callable[[int, int], None]


def import_run(path: Path, *, batch: int = 20_000, progress: Progress = lambda *_: None) -> Run:
    """Import an OUT folder: every finding of findings.parquet once, whatever was imported before.

    The same file again, or after a kill, goes on where it stopped (Run.done). Evidence that was decided lawful comes in as
    `settled`. batch: rows a transaction. progress: (rows in, rows in all). InputError where the folder holds no findings.
    """
    run = _run(path)
    if run.finished_at is not None:
        return run
    settled = settled_keys()
    file = pq.ParquetFile(path / "findings.parquet")
    match_waiting()
    find = operator_finder()
    parts = _rest(file, run.done, batch, str(path))
    with room_to_write():
        for rows in _ahead(parts, lambda part: list(table_rows(part, find, settled))):
            with transaction.atomic():
                held = Run.objects.select_for_update().get(pk=run.pk)
                write_rows(rows, run.pk, clock.now())
                run.done += len(rows)
                Run.objects.filter(pk=run.pk).update(done=max(run.done, held.done))
            progress(run.done, run.findings)
    _finish(run, path, settled)
    return run


def _ahead(
    parts: Iterator[pa.RecordBatch], shape: Callable[[pa.RecordBatch], list[Any]]
) -> Iterator[list[Any]]:
    """The shaped parts in order, the next one made ready while the database takes the one before."""
    with ThreadPoolExecutor(1) as pool:
        waiting = None
        for part in parts:
            coming = pool.submit(shape, part)
            if waiting is not None:
                yield waiting.result()
            waiting = coming
        if waiting is not None:
            yield waiting.result()


def _run(path: Path) -> Run:
    findings = path / "findings.parquet"
    try:
        manifest = read_manifest(path)
        rows = pq.ParquetFile(findings).metadata.num_rows
    except (OSError, ValueError, pa.ArrowInvalid) as error:
        raise InputError(
            f"this is no finished screening run: {error}",
            where=str(path),
            mend="name a folder that mapae screen wrote with --out",
        ) from error
    about = {"manifest": cleaned(manifest), "path": str(path)[-500:], "findings": rows}
    defaults = {**about, "started_at": clock.now()}
    return Run.objects.get_or_create(digest=sha256_of(findings), defaults=defaults)[0]


def _rest(file: Any, done: int, batch: int, where: str) -> Iterator[pa.RecordBatch]:
    """Batches of the rows after the first `done`; row groups that are in already are not read."""
    columns, left = wanted_columns(file.schema_arrow, where), done
    groups = []
    for group in range(file.metadata.num_row_groups):
        size = file.metadata.row_group(group).num_rows
        if left >= size:
            left -= size
        else:
            groups += range(group, file.metadata.num_row_groups)
            break
    for part in file.iter_batches(batch, row_groups=groups, columns=columns) if groups else ():
        skipped = min(left, part.num_rows)
        left -= skipped
        if skipped < part.num_rows:
            yield part.slice(skipped)


def _finish(run: Run, path: Path, settled: set[str]) -> None:
    """Records, evidence settled meanwhile, counts; then the run is done."""
    import_subjects(run, path)
    if run.manifest.get("kind") == PARCEL:
        join_known()
    settle(settled_keys() - settled)
    put_together(at_least=1)
    know_the_table()
    rank_sellers()
    with transaction.atomic():
        run.finished_at = clock.now()
        Run.objects.filter(pk=run.pk).update(finished_at=run.finished_at, done=run.findings)
        record("import", "import_run", f"run:{run.pk}", findings=run.findings, digest=run.digest[:16])

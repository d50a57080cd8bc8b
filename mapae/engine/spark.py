"""The run on Spark: mapInArrow over pieces or records, each executor maps the prepared indexes and runs the same work.

Where every input can be read in parts (Parquet), Spark hands out the parts, and executors read them and put their findings
in the journal as local workers do. Any other input is staged as Parquet first, and its records flow through Spark. The
package travels as a zip and the indexes as one file (addFile). Needs the extra `spark` and Java.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

import mapae
from mapae.engine import shipped
from mapae.engine.feed import BATCH_ROWS, Piece, even_batches, pieces, strips
from mapae.engine.journal import Journal, PartNote, open_journal
from mapae.engine.local import Job, Outcome, Progress, finish_run, prepared_index, run_key
from mapae.engine.pool import do_piece
from mapae.engine.prepare import load
from mapae.engine.version import code_version
from mapae.engine.work import PART_SCHEMA, screen_batch
from mapae.errors import UsageError
from mapae.model.records import KINDS
from mapae.processes import ENVIRONMENT

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["begin_session", "run_spark", "session", "zip_package"]

# Spark's own default of 10,000 rows a batch costs a third of the speed; splits of 128 MB keep a task's batches even.
SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH_ROWS),
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.files.maxPartitionBytes": str(128 * 1024 * 1024),
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.python.worker.reuse": "true",
    **{f"spark.executorEnv.{name}": value for name, value in ENVIRONMENT.items()},
}
# on this machine the JVM only hands out work: it starts in half the time without its second compiler and many collectors
LOCAL = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.python.daemon.module": "mapae.engine.spark_daemon",
}
# a list of numbers needs no code made and compiled for it
_PLAIN = {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}
_FEED, _AT = "_mapae_feed", "_mapae_at"  # which input, and the row's number in it
Work = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]
_PLACED = pa.schema([*PART_SCHEMA, pa.field(_FEED, pa.int32()), pa.field(_AT, pa.int64())])


def run_spark(job: Job, progress: Progress = lambda *_: None) -> Outcome:
    """Screen on the Spark session at hand, or a local one. Same findings, ids and order as `run_local`.

    OUT and the inputs must lie where every executor can reach them. An interrupted run of inputs that are read in parts
    goes on where it stopped; of others it starts again.
    UsageError where PySpark or Java is missing.
    """
    job.out.mkdir(parents=True, exist_ok=True)
    journal, state = open_journal(job.out, run_key(job) | {"engine": "spark"}, records=job.keep_records)
    progress("prepare", 0, 0)
    _, index = prepared_index(job)
    progress("prepared", 0, 0)
    spark = _begun.pop().result() if _begun else session(job.workers)
    carried = carry(spark, index, journal.folder)
    todo = sliced(job)
    if todo:
        done = journal.finished()
        left = [piece for piece in todo if piece.number not in done]
        _do_pieces(spark, left, journal, carried)
        progress("merge", 0, 0)
        return finish_run(job, journal, journal.finished(), state)
    rows = [_stage(job, number, journal) for number in range(len(job.feeds))]
    found = _screened(spark, job, journal, _worker(job.kind.name, carried, code_version()))
    target = journal.folder / "spark"
    found.write.mode("overwrite").option("compression", "zstd").parquet(target.absolute().as_uri())
    progress("merge", sum(rows), 0)
    notes = _parts(target, journal, rows)
    return finish_run(job, journal, notes, state)


class Carried(NamedTuple):
    """Where executors find the indexes and the package: a path of this machine, or the name of a file sent along."""

    indexes: str
    package: str


def carry(spark: SparkSession, index: Path, folder: Path) -> Carried:
    """Send the indexes and the package along, unless the executors are of this machine: `local[…]` shares its files."""
    context = spark.sparkContext
    if _is_here(context.master or ""):
        return Carried(str(index.absolute()), str(Path(mapae.__file__).parents[1]))
    package = zip_package(folder)
    for path in (index, package):
        context.addFile(str(path))
    return Carried(index.name, package.name)


def _is_here(master: str) -> bool:
    """Whether executors are threads of this machine's driver."""
    return master.startswith("local") and not master.startswith("local-cluster")


def sliced(job: Job) -> list[Piece]:
    """All pieces of the job, where each can be read by whoever does it; else none."""
    if not all(feed.slices() for feed in job.feeds):
        return []
    return list(pieces(job.feeds))


def _do_pieces(spark: SparkSession, left: Sequence[Piece], journal: Journal, carried: Carried) -> None:
    """One task a piece; its part is in the journal's folder when the task is done, however often it was tried."""
    from pyspark import cloudpickle

    if not left:
        return
    cloudpickle.register_pickle_by_value(shipped)  # type: ignore[no-untyped-call]
    use_package, version = shipped.use_package, code_version()
    body = pickle.dumps((tuple(left), journal, Path.cwd()))  # unpickled where the package is
    index, package = carried

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from pyspark import SparkFiles

        use_package(SparkFiles.get(package), version)
        from mapae.engine.spark import done_pieces

        return done_pieces(batches, body, index)

    numbers = spark.range(0, len(left), 1, len(left))
    with _set(spark, _PLAIN):
        numbers.mapInArrow(work, "rows long").collect()


@contextmanager
def _set(spark: SparkSession, settings: dict[str, str]) -> Iterator[None]:
    before: dict[str, str | None] = {key: spark.conf.get(key, None) for key in settings}
    for key, value in settings.items():
        spark.conf.set(key, value)
    try:
        yield
    finally:
        for key, was in before.items():
            spark.conf.unset(key) if was is None else spark.conf.set(key, was)


def done_pieces(batches: Iterator[pa.RecordBatch], body: bytes, index: str) -> Iterator[pa.RecordBatch]:
    """In an executor: screen the pieces whose places in the list come; rows read of each."""
    from pyspark import SparkFiles

    ready = _ready(SparkFiles.get(index))
    left, journal, home = pickle.loads(body)
    os.chdir(home)  # paths are as they were given, and may count from there
    for batch in batches:
        for at in batch.column(0).to_pylist():
            note = do_piece(ready, left[at], journal)
            yield pa.RecordBatch.from_pydict({"rows": pa.array([note.rows], pa.int64())})


_begun: list[Future[SparkSession]] = []


def begin_session(workers: int) -> None:
    """Let the session start while inputs are opened and checks loaded; `run_spark` takes it, or raises what it met."""
    begun: Future[SparkSession] = Future()
    _begun.append(begun)

    def start() -> None:
        try:
            begun.set_result(session(workers))
        except BaseException as error:
            begun.set_exception(error)

    Thread(target=start, name="spark", daemon=True).start()


def session(workers: int) -> SparkSession:
    """The active session, or one on this machine with `workers` cores. UsageError without PySpark or Java."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError(
            "PySpark is not installed", where="--engine spark", mend="pip install 'mapae[spark]'"
        ) from None
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        raise UsageError(
            "Spark needs Java", where="--engine spark", mend="install a Java runtime, 17 or later"
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("mapae screen")
    settings = dict(SETTINGS)
    if "SPARK_REMOTE" not in os.environ and SparkSession.getActiveSession() is None:
        master = os.environ.get("MASTER", f"local[{max(1, workers)}]")
        builder = builder.master(master)
        settings |= LOCAL if _is_here(master) else {}
    for key, value in settings.items():
        builder = builder.config(key, value)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    return found


def zip_package(folder: Path) -> Path:
    """The package as a zip that executors unpack unless they have the same; its name says what is in it."""
    root = Path(mapae.__file__).parent
    draft = folder / f"package-{os.getpid()}.draft"
    with zipfile.ZipFile(draft, "w") as out:
        for file in sorted(root.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                entry = zipfile.ZipInfo(str(Path("mapae") / file.relative_to(root)))  # no time of writing
                out.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
    digest = hashlib.sha256(draft.read_bytes()).hexdigest()[:16]
    return draft.replace(folder / f"mapae-{digest}.zip")


def _stage(job: Job, number: int, journal: Journal) -> int:
    """The feed as one Parquet file of the kind's schema whose row order is the input's; returns its rows."""
    feed = job.feeds[number]
    path = journal.staged(number)
    slices = feed.slices()
    batches = (batch for part in slices for batch in part.load()) if slices else feed.batches()
    rows = 0
    with pq.ParquetWriter(path, job.kind.schema, compression="lz4") as writer:
        for batch in even_batches(batches):
            writer.write_batch(batch)
            rows += batch.num_rows
    return rows


def _screened(spark: SparkSession, job: Job, journal: Journal, work: Work) -> DataFrame:
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

    frames = []
    for number in range(len(job.feeds)):
        frame = spark.read.parquet(journal.staged(number).absolute().as_uri())
        frames.append(frame.select("*", f.lit(number).alias(_FEED), f.col("_metadata.row_index").alias(_AT)))
    every = frames[0]
    for frame in frames[1:]:
        every = every.unionByName(frame)
    return every.mapInArrow(work, from_arrow_schema(_PLACED))


def _worker(kind: str, carried: Carried, version: str) -> Work:
    """What an executor runs on its batches; sent by value, since the package may not be there yet."""
    from pyspark import cloudpickle

    cloudpickle.register_pickle_by_value(shipped)  # type: ignore[no-untyped-call]
    use_package = shipped.use_package
    index, package = carried

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from pyspark import SparkFiles

        use_package(SparkFiles.get(package), version)
        from mapae.engine.spark import placed_findings

        return placed_findings(batches, kind, index)

    return work


@cache
def _ready(path: str) -> Any:
    """The indexes, mapped once a process; the executor's processes are the parallelism."""
    pa.set_cpu_count(1)
    ready = load(Path(path))
    gc.freeze()
    return ready


def placed_findings(batches: Iterator[pa.RecordBatch], kind: str, index: str) -> Iterator[pa.RecordBatch]:
    """In an executor: findings of each batch with the place of their record, indexes mapped once a process."""
    from pyspark import SparkFiles

    ready = _ready(SparkFiles.get(index))
    schema = KINDS[kind].schema
    for batch in strips(batches):
        records = pa.RecordBatch.from_arrays(
            [batch.column(item.name).cast(item.type) for item in schema], schema=schema
        )
        found = screen_batch(ready, records)
        rows = found.column("row")
        place = [batch.column(name).take(rows).cast(_PLACED.field(name).type) for name in (_FEED, _AT)]
        yield pa.RecordBatch.from_arrays([*found.columns, *place], schema=_PLACED)


def _parts(target: Path, journal: Journal, rows: list[int]) -> dict[int, PartNote]:
    """One sorted part a feed. Findings are few beside records, so the driver puts them in order."""
    notes = {}
    table = pq.read_table(target, schema=_PLACED)
    keys = [(name, "ascending") for name in (_FEED, _AT, "check", "finding_id")]
    table = table.sort_by(keys)
    feeds = table[_FEED].to_numpy()
    for number, count in enumerate(rows):
        first, last = feeds.searchsorted(number), feeds.searchsorted(number, "right")
        part = table.slice(first, last - first).select(PART_SCHEMA.names)
        notes[number] = PartNote(number, number, count, part.num_rows)
        journal.write(notes[number], part, None)
        if journal.records:
            journal.staged(number).replace(journal.path(number, "records"))
    return notes

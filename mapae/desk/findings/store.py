"""Writes many findings at once: COPY on PostgreSQL, one prepared statement on SQLite; known ids are passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import connection

from mapae.desk.findings.rows import COLUMNS

__all__ = ["room_to_write", "write_rows"]

_ALL = (*COLUMNS, "run_id", "first_seen_at")
_NAMES = ", ".join(_ALL)
_LOCK = 0x6D617061  # one import at a time writes a batch, so that two never wait for each other in a ring


@contextmanager
def room_to_write() -> Iterator[None]:
    """Inside: SQLite may keep 200 MB of the table in memory while rows go in; PostgreSQL has its own."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute("PRAGMA cache_size = -200000")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {before}")


def write_rows(rows: Iterable[Sequence[Any]], run: int, at: datetime) -> int:
    """Insert rows in the order of COLUMNS inside the caller's transaction; how many were new."""
    full = ((*row, run, at) for row in rows)
    with connection.cursor() as cursor:
        write = _copy if connection.vendor == "postgresql" else _insert
        return write(cursor, full)


def _copy(cursor: Any, rows: Iterable[Sequence[Any]]) -> int:
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    cursor.execute("SET LOCAL work_mem = '64MB'")  # the batch fits, also for the triggers that count it
    cursor.execute("DROP TABLE IF EXISTS pg_temp.incoming")
    cursor.execute(
        f"CREATE TEMP TABLE incoming ON COMMIT DROP AS SELECT {_NAMES} FROM findings_finding WITH NO DATA"
    )
    with cursor.copy(f"COPY incoming ({_NAMES}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(
        f"INSERT INTO findings_finding ({_NAMES}) SELECT {_NAMES} FROM incoming ON CONFLICT (finding_id) DO NOTHING"
    )
    return int(cursor.rowcount)


def _insert(cursor: Any, rows: Iterable[Sequence[Any]]) -> int:
    marks = ", ".join(["%s"] * len(_ALL))
    cursor.executemany(
        f"INSERT INTO findings_finding ({_NAMES}) VALUES ({marks}) ON CONFLICT (finding_id) DO NOTHING",
        [[_plain(value) for value in row] for row in rows],
    )
    return int(cursor.rowcount)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value.isoformat() if isinstance(value, date) else value

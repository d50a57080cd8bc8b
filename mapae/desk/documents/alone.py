"""One worker at a time does a job of the rounds, however many run: a lock that goes with its holder, however that ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

from django.db import connection

from mapae.errors import ListError
from mapae.lists.lock import locked

__all__ = ["alone"]

_JOBS = 0x6A6F6273  # of all advisory locks in the database, those of jobs


@contextmanager
def alone(job: str) -> Iterator[bool]:
    """Whether the job is this worker's inside: False where another process is doing it.

    PostgreSQL: an advisory lock of the session; SQLite: a lock on a file beside the database (one in memory has no other
    worker). What a job did is committed before it gives the lock back, so that the next holder sees it.
    """
    with ExitStack() as held:
        if connection.vendor == "postgresql":
            yield held.enter_context(_advisory(crc32(job.encode()) & 0x7FFFFFFF))
        else:
            yield _file(held, job)


@contextmanager
def _advisory(number: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_JOBS, number])
        taken: tuple[Any, ...] = cursor.fetchone()
    try:
        yield bool(taken[0])
    finally:
        if taken[0]:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_JOBS, number])


def _file(held: ExitStack, job: str) -> bool:
    if connection.is_in_memory_db():
        return True
    try:
        held.enter_context(locked(Path(f"{connection.settings_dict['NAME']}-jobs") / job.replace(":", ".")))
    except ListError:
        return False
    return True

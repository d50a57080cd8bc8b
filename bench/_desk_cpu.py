"""Seconds of CPU that processes of a desk have used: the desk's own, the database's."""

from __future__ import annotations

import psutil

__all__ = ["database", "tree"]


def database() -> float:
    """Of the PostgreSQL cluster on this machine that Django is connected with, all its processes; 0 for SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0])
    return tree(backend.parent() or backend)


def tree(process: psutil.Process) -> float:
    """Of a process and all its children, ended ones included."""
    found = 0.0
    for each in (process, *process.children(recursive=True)):
        try:
            found += sum(each.cpu_times()[:4])
        except psutil.NoSuchProcess:
            continue  # its time is among its parent's now
    return found

"""The desk's tables are made by its migrations once a run; whoever wants an empty desk gets a copy."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

__all__ = ["TEMPLATE", "copy_file", "create", "fill_memory", "make_template"]

TEMPLATE = "desk_template"  # the database on PostgreSQL
_MIGRATE = "from mapae.cli.desk import manage\nmanage('migrate', verbosity=0, interactive=False)"


def make_template(server: str = "") -> None:
    """Migrate the database TEMPLATE of a PostgreSQL server (its address), the first time a run asks."""
    import psycopg

    with _once("postgres") as todo:
        if todo:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {TEMPLATE}")
            _migrate(f"{server.rpartition('/')[0]}/{TEMPLATE}")


def create(server: str, name: str) -> str:
    """The address of a new database `name` on the PostgreSQL server, with all tables."""
    import psycopg

    make_template(server)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    return f"{server.rpartition('/')[0]}/{name}"


def copy_file(target: Path) -> str:
    """The address of a new SQLite file with all tables."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_file(), target)
    return f"sqlite:///{target}"


def fill_memory(connection: Any, **_: Any) -> None:
    """Receiver of Django's `connection_created`: a database in memory has all tables before anybody asks for one."""
    from django.db.backends.signals import connection_created

    connection_created.disconnect(fill_memory)
    with closing(sqlite3.connect(_file())) as source:
        source.backup(connection.connection)


def _file() -> Path:
    made = _run() / "desk.sqlite3"
    with _once("sqlite") as todo:
        if todo:
            _migrate(f"sqlite:///{made}")
            with closing(sqlite3.connect(made)) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")
    return made


def _migrate(address: str) -> None:
    env = {**os.environ, "DATABASE_URL": address}
    subprocess.run([sys.executable, "-c", _MIGRATE], env=env, check=True, timeout=300)


@contextmanager
def _once(name: str) -> Iterator[bool]:
    """Whether this is the first of the run's processes to come here; the others wait until it has left."""
    done = _run() / f"{name}-done"
    with (_run() / f"{name}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()


def _run() -> Path:
    """The folder that all workers of a run share."""
    return Path(os.environ["MAPAE_TEST_HOME"])

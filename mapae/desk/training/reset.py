"""Puts the training desk back to how it was after loading: SQLite only, from the copy that loading keeps."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from mapae.desk import environment
from mapae.errors import UsageError

__all__ = ["can_reset", "keep_pristine", "reset"]


def keep_pristine() -> None:
    """Keep a copy of the database as it is now; nothing on PostgreSQL."""
    if connection.vendor == "sqlite" and (live := _live()) is not None:
        _copy(live, _pristine())


def can_reset() -> bool:
    """Whether there is a copy to go back to."""
    return connection.vendor == "sqlite" and _live() is not None and _pristine().exists()


def reset() -> None:
    """Everything since loading is forgotten: cases, clock, shop, mail. UsageError where no copy is there."""
    live = _live()
    if not can_reset() or live is None:
        raise UsageError(
            _("This desk keeps no copy to go back to."), where="training", mend=_("Run make demo again.")
        )
    connection.close()
    _copy(_pristine(), live)
    for letter in environment.store("mail").glob("*.eml"):
        if letter.stat().st_mtime > _pristine().stat().st_mtime:
            letter.unlink(missing_ok=True)


def _live() -> Path | None:
    name = str(connection.settings_dict["NAME"])
    return None if "memory" in name or not name else Path(name)


def _pristine() -> Path:
    return environment.store("") / "pristine.sqlite3"


def _copy(source: Path, target: Path) -> None:
    """Page by page, as SQLite itself copies a database that others use."""
    with sqlite3.connect(source) as old, sqlite3.connect(target, timeout=20) as new:
        old.backup(new)
    old.close()
    new.close()

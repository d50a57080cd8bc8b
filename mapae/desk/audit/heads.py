"""Keeps the end of the audit chain in files outside the database, one a day, never written twice."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from mapae.desk import clock
from mapae.desk.audit.models import AuditHead
from mapae.desk.audit.verify import Head
from mapae.errors import InputError

_PAUSE = timedelta(minutes=10)
_ASKED: list[datetime | None] = [None]  # when this process last asked for stamps

__all__ = ["folder", "read_heads", "stamp", "stamp_daily"]


def folder() -> Path:
    """Where heads are kept unless told otherwise; copy it to another machine to make it count."""
    return Path(settings.AUDIT_HEADS_ROOT)


def stamp(into: Path | None = None) -> Path:
    """Write today's head if there is none yet; the file. Korean day."""
    target = (into or folder()) / f"{clock.today().isoformat()}.json"
    head = AuditHead.objects.filter(pk=1).first()
    if head is None or target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    row = {"seq": head.seq, "chain": head.chain, "at": clock.now().isoformat()}
    with suppress(FileExistsError), target.open("x", encoding="utf-8") as file:
        json.dump(row, file)
    return target


def stamp_daily(now: datetime) -> None:
    """A job of the worker's rounds: today's head, and stamps for heads that have none, asked for each ten minutes at most.
    A training desk, whose log is thrown away with its story, keeps none."""
    from mapae.desk.audit.stamps import add_stamps

    if settings.TRAINING:
        return
    stamp()
    if _ASKED[0] is None or not timedelta() <= now - _ASKED[0] < _PAUSE:
        _ASKED[0] = now
        add_stamps(folder())


def read_heads(source: Path | None = None) -> list[Head]:
    """The heads of a folder; InputError for a file that is none."""
    found = []
    for path in sorted((source or folder()).glob("*.json")):
        try:
            row = json.loads(path.read_text("utf-8"))
            found.append(Head(int(row["seq"]), str(row["chain"]), path.name))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                "not a head of the audit log", where=str(path), mend="fetch the file from its copy"
            ) from error
    return found

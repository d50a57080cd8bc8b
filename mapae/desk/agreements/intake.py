"""Imports a file of events for an operator: kept as evidence, read as screening reads it, each event once."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from mapae.contract import Fault
from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.agreements.models import EventFile, OperatorEvent
from mapae.desk.agreements.scores import names_of
from mapae.desk.audit.models import record
from mapae.desk.cases.evidence import read
from mapae.desk.law import book
from mapae.desk.parties.models import Operator
from mapae.desk.uploads import keep_upload
from mapae.errors import InputError
from mapae.measures.agreements.commitments import operator_key
from mapae.measures.agreements.events import read_events
from mapae.sources import open_source

__all__ = ["Taken", "take_events"]

_ENDINGS = (".csv", ".jsonl", ".xlsx", ".txt")


@dataclass(frozen=True, slots=True)
class Taken:
    """rows: events that are new; known: that the desk had; others: of another operator; faults: rows set aside."""

    rows: int
    known: int
    others: int
    faults: tuple[Fault, ...]


def take_events(user: User, operator: Operator, upload: UploadedFile) -> Taken:
    """Import the events of one file that are about this operator or name none. InputError where it cannot be read."""
    kept = keep_upload(upload, by=user, rung="stated")
    table, faults = _read(read(kept), kept.name)
    names = names_of(operator)
    mine = [row for row in table if not row["operator"] or operator_key(row["operator"]) in names]
    with transaction.atomic():
        file, _made = EventFile.objects.get_or_create(
            operator=operator, evidence=kept, defaults={"added_by": user, "added_at": clock.now()}
        )
        known = set(operator.events.values_list("digest", flat=True))
        new = {row.digest: row for row in _events(operator, file, mine) if row.digest not in known}
        OperatorEvent.objects.bulk_create(new.values(), batch_size=500)
        EventFile.objects.filter(pk=file.pk).update(rows=file.rows + len(new), rejected=len(faults))
        record(user, "events_imported", f"operator:{operator.pk}", rows=len(new), rejected=len(faults))
    return Taken(len(new), len(mine) - len(new), len(table) - len(mine), faults)


def _read(content: bytes, name: str) -> tuple[list[dict[str, Any]], tuple[Fault, ...]]:
    ending = Path(name).suffix.lower()
    if ending not in _ENDINGS:
        raise InputError(_("Events come as CSV, JSON Lines or XLSX."), where=name, mend="")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"events{'.csv' if ending == '.txt' else ending}")
        path.write_bytes(content)
        found = read_events(open_source(path, "event").batches(), book().pack.data("agreements/events.yaml"))
    return list(found.table.iter_rows(named=True)), found.faults


def _events(operator: Operator, file: EventFile, rows: list[dict[str, Any]]) -> Iterator[OperatorEvent]:
    for row in rows:
        yield OperatorEvent(
            operator=operator,
            file=file,
            digest=_digest(row),
            event_id=(row["event_id"] or "")[:120],
            subject_id=row["subject_id"][:200],
            event=row["event"],
            at=row["at"].isoformat(),
            timed=row["timed"],
            outcome=(row["outcome"] or "")[:120],
            value=row["value"],
            n=row["n"],
            source=(row["source"] or "")[:200],
            proof=(row["evidence"] or "")[:200],
        )


def _digest(row: Mapping[str, Any]) -> str:
    """The same event twice is one: by its number, else by what it says."""
    parts = (
        [row["event_id"]]
        if row["event_id"]
        else [row["subject_id"], row["event"], row["at"].isoformat(), str(row["value"])]
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]

"""Finished parts on disk: each appears whole or not at all, and counts only for the very same run.

OUT/.parts/run.json says what the run is (inputs, code, pack, lists, date, checks); part-000012.parquet holds the
findings of piece 12 and, in its footer, how many rows were read. A part's presence under its final name is the entry.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["Journal", "PartNote", "open_journal"]

_META = b"mapae.part"


@dataclass(frozen=True, slots=True)
class PartNote:
    """What a finished part says of itself."""

    number: int
    feed: int
    rows: int
    findings: int
    rejected: int = 0
    rejects: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Journal:
    """The folder of parts of one run; picklable, so that workers write into it themselves."""

    folder: Path
    records: bool = False

    def path(self, number: int, what: str = "part") -> Path:
        """Where part `number` is, or will be; `what` is part or records."""
        return self.folder / f"{what}-{number:06d}.parquet"

    def staged(self, number: int) -> Path:
        """Where input `number` is put as Parquet for an engine that reads only that."""
        return self.path(number, "input")

    def finished(self) -> dict[int, PartNote]:
        """The parts there are, by number; one that cannot be read is removed and done again."""
        found: dict[int, PartNote] = {}
        for path in sorted(self.folder.glob("part-*.parquet")):
            note = _note(path)
            if note is None:
                path.unlink()
            else:
                found[note.number] = note
        return found

    def write(self, note: PartNote, findings: pa.Table, records: pa.Table | None) -> None:
        """Put a part in place; its records first, since the part under its name means that all is there."""
        if records is not None:
            _write(self.path(note.number, "records"), records)
        meta = {name: getattr(note, name) for name in PartNote.__slots__}
        body = json.dumps(meta, ensure_ascii=False, default=str).encode()
        _write(self.path(note.number), findings.replace_schema_metadata({_META: body}))

    def remove(self) -> None:
        """Forget the run."""
        shutil.rmtree(self.folder, ignore_errors=True)


def open_journal(out: Path, run: dict[str, Any], *, records: bool) -> tuple[Journal, str]:
    """The journal of a run in OUT, and one word on it: `new`, `continued`, or what changed (then begun anew)."""
    folder = out / ".parts"
    entry = folder / "run.json"
    state = "new"
    if entry.exists():
        before = json.loads(entry.read_text("utf-8"))
        changed = [key for key in run if before.get(key) != json.loads(json.dumps(run[key]))]
        state = ", ".join(changed) if changed else "continued"
    if state != "continued":
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        draft = entry.with_suffix(".new")
        draft.write_text(json.dumps(run, ensure_ascii=False, indent=1), "utf-8")
        draft.replace(entry)
    for stale in folder.glob("*.draft"):
        stale.unlink()
    return Journal(folder, records), state


def _write(path: Path, table: pa.Table) -> None:
    draft = path.with_name(f"{path.stem}-{os.getpid()}.draft")
    pq.write_table(table, draft, compression="zstd")
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(path)


def _note(path: Path) -> PartNote | None:
    try:
        meta = json.loads((pq.read_schema(path).metadata or {})[_META])
    except (OSError, KeyError, ValueError, pa.ArrowException):
        return None
    meta["rejects"] = tuple(meta["rejects"])
    return PartNote(**meta)

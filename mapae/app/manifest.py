"""The manifest: what a run read, by what it judged, and what came of it, so that anyone can repeat it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import orjson

from mapae.engine import Job, Outcome
from mapae.engine.version import code_version
from mapae.model.finding import SEVERITIES
from mapae.model.records import SCHEMA_VERSION

__all__ = ["build_manifest", "read_manifest", "write_json", "write_rejects"]


def build_manifest(
    job: Job,
    outcome: Outcome,
    *,
    profiles: list[str | None],
    notes: Sequence[Sequence[str]],
    seconds: float,
    **more: Any,
) -> dict[str, Any]:
    """The manifest of a finished run. `findings` counts every row of findings.parquet, `shadow` those on trial.

    profiles and notes: of each input in order; what was mended or left out in reading stands in its `notes`.
    """
    inputs = [
        {
            **item,
            "rows_read": outcome.rows[at],
            "rows_rejected": outcome.rejected[at],
            "profile": profiles[at],
            **({"notes": list(notes[at])} if notes[at] else {}),
        }
        for at, item in enumerate(job.inputs)
    ]
    merged = outcome.merged
    severities = {
        name: sum(n for (*_, s), n in merged.counts.items() if s == name) for name in reversed(SEVERITIES)
    }
    measures: dict[str, int] = {}
    for (measure, *_), count in merged.counts.items():
        measures[measure] = measures.get(measure, 0) + count
    return {
        "inputs": inputs,
        "findings": merged.findings,
        "shadow": sum(merged.shadow.values()),
        "code_version": code_version(),
        "pack_hash": job.context.pack.hash,
        "lists_hash": job.lists_hash,
        "as_of": job.context.as_of.isoformat(),
        "kind": job.kind.name,
        "seconds": round(seconds, 3),
        "rows_read": sum(outcome.rows),
        "rows_rejected": sum(outcome.rejected),
        "severities": severities,
        "measures": dict(sorted(measures.items())),
        "checks": sorted(check.key for check in job.checks),
        "pack": job.context.pack.key,
        "options": dict(job.context.options),
        "tables": [f"{name}.parquet" for name in outcome.tables],
        "schema_version": SCHEMA_VERSION,
        **more,
    }


def write_json(path: Path, value: Any) -> None:
    """Write a JSON file, all or nothing."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str))
    draft.replace(path)


def write_rejects(path: Path, rejects: Iterable[dict[str, Any]]) -> None:
    """Write one JSON object a line; an empty file says that nothing was rejected."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with draft.open("wb") as out:
        for item in rejects:
            out.write(orjson.dumps(item, default=str) + b"\n")
    draft.replace(path)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of an OUT folder. OSError or ValueError where there is none that can be read."""
    found: dict[str, Any] = orjson.loads((folder / "manifest.json").read_bytes())
    return found

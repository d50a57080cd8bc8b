"""Rescreening: new list entries, or an index of pictures, held against everything already seen.

A lake is a folder of OUT folders, or of Parquet records with their manifests. Its records are those kept by
`screen --keep-records`; where a run kept none, its inputs are read again if they have not changed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from mapae.app.context import make_context
from mapae.app.image_options import picture_options
from mapae.app.inputs import Inputs, open_inputs
from mapae.app.manifest import read_manifest
from mapae.app.screen import Progress, Request, Screened, finish, make_job
from mapae.catalog import checks
from mapae.contract.check import Check
from mapae.engine import run_local
from mapae.engine.merge import Only
from mapae.errors import InputError, UsageError
from mapae.lists import ListStore
from mapae.measures.counterfeits.pictures import CHECK as PICTURES
from mapae.sources.files import sha256_of

__all__ = ["Lake", "find_lake", "find_runs", "new_references", "records_of", "rescreen"]


@dataclass(frozen=True)
class Lake:
    """What was seen of one kind: files of records, and the findings files that are already known."""

    kind: str
    files: tuple[Path, ...]
    known: tuple[Path, ...]


def rescreen(
    lake: Path, since: date | None, request: Request, progress: Progress = lambda *_: None
) -> list[Screened]:
    """Screen the lake against list entries added on or after `since`; one OUT folder a kind, new findings only.

    Without a day against the indexes of `request.pictures` alone, which looks at the hashes of pictures and at nothing else.
    UsageError where neither or both are given, and where the lake holds nothing that can be read.
    """
    if (since is None) != bool(request.pictures):
        raise UsageError(
            "rescreening needs a day or an index of pictures, one at a time",
            where="--since, --pictures",
            mend="give --since DATE for new list entries, or --pictures INDEX for pictures",
        )
    context = make_context(request.pack, request.as_of, request.lists, picture_options(request.pictures))
    fresh = replace(context, lists=context.lists.since(since.isoformat())) if since else context
    told = (
        {"since": since.isoformat()}
        if since
        else {"since": None, "pictures": list(map(str, request.pictures))}
    )
    done = []
    lakes = find_lake(lake, skip=request.out)
    for item in lakes:
        started = time.perf_counter()
        chosen = _checks(item.kind, request.measures, fresh.lists if since else None)
        only = Only(new_references(fresh.lists, chosen) if since else None, item.known)
        files = item.files if chosen else ()
        inputs = open_inputs(files, kind=item.kind) if files else Inputs.none(item.kind)
        own = replace(request, out=request.out if len(lakes) == 1 else request.out / item.kind)
        job = make_job(own, inputs, chosen, fresh)
        job = replace(job, only=only, lists_hash=f"{context.lists.hash}@{since or 'pictures'}")
        outcome = run_local(job, progress)
        seconds = time.perf_counter() - started
        done.append(finish(job, outcome, inputs, own, seconds=seconds, lake=str(lake), **told))
    return done


def find_lake(folder: Path, skip: Path | None = None) -> list[Lake]:
    """The records below a folder by kind. A manifest says the kind and the findings that are known."""
    if not folder.is_dir():
        raise InputError(
            "this is no folder", where=str(folder), mend="name the folder that holds the OUT folders"
        )
    files: dict[str, list[Path]] = {}
    known: dict[str, list[Path]] = {}
    for place, manifest in find_runs(folder, skip):
        kind = str(manifest["kind"])
        files.setdefault(kind, []).extend(records_of(place, manifest))
        known.setdefault(kind, []).extend(path for path in [place / "findings.parquet"] if path.is_file())
    found = [
        Lake(kind, tuple(paths), tuple(known.get(kind, ()))) for kind, paths in sorted(files.items()) if paths
    ]
    if not found:
        raise UsageError(
            "the lake holds no records",
            where=str(folder),
            mend="screen with --keep-records, or leave the inputs named in the manifests where they were",
        )
    return found


def new_references(lists: ListStore, chosen: tuple[Check, ...]) -> frozenset[str]:
    """The ids of the entries in these lists that the checks read."""
    names = sorted({name for check in chosen for name in check.lists})
    return frozenset(str(key) for name in names for key in lists.table(name)["id"].to_pylist())


def _checks(kind: str, measures: tuple[str, ...], lists: ListStore | None) -> tuple[Check, ...]:
    """The checks of this kind that read a list with new entries; without lists the one of pictures."""
    every = [check for check in checks(measures) if kind in check.kinds]
    if lists is None:
        return tuple(check for check in every if check.key == PICTURES.key)
    return tuple(check for check in every if any(lists.table(name).num_rows for name in check.lists))


def find_runs(folder: Path, skip: Path | None = None) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every finished run below the folder with its manifest; what rescreening wrote is left out."""
    for path in sorted(folder.rglob("manifest.json")):
        if ".parts" in path.parts or (skip is not None and skip.resolve() in path.resolve().parents):
            continue
        try:
            manifest = read_manifest(path.parent)
        except (OSError, ValueError):
            continue
        if "kind" in manifest and "since" not in manifest:
            yield path.parent, manifest


def records_of(place: Path, manifest: dict[str, Any]) -> list[Path]:
    """Records kept in the folder, else the run's own inputs as far as they are unchanged; tables of checks are no records."""
    if (place / "records.parquet").is_file():
        return [place / "records.parquet"]
    ours = any((place / name).is_file() for name in ("findings.parquet", "ranking.parquet"))
    if not ours and (kept := sorted(place.glob("*.parquet"))):
        return kept
    inputs = [(Path(item["path"]), item.get("sha256")) for item in manifest.get("inputs", [])]
    return [path for path, digest in inputs if path.is_file() and sha256_of(path) == digest]

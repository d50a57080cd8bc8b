"""Writes versions of a source: DIR/<list>/<source>/ holds meta.json, every version so far, and the last rejects.

A version is complete on the disk before meta.json names it, and both appear by a rename, so that a crash leaves the
version that was in use.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa

from mapae.errors import ListError
from mapae.lists.limits import Limits
from mapae.lists.store import META
from mapae.model.references import LIST_SCHEMAS

__all__ = ["Load", "Place", "Written", "step_back", "unfit", "write_rejects", "write_version"]


@dataclass(frozen=True, slots=True)
class Place:
    """One source of one list in a store."""

    store: Path
    list: str
    source: str

    @property
    def folder(self) -> Path:
        """Where its versions lie."""
        return self.store / self.list / self.source


@dataclass(frozen=True)
class Load:
    """What is to be written. rows: by id, without `added_on`.

    keep_missing: entries that the load lacks stay. changed_as_new: entries whose content changed count as added on `day`.
    about: further facts for meta.json.
    """

    rows: Mapping[str, Mapping[str, Any]]
    day: str
    origin: str
    limits: Limits
    keep_missing: bool = False
    changed_as_new: bool = False
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """The version now in use and how it differs from the one before. fresh: False where nothing was written.

    older: the latest date of the entries that are gone, where it is after every date of the load; else empty.
    """

    file: Path
    rows: int
    added: int
    changed: int
    gone: int
    fresh: bool
    older: str = ""


def write_version(place: Place, load: Load) -> Written:
    """Make the load the version in use; nothing is written where it changes nothing. Hold the store's lock.

    ListError where the load's limits are broken; the version in use then stays.
    """
    meta = _meta(place)
    before = dict(_current(place, meta))
    after = dict(_merged(before, load))
    load.limits.check(len(load.rows), len(before), len(after), str(place.folder))
    added = sum(key not in before for key in after)
    changed = sum(key in before and _bare(row) != _bare(before[key]) for key, row in after.items())
    gone = len(before.keys() - after.keys())
    if meta and not (added or changed or gone):
        return Written(place.folder / meta["file"], len(after), 0, 0, 0, fresh=False)
    content = b"".join(_line(after[key], place.list) for key in sorted(after))
    digest = hashlib.sha256(content).hexdigest()
    file = f"{load.day}-{digest[:12]}.jsonl"
    version = {
        "file": file, "day": load.day, "origin": load.origin, "rows": len(after), "sha256": digest,
        "added": added, "changed": changed, "gone": gone,
    }  # fmt: skip
    _put(place.folder / file, content)
    about = {"list": place.list, "source": place.source, **version, **load.about}
    about["versions"] = [*(meta or {}).get("versions", []), version]
    _put(place.folder / META, orjson.dumps(about, option=orjson.OPT_INDENT_2))
    older = _latest(before[key] for key in before.keys() - after.keys())
    older = older if older > _latest(load.rows.values()) else ""
    return Written(place.folder / file, len(after), added, changed, gone, fresh=True, older=older)


def _latest(rows: Iterable[Mapping[str, Any]]) -> str:
    return max((str(row.get("date") or "") for row in rows), default="")


def step_back(place: Place) -> Written:
    """Put the version before the one in use into use again; the file of the later one stays. Hold the store's lock.

    ListError where there is none before, or its file is gone.
    """
    meta = _meta(place) or {}
    versions = meta.get("versions", [])
    if len(versions) < 2:
        raise ListError(
            "there is no version before the one in use", where=str(place.folder),
            mend="to do without the source, move its folder away",
        )  # fmt: skip
    *_, before, last = versions
    about = {**meta, **before, "versions": versions[:-1], "undone": [*meta.get("undone", []), last]}
    about.pop("inputs", None)  # they were those of the later version
    rows = sum(1 for _ in _current(place, about))
    _put(place.folder / META, orjson.dumps(about, option=orjson.OPT_INDENT_2))
    return Written(
        place.folder / before["file"], rows, last["gone"], last["changed"], last["added"], fresh=True
    )


def write_rejects(place: Place, rejects: Iterable[Mapping[str, Any]]) -> Path:
    """The rejects of the last import, one a line; an empty file where there were none."""
    path = place.folder / "rejects.jsonl"
    _put(path, b"".join(orjson.dumps(dict(item)) + b"\n" for item in rejects))
    return path


def unfit(row: Mapping[str, Any], list_name: str) -> str:
    """Why the row cannot stand in the list, as a sentence; empty where it can."""
    schema = LIST_SCHEMAS[list_name]
    if not isinstance(row.get("id"), str) or not row["id"].strip():
        return "it has no id"
    for name, value in row.items():
        if name not in schema.names:
            return f"the list {list_name} has no field {name!r}"
        if value is not None and not _is(value, schema.field(name).type):
            return f"{name} cannot be {type(value).__name__}"
    return ""


def _is(value: Any, kind: pa.DataType) -> bool:
    if pa.types.is_list(kind):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, bool if pa.types.is_boolean(kind) else str)


def _merged(before: Mapping[str, Mapping[str, Any]], load: Load) -> Iterator[tuple[str, dict[str, Any]]]:
    """Entries of the next version with the day each was added."""
    if load.keep_missing:
        yield from ((key, dict(row)) for key, row in before.items() if key not in load.rows)
    for key, row in load.rows.items():
        old = before.get(key)
        stays = old is not None and not (load.changed_as_new and _bare(row) != _bare(old))
        yield key, {**row, "added_on": old["added_on"] if old is not None and stays else load.day}


def _bare(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says, without the day it was added and without what is empty."""
    return {k: v for k, v in row.items() if k not in ("added_on", "source") and v not in (None, "", [])}


def _line(row: Mapping[str, Any], list_name: str) -> bytes:
    said = {name: row[name] for name in LIST_SCHEMAS[list_name].names if row.get(name) not in (None, "", [])}
    return orjson.dumps(said) + b"\n"


def _meta(place: Place) -> dict[str, Any] | None:
    path = place.folder / META
    if not path.is_file():
        return None
    try:
        return dict(orjson.loads(path.read_bytes()))
    except (orjson.JSONDecodeError, TypeError, ValueError) as error:
        raise ListError(
            f"the description of the version in use cannot be read: {error}", where=str(path),
            mend="restore it from a backup, or move the folder away and import again",
        ) from error  # fmt: skip


def _current(place: Place, meta: Mapping[str, Any] | None) -> Iterator[tuple[str, dict[str, Any]]]:
    if meta is None:
        return
    path = place.folder / str(meta["file"])
    if not path.is_file():
        raise ListError(
            "the version in use is missing", where=str(path),
            mend="restore it from a backup, or move the folder away and import again",
        )  # fmt: skip
    for line in path.read_bytes().splitlines():
        row = orjson.loads(line)
        row.setdefault("added_on", meta["day"])
        yield row["id"], row


def _put(path: Path, content: bytes) -> None:
    """The file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)

"""Reads lists: the pack's facts first, then what was imported; one table a list, one row an id (see merge.py)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import yaml

from mapae.errors import ListError
from mapae.lists.merge import overlaid
from mapae.model.references import LIST_SCHEMAS
from mapae.pack import Pack
from mapae.settings import home

__all__ = ["META", "ListStore", "Source"]

META = "meta.json"


@dataclass(frozen=True, slots=True)
class Source:
    """One source of one list: where it came from, its day, its rows, and the hash of its content."""

    list: str
    source: str
    origin: str
    day: str
    rows: int
    sha256: str
    path: Path


@dataclass(frozen=True)
class ListStore:
    """The lists a run uses. A later source's entry replaces or completes an earlier one of the same id (merge.py)."""

    listed: tuple[Source, ...]
    keep: Callable[[pa.Table], pa.Table] | None = None

    @classmethod
    def load(cls, pack: Pack, folder: Path | None = None, *, user: bool = True) -> ListStore:
        """The pack's facts, then $MAPAE_HOME/lists (when `user` and no folder is given), then `folder`.

        ListError where `folder` is given and is no list store.
        """
        found = list(_pack_sources(pack.root / "lists"))
        if folder is not None:
            if not folder.is_dir():
                raise ListError(
                    "this is no list store",
                    where=str(folder),
                    mend="make one: mapae lists import SOURCE FILE --lists DIR",
                )
            found += _stored_sources(folder)
        elif user and (home() / "lists").is_dir():
            found += _stored_sources(home() / "lists")
        return cls(tuple(found))

    @property
    def hash(self) -> str:
        """16 hex digits over the content of every source: the manifest's lists_hash."""
        digest = hashlib.sha256()
        for source in self.listed:
            digest.update(f"{source.list}/{source.source}/{source.sha256}\n".encode())
        if self.keep is not None:
            digest.update(b"part")
        return digest.hexdigest()[:16]

    def sources(self) -> tuple[Source, ...]:
        """Every source, pack first."""
        return self.listed

    def table(self, name: str) -> pa.Table:
        """All entries of a list by LIST_SCHEMAS[name], sorted by id; empty where no source has any."""
        if name not in LIST_SCHEMAS:
            raise ListError(f"there is no list {name!r}", mend=f"lists are: {', '.join(LIST_SCHEMAS)}")
        parts = tuple(source for source in self.listed if source.list == name)
        table = _merged(name, parts)
        return self.keep(table) if self.keep else table

    def since(self, day: str) -> ListStore:
        """The same store with only the entries added on or after an ISO day (for rescreening)."""

        def fresh(table: pa.Table) -> pa.Table:
            return table.filter(pc.fill_null(pc.greater_equal(table["added_on"], day), False))

        return ListStore(self.listed, fresh)


@cache
def _merged(name: str, parts: tuple[Source, ...]) -> pa.Table:
    schema = LIST_SCHEMAS[name]
    rows: dict[str, dict[str, object]] = {}
    for source in parts:
        for row in _read(source, schema):
            key = str(row["id"])
            rows[key] = overlaid(name, rows[key], row) if key in rows else row
    return pa.Table.from_pylist([rows[key] for key in sorted(rows)], schema=schema)


def _read(source: Source, schema: pa.Schema) -> list[dict[str, object]]:
    if source.path.suffix == ".parquet":
        table = pq.read_table(source.path)
        return [dict.fromkeys(schema.names) | row for row in table.to_pylist()]
    rows = []
    for number, line in enumerate(source.path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise ListError(
                f"not JSON: {error}", where=f"{source.path}:{number}", mend="one JSON object a line"
            ) from error
        unknown = sorted(set(row) - set(schema.names))
        if unknown or not row.get("id"):
            what = f"unknown field {unknown[0]!r}" if unknown else "an entry without id"
            raise ListError(
                what, where=f"{source.path}:{number}", mend=f"fields are: {', '.join(schema.names)}"
            )
        row.setdefault("source", source.source)
        row.setdefault("added_on", row.get("date") or source.day)
        rows.append(dict.fromkeys(schema.names) | row)
    return rows


def _pack_sources(folder: Path) -> list[Source]:
    """The pack's facts: lists/<list>/<source>.jsonl, described in lists/sources.yaml (origin and day of each)."""
    index = folder / "sources.yaml"
    described = yaml.safe_load(index.read_text("utf-8")) if index.is_file() else {}
    found = []
    for path in sorted(folder.glob("*/*.jsonl")):
        about = (described or {}).get(f"{path.parent.name}/{path.stem}") or {}
        if not about:
            raise ListError(
                "facts without a source", where=str(path), mend=f"describe it in {index}: origin and day"
            )
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        rows = sum(1 for line in content.splitlines() if line.strip())
        found.append(
            Source(path.parent.name, path.stem, about["origin"], str(about["day"]), rows, digest, path)
        )
    return found


def _stored_sources(folder: Path) -> list[Source]:
    """Imported sources: <list>/<source>/meta.json names the version in use."""
    found = []
    for meta in sorted(folder.glob(f"*/*/{META}")):
        about = orjson.loads(meta.read_bytes())
        current = meta.parent / about["file"]
        if not current.is_file():
            raise ListError(
                "the version in use is missing", where=str(current), mend="import this source again"
            )
        found.append(
            Source(
                about["list"],
                about["source"],
                about["origin"],
                about["day"],
                about["rows"],
                about["sha256"],
                current,
            )
        )
    return found

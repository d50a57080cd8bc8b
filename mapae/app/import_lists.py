"""Imports a reference list into a store: read by the source's profile, checked, versioned; and shows what a store holds."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from mapae import __version__
from mapae.app.import_lists_fetch import FetchLimits, fetch, is_address, without_secrets
from mapae.app.row_groups import reject_line
from mapae.errors import InputError, ListError, UsageError
from mapae.lists import ListStore
from mapae.lists.limits import Limits
from mapae.lists.lock import locked
from mapae.lists.merge import folded
from mapae.lists.write import Load, Place, Written, step_back, unfit, write_rejects, write_version
from mapae.model.references import LIST_SCHEMAS
from mapae.pack import load_pack
from mapae.settings import home
from mapae.sources.agencies import Profile, Row, load_profile, read_agency
from mapae.sources.agencies.names import plain_entry
from mapae.sources.files import expand, sha256_of
from mapae.sources.rejects import RejectLog

__all__ = ["ImportRequest", "Imported", "Shown", "import_list", "show_lists", "undo_import"]

Progress = Callable[[str, int], None]
_EVERY = 500  # rows between two words of progress


@dataclass(frozen=True)
class ImportRequest:
    """What to import. inputs: files, folders or addresses, read as one load. store: None for $MAPAE_HOME/lists.

    name: folder of the source in the store, the source itself where empty. extent: `full`, `part`, or None for what the
    source's profile says. least, most: rows that are believed instead of the profile's; given, they also switch off the
    comparison with what stands. day: on which new entries count as added.
    """

    source: str
    inputs: tuple[str, ...]
    day: date
    store: Path | None = None
    list: str | None = None
    name: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    extent: str | None = None
    least: int | None = None
    most: int | None = None
    origin: str = ""
    changed_as_new: bool = False
    pack: str = "kr"
    fetch: FetchLimits = field(default_factory=FetchLimits)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. few: the number of rows that is usual, where there were fewer; notes: what was left out."""

    list: str
    source: str
    written: Written
    read: int
    rejected: int
    cells: int
    rejects: Path
    extent: str
    few: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One source of one list as `lists show` has it. added: entries added on or after the day asked for."""

    list: str
    source: str
    origin: str
    day: str
    rows: int
    added: int
    imported: bool


def import_list(request: ImportRequest, progress: Progress = lambda *_: None) -> Imported:
    """Import the inputs as one load and make it the version in use.

    The good rows are kept whatever the bad ones are, which go to rejects.jsonl. ListError where the load is not believable
    or another import is at work; InputError where an input cannot be read; then nothing in use has changed.
    """
    profile = load_profile(request.source, request.list).mapped(request.mapping)
    place = Place(request.store or home() / "lists", profile.list, _name(request.name or profile.source))
    known = _known_ids(profile, request)
    with tempfile.TemporaryDirectory() as folder:
        files = [file for item in request.inputs for file in _files(item, Path(folder), request, progress)]
        with locked(place.store):
            return _import(profile, place, request, files, known, progress)


def undo_import(list_name: str, source: str, store: Path | None = None) -> Written:
    """Put a source's version before the last import into use again. ListError where there is none."""
    place = Place(store or home() / "lists", list_name, _name(source))
    if list_name not in LIST_SCHEMAS or not place.folder.is_dir():
        raise ListError(
            f"nothing was imported of {list_name}/{source}", where=str(place.store),
            mend="see what there is: mapae lists show --lists DIR",
        )  # fmt: skip
    with locked(place.store):
        return step_back(place)


def show_lists(since: date, store: Path | None = None, pack: str = "kr", *, user: bool = True) -> list[Shown]:
    """Every source of the pack and the store with its day, its rows, and how many were added on or after `since`."""
    shown = []
    loaded = load_pack(pack)
    for source in ListStore.load(loaded, store, user=user).sources():
        days = ListStore((source,)).table(source.list)["added_on"]
        added = pc.sum(pc.greater_equal(days, since.isoformat())).as_py() or 0
        imported = loaded.root not in source.path.parents
        shown.append(
            Shown(source.list, source.source, source.origin, source.day, source.rows, added, imported)
        )
    return shown


def _import(
    profile: Profile, place: Place, request: ImportRequest, files: list[tuple[Path, str]],
    known: Mapping[str, str], progress: Progress,
) -> Imported:  # fmt: skip
    logs = [RejectLog(Path(name)) for _, name in files]
    reading = zip(files, logs, strict=True)
    parts = (_rows(profile, path, log, request.day, known) for (path, _), log in reading)
    rows = folded(_counted(chain.from_iterable(parts), progress))
    rejected = sum(log.rows for log in logs)
    rejects = write_rejects(place, (reject_line(item) for log in logs for item in log))
    if rejected > (max(len(rows), 3) if rows else 0):
        first = next((item for log in logs for item in log), None)
        why = f"; the first: {first.reason}" if first else ""
        raise ListError(
            f"{rejected:,} rows could not be read and only {len(rows):,} could{why}", where=str(rejects),
            mend="see the reasons there; name columns with --map field=column, or check the source",
        )  # fmt: skip
    extent = request.extent or profile.extent
    progress("writing", len(rows))
    load = Load(
        rows, request.day.isoformat(), request.origin or _origin(profile, request), _limits(profile, request),
        keep_missing=extent == "part", changed_as_new=request.changed_as_new,
        about={"extent": extent, "profile": profile.source, "code_version": __version__, "inputs": [
            {"name": name, "sha256": sha256_of(path)} for path, name in files
        ]},
    )  # fmt: skip
    written = write_version(place, load)
    few = profile.usual if extent == "full" and len(rows) < profile.usual and request.least is None else 0
    return Imported(
        place.list, place.source, written, len(rows), rejected, sum(log.cells for log in logs), rejects, extent, few,
        tuple(note for log in logs for note in log.said()),
    )  # fmt: skip


def _rows(profile: Profile, path: Path, log: RejectLog, day: date, known: Mapping[str, str]) -> Iterator[Row]:
    """Rows that can stand in the list; others are rejects."""
    for number, row in enumerate(read_agency(profile, path, log, day=day, known=known), 1):
        if why := unfit(row, profile.list):
            log.row(number, why, str(row))
        else:
            yield row


def _counted(rows: Iterator[Row], progress: Progress) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        if number % _EVERY == 0:
            progress("reading", number)
        yield row


def _files(item: str, folder: Path, request: ImportRequest, progress: Progress) -> Iterator[tuple[Path, str]]:
    """The files an input stands for, each with the name that may be stored."""
    if is_address(item):
        own = folder / str(len(list(folder.iterdir())))
        own.mkdir()
        yield fetch(item, own, request.fetch, partial(progress, "fetching")), without_secrets(item)
        return
    for path in expand([Path(item)]):
        if path.stat().st_size == 0:
            raise InputError("the file is empty", where=str(path), mend="download it again")
        yield path, path.name


def _limits(profile: Profile, request: ImportRequest) -> Limits:
    return Limits(
        profile.least if request.least is None else request.least,
        profile.most if request.most is None else request.most,
        shrink=0.5 if request.least is None else 0,
        grow=10.0 if request.most is None else 0,
    )


def _origin(profile: Profile, request: ImportRequest) -> str:
    """Where the load came from: the title of the source, and the address or the file's name."""
    named = [without_secrets(item) if is_address(item) else Path(item).name for item in request.inputs]
    more = f" and {len(named) - 1} more" if len(named) > 1 else ""
    return f"{profile.title['en']}; {named[0]}{more}"


def _name(name: str) -> str:
    if not name.replace("-", "").replace("_", "").isalnum() or not name.isascii():
        raise UsageError(
            f"not a name for a source: {name!r}", where="--name", mend="use letters, digits and hyphens"
        )
    return name


def _known_ids(profile: Profile, request: ImportRequest) -> dict[str, str]:
    """Plain name → id of the entries that the pack and the store have, for sources that name what others name too."""
    if not profile.resolve:
        return {}
    folder = request.store if request.store is not None and request.store.is_dir() else None
    store = ListStore.load(load_pack(request.pack), folder, user=request.store is None)
    names = [name for name in LIST_SCHEMAS[profile.list].names if name.startswith("name") or name == "owner"]
    found: dict[str, str] = {}
    for row in store.table(profile.list).to_pylist():
        for name in names:
            _note(found, row, row.get(name))
    return found


def _note(found: dict[str, str], row: Mapping[str, Any], value: Any) -> None:
    for text in value if isinstance(value, list) else [value] if value else []:
        found.setdefault(plain_entry(text), row["id"])

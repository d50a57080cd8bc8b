"""Which column means what: alias tables and known layouts, chosen by the columns alone, never by the file's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mapae.errors import InputError
from mapae.model.records import KINDS
from mapae.pack.checks import near
from mapae.sources.headings import bare, unit_of

__all__ = ["Layout", "Plan", "choose", "known", "naming", "plan", "signs"]

_FOLDER = Path(__file__).parent / "profiles"
_SHARE = 0.6  # of a layout's signature that must be there
_PUNCTUATION = re.compile(r"[\W_]+")
_CELL = re.compile(r"[\d.,₩￦$€¥￥£원]*\d[\d.,원]*|https?://.+|\d{4}-\d\d-\d\d.*")  # what no column is called


@dataclass(frozen=True)
class Layout:
    """How one sort of file names the columns of a kind.

    aliases: column to source names, surest first, folded by `signs`. needs: of each group one column must be found.
    tells: columns that tell the kind from others. signature: source names of a known layout; constants fill nulls;
    nested: column to (source that is a list of objects, name inside them, min, max or sum). carries: the source that names
    a product and the columns that only its first row tells. heads: headings of amounts
    that tell what is counted (folded, to basis).
    """

    name: str
    kind: str
    aliases: Mapping[str, tuple[str, ...]]
    needs: tuple[frozenset[str], ...] = ()
    tells: frozenset[str] = frozenset()
    specs: tuple[str, ...] = ()
    signature: frozenset[str] = frozenset()
    constants: Mapping[str, str] = field(default_factory=dict)
    nested: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    carries: tuple[str, tuple[str, ...]] | None = None
    heads: Mapping[str, str] = field(default_factory=dict)

    def found(self, names: frozenset[str]) -> set[str]:
        """Columns of the kind that one of these folded names stands for."""
        return {column for column, aliases in self.aliases.items() if not names.isdisjoint(aliases)}


@dataclass(frozen=True)
class Plan:
    """For one set of source columns: target to its sources (first not null wins), what is left over, specifications.

    constants: what the headings themselves say (unit, basis), for rows that say nothing.
    """

    targets: Mapping[str, tuple[str, ...]]
    rest: tuple[str, ...]
    specs: str | None
    constants: Mapping[str, str] = field(default_factory=dict)


def signs(name: str) -> str:
    """A column name folded for comparison: NFKC, lower case, letters and digits only, without Google's `g:`.

    The name itself where it has neither letters nor digits.
    """
    folded = unicodedata.normalize("NFKC", name).casefold().removeprefix("g:")
    return _PUNCTUATION.sub("", folded) or folded


@cache
def _tables() -> dict[str, Layout]:
    """Kind to its alias table."""
    found = []
    for file in ("listing", "consignment", "adverts", "others"):
        data = _read(file)
        found += data if isinstance(data, list) else [data]
    return {data["kind"]: _table(data) for data in found}


def _read(name: str) -> Any:
    return yaml.load(
        (_FOLDER / f"{name}.yaml").read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )


def _folded(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(signs(str(name)) for name in names))


def _table(data: dict[str, Any]) -> Layout:
    aliases = {column: _folded([column, *names]) for column, names in data["aliases"].items()}
    heads = {signs(name): basis for basis, names in data.get("heads", {}).items() for name in names}
    if heads:
        aliases["value"] = tuple(dict.fromkeys((*aliases["value"], *heads)))
    needs = tuple(frozenset(group) for group in data["needs"])
    return Layout(
        data["kind"],
        data["kind"],
        aliases,
        needs,
        frozenset(data["tells"]),
        _folded(data.get("specs", ())),
        heads=heads,
    )


@cache
def _layouts() -> tuple[Layout, ...]:
    """Known layouts, each with its kind's aliases behind its own columns."""
    result = []
    for data in _read("layouts"):
        table = _tables()[data["kind"]]
        own = {column: _folded(names) for column, names in data.get("columns", {}).items()}
        aliases = {
            column: tuple(dict.fromkeys((*own[column], *rest))) if own.get(column) else own.get(column, rest)
            for column, rest in table.aliases.items()
        }
        result.append(
            Layout(
                data["name"],
                data["kind"],
                aliases,
                table.needs,
                table.tells,
                table.specs,
                frozenset(_folded(data["signature"])),
                data.get("constants", {}),
                {column: (signs(way[0]), way[1], way[2]) for column, way in data.get("nested", {}).items()},
                (data["carries"]["by"], tuple(data["carries"]["columns"])) if "carries" in data else None,
            )
        )
    return tuple(result)


@cache
def _all_aliases() -> frozenset[str]:
    return frozenset(
        name
        for layout in (*_tables().values(), *_layouts())
        for names in layout.aliases.values()
        for name in names
    )


@cache
def naming() -> frozenset[str]:
    """Folded names of columns that say what a record is about: titles and texts, and the subject of other kinds."""
    aliases = {
        name
        for layout in _tables().values()
        for column in ("title", "headline", "text", "query")
        for name in layout.aliases.get(column, ())
    }
    return frozenset(aliases | set(map(signs, "market substance fee_kind event names path".split())))


def known(names: Sequence[str], mapping: Mapping[str, str]) -> float:
    """How many of the names are known for any kind or named in `mapping`: tells a header from a row of cells."""
    folded = {_sign(name, _all_aliases()) for name in names}
    return len(folded & _all_aliases()) + len(folded & {signs(source) for source in mapping.values()})


def choose(columns: Sequence[str], kind: str | None, mapping: Mapping[str, str], where: str) -> Layout:
    """The layout for these columns: a known one whose signature is there, else the kind with the best score.

    kind None: listing where its needs are met and no other kind is told by more columns. Raises InputError, with the
    columns seen and how to use --map, where nothing fits.
    """
    _check_mapping(columns, kind, mapping, where)
    names = frozenset(_sign(name, _all_aliases()) for name in columns)
    for layout in sorted(_layouts(), key=lambda layout: -len(layout.signature & names)):
        if kind in (None, layout.kind) and len(layout.signature & names) >= _SHARE * len(layout.signature):
            return layout
    if kind is not None:
        table = _tables()[kind]
        if table.found(names) or mapping:
            return table
        raise _unfit(columns, kind, where)
    ranked = sorted(
        (table for table in _tables().values() if _met(table, names, mapping)),
        key=lambda table: (-_score(table, names, mapping), table.kind != "listing"),
    )
    if not ranked:
        raise _unfit(columns, "listing", where)
    return ranked[0]


def _met(table: Layout, names: frozenset[str], mapping: Mapping[str, str]) -> bool:
    found = table.found(names) | (set(mapping) & set(table.aliases))
    return all(found & group for group in table.needs) and len(found) >= 2


def _score(table: Layout, names: frozenset[str], mapping: Mapping[str, str]) -> float:
    """Telling columns count two, others one, a kind's own exact name a half more. `id` tells of no kind."""
    found = table.found(names) | (set(mapping) & set(table.aliases))
    telling = (table.found(names - {"id"}) | set(mapping)) & table.tells
    exact = sum(signs(column) in names for column in table.aliases)
    return len(found) + len(telling) + exact / 2


def plan(layout: Layout, columns: Sequence[str], mapping: Mapping[str, str]) -> Plan:
    """Which source columns fill which column. A source fills one column only: the one where it stands earliest."""
    by_name: dict[str, list[str]] = {}
    own = frozenset(name for names in layout.aliases.values() for name in names)
    for name in columns:
        by_name.setdefault(_sign(name, own), []).append(name)
    targets: dict[str, list[str]] = {}
    taken: set[str] = set()
    for column, source in mapping.items():
        if column in layout.aliases:
            targets[column] = [name for name in columns if name == source] or by_name.get(signs(source), [])
            taken.update(targets[column])
    wishes = sorted(
        (place, order, column, name)
        for order, (column, aliases) in enumerate(layout.aliases.items())
        for place, alias in enumerate(aliases)
        for name in by_name.get(alias, ())
        if column not in mapping
    )
    for _, _, column, name in wishes:
        if name not in taken:
            targets.setdefault(column, []).append(name)
            taken.add(name)
    specs = next((name for alias in layout.specs for name in by_name.get(alias, ())), None)
    # a source that only stands in for another stays in `extra` as well, so that nothing is lost
    used = {names[0] for names in targets.values() if names}
    if "image_urls" in targets:
        used.update(targets["image_urls"])
    return Plan(
        {column: tuple(names) for column, names in targets.items()},
        tuple(name for name in columns if name not in used),
        specs,
        _constants(layout, targets),
    )


def _sign(name: str, known: frozenset[str]) -> str:
    """A column name folded; without the unit in brackets behind it where only so it is known."""
    folded = signs(name)
    if folded not in known and (plain := bare(name)) and (short := signs(plain)) in known:
        return short
    return folded


def _constants(layout: Layout, targets: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Unit and basis as the heading of the amounts tells them."""
    name = next((targets[column][0] for column in ("value", "low", "high") if targets.get(column)), None)
    if name is None or "unit" not in layout.aliases:
        return {}
    told = {"unit": unit_of(name), "basis": layout.heads.get(signs(bare(name) or name))}
    return {column: said for column, said in told.items() if said and column in layout.aliases}


def _check_mapping(columns: Sequence[str], kind: str | None, mapping: Mapping[str, str], where: str) -> None:
    targets = set(KINDS[kind].columns) if kind else {name for item in KINDS.values() for name in item.columns}
    names, own = {signs(name) for name in columns}, KINDS[kind or "listing"].columns
    for column, source in mapping.items():
        if column not in targets:
            raise InputError(
                f"--map names the column {column!r}, which {kind or 'no kind'} {'has not' if kind else 'has'}",
                where=where,
                mend=f"{near(column, targets)}; columns of a {kind or 'listing'}: {', '.join(own)}",
            )
        if signs(source) not in names:
            raise InputError(
                f"--map {column}={source}: the file has no column {source!r}",
                where=where,
                mend=_seen(columns),
            )


def _unfit(columns: Sequence[str], kind: str, where: str) -> InputError:
    first = columns[0] if columns else "NAME"
    say = f"say what they mean, for example --map title={first!r}, and the kind with --kind"
    names = frozenset(signs(name) for name in columns)
    if any(map(_CELL.fullmatch, columns)):
        say = "the first line looks like a row: put a header with the columns' names above it"
    elif kind == "listing" and (found := _tables()["listing"].found(names)):
        say = f"that is {', '.join(sorted(found))} of a listing; if it is one, say --kind listing"
    return InputError(
        f"the columns fit no kind of record{'' if kind == 'listing' else f' {kind!r}'}",
        where=where,
        mend=f"{_seen(columns)}; {say}",
    )


def _seen(columns: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:60]) for name in columns[:40])
    return f"columns seen: {shown}{f', … +{len(columns) - 40}' if len(columns) > 40 else ''}"

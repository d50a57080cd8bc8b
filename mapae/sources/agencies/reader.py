"""Records of an agency's file, by its profile, as rows of a list; what cannot be a row goes to the rejects."""

from __future__ import annotations

import hashlib
import importlib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from mapae.errors import InputError
from mapae.sources.agencies.names import plain, plain_entry
from mapae.sources.agencies.profile import Field, Profile
from mapae.sources.agencies.records import Record, records
from mapae.sources.agencies.row import Row
from mapae.sources.agencies.scope import scope_of
from mapae.sources.agencies.values import KINDS, BadValue, texts
from mapae.sources.dates import iso_date
from mapae.sources.rejects import RejectLog

__all__ = ["read_agency"]

_HANGUL, _HAN = re.compile("[ㄱ-ㆎ가-힣]"), re.compile("[一-鿿]")


def read_agency(
    profile: Profile, path: Path, log: RejectLog, *, day: date, known: Mapping[str, str] | None = None
) -> Iterator[Row]:
    """Rows of the profile's list, one a record, ids not yet unique.

    day: entries that ended before it are left out. known: plain name of an entry → its id, for sources that name
    things others name too. InputError where the file has none of the source's columns.
    """
    if profile.reader:
        module, _, name = profile.reader.partition(":")
        yield from getattr(importlib.import_module(module), name)(path, log)
        return
    columns = profile.columns()
    seen = fitting = 0
    for record in records(path, log, columns, profile.elements, profile.outer):
        cells = _plain_keys(record.cells)
        seen += 1
        if columns.isdisjoint(cells):
            log.row(record.line, "none of its columns is one of this source", _raw(record))
            continue
        fitting += 1
        row = _row(profile, record, cells, log, day.isoformat(), known or {})
        if row is not None:
            yield row
    if seen and not fitting:
        raise InputError(
            f"no column of the file is known for {profile.source}", where=str(path),
            mend="see docs/reference/list-sources.md, or name columns with --map field=column",
        )  # fmt: skip


def _row(
    profile: Profile,
    record: Record,
    cells: Mapping[str, Any],
    log: RejectLog,
    day: str,
    known: Mapping[str, str],
) -> Row | None:
    """The record as a row; None where it is none (a reject) or none of this list (left out with a note)."""
    if profile.only and not _fits(profile.only, cells):
        log.note("rows of another sort were left out", record.line)
        return None
    if any((end := iso_date(text)) and end[:10] < day for text in texts(_cells(profile.ends, cells))):
        log.note("entries that have ended were left out", record.line)
        return None
    row: Row = dict(profile.constant)
    for name, field in profile.fields.items():
        try:
            value = _value(field, cells)
        except BadValue as error:
            log.cell(record.line, name, str(error), str(_cells(field.columns, cells))[:200])
            continue
        if value not in (None, "", []):
            row[name] = value
    for group in profile.need:
        if not any(row.get(name) for name in group):
            log.row(record.line, f"it has no {' and no '.join(group)}", _raw(record))
            return None
    if profile.list == "brands":
        _by_script(row)
    if "id" not in row and (found := _known_id(profile, row, known)):
        row["id"] = found
        if "owner" in row:
            row["owner"] = found.partition(":")[2]
    row["id"] = row.get("id") or _new_id(profile, row, cells)
    return row


def _by_script(row: Row) -> None:
    """Names of a brand to the field of their script: a Korean mark in the column of marks is no English name."""
    names = {name for field in ("names_en", "names_ko", "names_zh") for name in row.pop(field, [])}
    for name in sorted(names):
        field = "names_ko" if _HANGUL.search(name) else "names_zh" if _HAN.search(name) else "names_en"
        row.setdefault(field, []).append(name)


def _value(field: Field, cells: Mapping[str, Any]) -> Any:
    if not field.parts:
        return KINDS[field.kind](_cells(field.columns, cells), field)
    parts = {
        name: list(dict.fromkeys(texts(_cells(columns, cells)))) for name, columns in field.parts.items()
    }
    said = scope_of({name: found for name, found in parts.items() if found})
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode() if said else None


def _fits(only: Field, cells: Mapping[str, Any]) -> bool:
    """Whether the column that says the sort of a row, where there is one, names the sort wanted."""
    said = [plain(text) for text in texts(_cells(only.columns, cells))]
    wanted = [plain(mark) for marks in only.words.values() for mark in marks]
    return not said or any(mark in text for text in said for mark in wanted)


def _known_id(profile: Profile, row: Row, known: Mapping[str, str]) -> str:
    names = [name for field in profile.resolve for name in texts([row.get(field)])]
    return next((known[key] for name in names if (key := plain_entry(name)) in known), "")


def _new_id(profile: Profile, row: Row, cells: Mapping[str, Any]) -> str:
    """By the first rule that can be followed: a column of the file, a field of the row, a hash of fields."""
    for rule in profile.ids:
        prefix = rule.get("prefix", f"{profile.source}:")
        if "columns" in rule:
            if found := next(texts(_cells(tuple(rule["columns"]), cells)), ""):
                return f"{prefix}{' '.join(found.split())}"
        elif "field" not in rule or row.get(rule["field"]):
            head = next(texts([row[rule["field"]]]), "") if "field" in rule else ""
            tail = _digest(row, rule["tail"]) if "tail" in rule else ""
            return str(prefix) + "-".join(part for part in (head, tail) if part)
    return profile.source + ":" + _digest(row, sorted(row))


def _digest(row: Row, names: list[str]) -> str:
    said = orjson.dumps([row.get(name) for name in names])
    return hashlib.sha256(said).hexdigest()[:10]


def _plain_keys(cells: Mapping[str, Any]) -> dict[str, Any]:
    """Cells by plain name; of two columns with the same plain name the first that says something stays."""
    result: dict[str, Any] = {}
    for name, value in cells.items():
        if result.get(key := plain(name)) in (None, ""):
            result[key] = value
    return result


def _cells(columns: tuple[str, ...], cells: Mapping[str, Any]) -> list[Any]:
    """What the columns hold, in the profile's order; a path `product.brands.brand` goes down into JSON."""
    found = []
    for column in columns:
        first, *rest = column.split(".")
        value = cells.get(plain(first))
        if value is None and rest:
            value = cells.get(plain(column))
            rest = []
        found.append(_down(value, rest))
    return found


def _down(value: Any, path: list[str]) -> Any:
    """Down a path; a list goes on with each of its items, and with the English one where items have a language."""
    if not path:
        return value
    if isinstance(value, list):
        english = [item for item in value if isinstance(item, dict) and _language(item) == "en"]
        return [_down(item, path) for item in (english or value)]
    return _down(value.get(path[0]), path[1:]) if isinstance(value, dict) else None


def _language(item: Mapping[str, Any]) -> str:
    language = item.get("language")
    key = language.get("key") if isinstance(language, dict) else language
    return str(key or "").casefold()


def _raw(record: Record) -> bytes:
    return orjson.dumps(record.cells, default=str, option=orjson.OPT_NON_STR_KEYS)[:2_000]

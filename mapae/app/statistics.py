"""Statistical series as a report asks for them, tables of statistics offices added to them, their export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from mapae.errors import InputError, UsageError
from mapae.measures.market_statistics.catalogue import Catalogue, catalogue
from mapae.measures.market_statistics.offices import Observation, read_table
from mapae.measures.market_statistics.rates import rates
from mapae.measures.market_statistics.series import Series, Value
from mapae.measures.market_statistics.snapshot import rows, snapshot
from mapae.pack import load_pack
from mapae.settings import home
from mapae.sources.grid import read_grid
from mapae.text.periods import Period, period

__all__ = ["Added", "add_table", "export", "known_series", "report"]

_COLUMNS = ("series", "period", "first", "last", "value", "unit", "mark", "known_on", "reference")


@dataclass(frozen=True, slots=True)
class Added:
    """What a table added to a series: new periods, revisions of known ones, cells that said the same as before."""

    key: str
    new: int
    revised: int
    same: int


def known_series(pack: str = "kr") -> Catalogue:
    """The pack's series with the values of one's own ($MAPAE_HOME/statistics) added to their history."""
    own = {path.stem: _own(path) for path in sorted(_folder().glob("*.jsonl"))} if _folder().is_dir() else {}
    return catalogue(load_pack(pack), own)


def report(
    known: Catalogue, keys: Sequence[str], known_on: date, *, total: bool = False, language: str = "en"
) -> dict[str, Any]:
    """The series as known on a day, as plain data with a snapshot identifier over the query and its rows.

    keys: none for all. total: also their sum, refused with UsageError where they are not to be mixed.
    """
    chosen = list(dict.fromkeys(keys)) or list(known.series)
    found = [known.get(key).as_known_on(known_on) for key in chosen]
    data = rows(found)
    said: dict[str, Any] = {
        "snapshot": snapshot(chosen, known_on, data),
        "as_known_on": known_on.isoformat(),
        "series": [_plain(one, known.get(one.key), known_on) for one in found],
        "never_mixed": [
            {"series": sorted(group & set(chosen)), "reason": dict(reason)}
            for group, reason in known.apart
            if len(group & set(chosen)) > 1
        ],
        "per_million_users": _by_users(known, found, known_on),
    }
    if total:
        if len(chosen) < 2:
            raise UsageError("a sum needs two series", where="--sum", mend="name their keys")
        dated = Catalogue({one.key: one for one in found}, known.apart)
        said["sum"] = {str(at): value for at, value in dated.total(chosen, language).items()}
    return said


def _by_users(known: Catalogue, found: Sequence[Series], known_on: date) -> list[dict[str, Any]]:
    """Cases a month per million monthly users, with what it was worked out from."""
    among = [one.as_known_on(known_on) for one in known.series.values()]
    return [
        {
            "series": one.counts.key, "period": str(one.count.period), "value": round(one.per_million, 2),
            "count": one.count.value, "months": one.count.period.months, "users_series": one.users.key,
            "users": one.mean_users, "users_months": [str(value.period) for value in one.known],
        }
        for one in rates(found, among)
    ]  # fmt: skip


def export(said: Mapping[str, Any], found: Sequence[Series], out: Path) -> tuple[Path, ...]:
    """Write every figure to OUT/series.csv and series.parquet, without a cap, and metadata.json that describes them."""
    out.mkdir(parents=True, exist_ok=True)
    data = rows(found)
    table = pl.DataFrame(
        data, schema={name: pl.Float64 if name == "value" else pl.String for name in _COLUMNS}
    )
    table.write_csv(out / "series.csv", include_bom=True)
    table.write_parquet(out / "series.parquet")
    described = {
        "snapshot": said["snapshot"],
        "query": {"series": [one.key for one in found], "as_known_on": said["as_known_on"]},
        "rows": len(table),
        "columns": list(_COLUMNS),
        "marks": {
            "nil": "-",
            "unknown": "…",
            "secret": "x",
            "provisional": "p",
            "estimated": "e",
            "revised": "r",
        },
        "series": [{key: value for key, value in one.items() if key != "values"} for one in said["series"]],
        "never_mixed": said["never_mixed"],
        "per_million_users": said["per_million_users"],
    }
    (out / "metadata.json").write_bytes(orjson.dumps(described, option=orjson.OPT_INDENT_2))
    return out / "series.csv", out / "series.parquet", out / "metadata.json"


def add_table(
    known: Catalogue,
    key: str,
    path: Path,
    labels: Sequence[str],
    known_on: date,
    reference: str,
    times: float = 1.0,
) -> Added:
    """Add the cells of an office's table that carry all of these labels to a series; what stood there before is kept.

    times: what a cell is multiplied with to come to the unit of the series (1e6 for million). InputError where the labels
    fit no cell, or several of one period.
    """
    series = known.get(key)
    table = read_table(read_grid(path), path.name)
    chosen = table.chosen(labels)
    if not chosen:
        every = sorted({" / ".join(each.labels) for each in table.observations})
        raise InputError(
            f"no cell is labelled {', '.join(labels)}",
            where=str(path),
            mend=f"labels are: {'; '.join(every[:12])}",
        )
    _refuse_doubles(chosen, path)
    before = {value.period: value for value in series.as_known_on(known_on).values}
    fresh = [_value(each, known_on, reference, times) for each in chosen]
    changed = [value for value in fresh if _other(before.get(value.period), value)]
    if changed:
        _append(key, changed)
    new = sum(value.period not in before for value in changed)
    return Added(key, new, len(changed) - new, len(fresh) - len(changed))


def _refuse_doubles(chosen: Sequence[Observation], path: Path) -> None:
    seen: dict[Period, Observation] = {}
    for each in chosen:
        if (other := seen.setdefault(each.period, each)) is not each:
            raise InputError(
                f"two cells of {each.period} carry these labels: {' / '.join(other.labels)} and {' / '.join(each.labels)}",
                where=f"{path}, row {each.row}, column {each.column}",
                mend="name more labels, each with --label",
            )


def _value(each: Observation, known_on: date, reference: str, times: float) -> Value:
    value = None if each.value is None else each.value * times
    return Value(each.period, value, known_on, reference, each.mark)


def _other(before: Value | None, now: Value) -> bool:
    return before is None or (before.value, before.mark) != (now.value, now.mark)


def _plain(one: Series, whole: Series, known_on: date) -> dict[str, Any]:
    """A series for JSON, with what each value was before where it was revised."""
    values = []
    for value in one.values:
        past = [each for each in whole.revisions(value.period) if each.known_on <= known_on]
        row: dict[str, Any] = {
            "period": str(value.period), "value": value.value, "mark": value.mark, "partial": value.period.partial,
            "known_on": value.known_on.isoformat(), "reference": value.reference,
        }  # fmt: skip
        if len(past) > 1:
            row["before"] = [
                {"value": each.value, "known_on": each.known_on.isoformat()} for each in past[:-1]
            ]
        values.append(row)
    words = {"title": one.title, "definition": one.definition, "source": one.source, "method": one.method}
    said = {name: dict(text) for name, text in words.items()}
    return {"key": one.key, **said, "unit": one.unit, "part_of": one.part_of, "values": values}


def _folder() -> Path:
    return home() / "statistics"


def _own(path: Path) -> list[Value]:
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            row = orjson.loads(line)
            found.append(
                Value(
                    period(row["period"]),
                    row["value"],
                    date.fromisoformat(row["known_on"]),
                    row["reference"],
                    row["mark"],
                )
            )
        except (orjson.JSONDecodeError, KeyError, ValueError) as error:
            raise InputError(
                f"this is no value: {error}", where=f"{path}, line {number}", mend="mend or take out the line"
            ) from None
    return found


def _append(key: str, values: Sequence[Value]) -> None:
    _folder().mkdir(parents=True, exist_ok=True)
    with (_folder() / f"{key}.jsonl").open("ab") as file:
        for value in values:
            row = {
                "period": str(value.period), "value": value.value, "known_on": value.known_on.isoformat(),
                "reference": value.reference, "mark": value.mark,
            }  # fmt: skip
            file.write(orjson.dumps(row) + b"\n")

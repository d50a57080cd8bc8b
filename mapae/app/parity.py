"""Domestic beside overseas: whether records of both were judged by the same rules, and what came of it, check by check.

Equal treatment is equal rules, not equal rates: groups that sell different things have different findings. What must be the
same is the pack, the lists, the code and the checks; that is looked up in the manifests of the runs that are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mapae.app.evaluate.scores import wilson
from mapae.app.inputs import open_inputs
from mapae.app.rescreen import find_runs, records_of
from mapae.errors import InputError, UsageError
from mapae.model.records import KINDS
from mapae.text.names.aliases import name_key

__all__ = ["GROUPS", "Groups", "Share", "groups_of", "parity"]

GROUPS = ("domestic", "overseas")
_RULES = (
    "pack_hash",
    "lists_hash",
    "code_version",
    "as_of",
    "checks",
)  # of a manifest: what judged the records
_HOME = frozenset(
    {"kr", "kor", "korea", "republic of korea", "south korea", "한국", "대한민국", "韩国", "韓國"}
)


@dataclass(frozen=True)
class Groups:
    """Which platform is of which group: by the key of any of its names (mapae.text.names.aliases.name_key)."""

    by_key: Mapping[str, str] = field(default_factory=dict)

    def of(self, platform: str | None) -> str:
        """`domestic`, `overseas`, or `unknown` where no operator has that name."""
        return self.by_key.get(name_key(platform or ""), "unknown")


@dataclass(frozen=True, slots=True)
class Share:
    """k of n, with Wilson's 95 % interval; value, low, high are None where n is 0."""

    k: int
    n: int

    def plain(self, scale: float = 1.0) -> dict[str, Any]:
        """As JSON shows it, times `scale`."""
        if not self.n:
            return {"k": self.k, "n": 0, "value": None, "low": None, "high": None}
        low, high = wilson(min(self.k, self.n), self.n)
        ends = (round(scale * each, 4) for each in (self.k / self.n, low, high))
        return {"k": self.k, "n": self.n, **dict(zip(("value", "low", "high"), ends, strict=True))}


def groups_of(operators: Path) -> Groups:
    """Groups by a file of operator records: every name, and `country` (KR is domestic). InputError where one has none."""
    found: dict[str, str] = {}
    for feed in open_inputs([operators], kind="operator").feeds:
        for batch in feed.batches():
            for row in batch.to_pylist():
                country = str(row["country"] or "").strip().casefold()
                if not country:
                    raise InputError(
                        "an operator has no country",
                        where=f"{operators}, {row['operator_id']}, country",
                        mend="KR, SG, …",
                    )
                group = "domestic" if country in _HOME else "overseas"
                found.update(dict.fromkeys(filter(None, map(name_key, _names(row))), group))
    return Groups(found)


def parity(folders: Sequence[Path], groups: Groups, desk: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The comparison of all runs below the folders, as plain data; desk: what a desk adds (decisions, outcomes).

    `checks`: for each measure and check and group the records with a finding per 1,000, with interval; `apart` where the
    intervals have nothing in common. `rules`: what judged each group's records, and whether that was the same.
    """
    rules: dict[str, dict[str, set[str]]] = {group: {key: set() for key in _RULES} for group in GROUPS}
    records: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))  # kind → platform → records
    subjects: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    runs = []
    for place, manifest in _runs(folders):
        kind = str(manifest["kind"])
        counted = _platforms(kind, records_of(place, manifest))
        _add(rules, manifest, counted or _found_at(place), groups)
        for platform, n in counted.items():
            records[kind][platform] += n
        _subjects(place, kind, subjects)
        runs.append({"out": str(place), "kind": kind, "records": sum(counted.values()) or None})
    if folders and not runs:
        raise UsageError(
            "there is no finished run", where=str(folders[0]), mend="name OUT folders of mapae screen"
        )
    return {
        "runs": runs,
        "rules": _compared(rules),
        "platforms": _by_platform(records, subjects, groups),
        "checks": _by_check(records, subjects, groups),
        **(desk or {}),
    }


def _runs(folders: Sequence[Path]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for folder in folders:
        if not folder.is_dir():
            raise InputError("this is no folder", where=str(folder), mend="name OUT folders of mapae screen")
        yield from find_runs(folder)


def _names(row: Mapping[str, Any]) -> Iterator[str]:
    """Every name of an operator record: its id, and `names` as text, a list, or by language."""
    yield str(row["operator_id"])
    names: Any = row.get("names") or ""
    if isinstance(names, str) and names[:1] in "[{":
        names = orjson.loads(names)
    parts = names.values() if isinstance(names, dict) else names if isinstance(names, list) else [names]
    for part in parts:
        yield from (str(name) for name in (part if isinstance(part, list) else [part]))


def _platforms(kind: str, files: Sequence[Path]) -> dict[str, int]:
    """Platform → records of these files; empty where the kind has no platform or no file is left."""
    column = next((name for name in KINDS[kind].columns if name in ("platform", "operator")), None)
    found: dict[str, int] = defaultdict(int)
    if column is None or not files:
        return found
    for feed in open_inputs(files, kind=kind).feeds:
        for batch in feed.batches():
            for row in pc.value_counts(batch.column(batch.schema.get_field_index(column))).to_pylist():
                found[row["values"] or ""] += row["counts"]
    return found


def _found_at(place: Path) -> dict[str, int]:
    """Platforms that findings name, where the records are gone."""
    path = place / "findings.parquet"
    names = (
        pq.read_table(path, columns=["operator"])["operator"].unique().to_pylist() if path.is_file() else []
    )
    return dict.fromkeys((name or "" for name in names), 0)


def _add(
    rules: dict[str, dict[str, set[str]]],
    manifest: Mapping[str, Any],
    platforms: Mapping[str, int],
    groups: Groups,
) -> None:
    for group in {groups.of(name) for name in platforms} & set(GROUPS):
        for key in _RULES:
            value = manifest.get(key, "")
            said = ", ".join(value) if isinstance(value, list) else str(value)
            rules[group][key].add(f"{manifest['kind']}: {said}")


def _subjects(place: Path, kind: str, found: dict[tuple[str, str, str, str], set[str]]) -> None:
    """(kind, platform, measure, check) → ids of records with a finding; findings on trial are left out."""
    path = place / "findings.parquet"
    columns = ["operator", "measure", "check", "subject_id", "shadow"]
    if not path.is_file():
        return
    for batch in pq.ParquetFile(path).iter_batches(65_536, columns=columns):
        for row in zip(*(batch.column(name).to_pylist() for name in columns), strict=True):
            if not row[4]:
                found[kind, row[0] or "", row[1], row[2]].add(row[3])


def _compared(rules: dict[str, dict[str, set[str]]]) -> list[dict[str, Any]]:
    """What judged each group; same: None where one of them has no records."""
    home, abroad = (rules[group] for group in GROUPS)
    return [
        {
            "rule": key,
            "domestic": sorted(home[key]),
            "overseas": sorted(abroad[key]),
            "same": home[key] == abroad[key] if home[key] and abroad[key] else None,
        }
        for key in _RULES
    ]


def _by_platform(
    records: Mapping[str, Mapping[str, int]],
    subjects: Mapping[tuple[str, str, str, str], set[str]],
    groups: Groups,
) -> list[dict[str, Any]]:
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (kind, platform, _measure, _check), ids in subjects.items():
        seen[kind, platform] |= ids
    every = sorted({(kind, name) for kind, row in records.items() for name in row} | set(seen))
    return [
        {
            "platform": platform, "group": groups.of(platform), "kind": kind,
            **Share(len(seen[kind, platform]), records.get(kind, {}).get(platform, 0)).plain(1000),
        }
        for kind, platform in every
    ]  # fmt: skip


def _by_check(
    records: Mapping[str, Mapping[str, int]],
    subjects: Mapping[tuple[str, str, str, str], set[str]],
    groups: Groups,
) -> list[dict[str, Any]]:
    of: dict[tuple[str, str], int] = defaultdict(int)
    for kind, row in records.items():
        for platform, n in row.items():
            of[kind, groups.of(platform)] += n
    with_one: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (kind, platform, measure, check), ids in subjects.items():
        with_one[kind, measure, check][groups.of(platform)] += len(ids)
    return [_check(key, found, of) for key, found in sorted(with_one.items())]


def _check(
    key: tuple[str, str, str], found: Mapping[str, int], of: Mapping[tuple[str, str], int]
) -> dict[str, Any]:
    kind, measure, check = key
    sides = {group: Share(found.get(group, 0), of.get((kind, group), 0)).plain(1000) for group in GROUPS}
    return {"kind": kind, "measure": measure, "check": check, **sides, "apart": apart(*sides.values())}


def apart(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool | None:
    """Whether the intervals of two shares have nothing in common; None where one of them is not known."""
    if one["low"] is None or other["low"] is None:
        return None
    return bool(one["low"] > other["high"] or other["low"] > one["high"])

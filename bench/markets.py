"""Markets: reference values of concentration and pricing pressure, the rank audit's power, false alarms and speed."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from bench import Absent, Row
from bench._clauses import rows as clause_rows
from mapae.app.markets import pressure, read_cases
from mapae.detect.rank_audit import audit
from mapae.model.records import KINDS

TITLE = "Markets: reference values, rank audit"
INTRO = (
    "Reference values: `expected` of ../shared/data/antitrust/expected.json against `mapae markets pressure`, largest "
    "relative difference of all figures of a group of cases, and of all figures of a name. Rank audit: 200 queries "
    "of 24 results, own brand 15 % and of better quality by 0.8 standard deviations, boosted by so many places; 60 "
    "simulations a row; `alarmed` at a boost of 0 is the rate of false alarms. Sellers' terms: "
    "invented passages (tests/cases/seller_terms.jsonl), each lot first read before the rules were mended for it "
    "(bench/first_sight.yaml). Speed: `mapae screen --kind search_result "
    "--workers 2` on Parquet, 40 results a query, two attributes as JSON; processor time is what a quiet machine needs."
)
_ROOT = Path(__file__).resolve().parents[1]
_EXPECTED = _ROOT.parent / "shared/data/antitrust/expected.json"
_QUERIES, _SIZE, _RUNS = 200, 24, 60
_ROWS, _PAGE = 10_000_000, 40


def main() -> list[Row]:
    """Reference values, then simulations, then ten million rows. Raises Absent without ../shared."""
    if not _EXPECTED.is_file():
        raise Absent("../shared is not there")
    return [*_reference(), *(_simulated(boost) for boost in (0, 1, 2, 3)), *clause_rows(), _speed()]


def _reference() -> list[Row]:
    wanted = {case["id"]: case["expected"] for case in json.loads(_EXPECTED.read_text("utf-8"))["cases"]}
    worst: dict[str, list[float]] = {}
    for name, inputs in read_cases(_EXPECTED):
        mine = pressure(name, inputs)
        for field, value in wanted[name].items():
            pairs = zip(_flat(mine[field]), _flat(value), strict=True)
            far = [abs(one - other) / abs(other) if other else abs(one) for one, other in pairs]
            for group in (f"cases {name.partition('-')[0]}", *_named(field)):
                worst.setdefault(group, []).extend(far)
    return [
        Row(f"reference: {group}", {"figures": len(far), "largest relative difference": f"{max(far):.1e}"})
        for group, far in worst.items()
    ]


def _named(field: str) -> list[str]:
    return [f"all {name}" for name in ("hhi", "upp", "cmcr", "diversion") if name in field]


def _flat(value: Any) -> list[float]:
    return [one for part in value for one in _flat(part)] if isinstance(value, list) else [float(value)]


def _page(chance: np.random.Generator, queries: int, size: int, boost: int) -> dict[str, Any]:
    own = chance.random((queries, size)) < 0.15
    quality = chance.normal(size=own.shape) + 0.8 * own
    price = np.exp(chance.normal(3, 1, own.shape))
    worth = quality - 0.3 * np.log(price) + chance.normal(size=own.shape)
    position = (-worth).argsort(axis=1).argsort(axis=1) + 1.0
    if boost:
        position = (position - own * (boost + 0.5)).argsort(axis=1, kind="stable").argsort(axis=1) + 1.0
    return {
        "own": own.ravel(),
        "quality": quality.ravel(),
        "price": price.ravel(),
        "position": position.ravel(),
    }


def _records(page: dict[str, Any], first: int, size: int) -> pa.RecordBatch:
    count = len(page["own"])
    told = [
        orjson.dumps({"rating": round(float(q), 3), "price": round(float(p), 2)}).decode()
        for q, p in zip(page["quality"], page["price"], strict=True)
    ]
    given = {
        "query": [f"query {first + at // size}" for at in range(count)],
        "position": page["position"],
        "own_brand": page["own"],
        "attributes": told,
    }
    schema = KINDS["search_result"].schema
    columns = [
        pa.array(given[one.name], one.type) if one.name in given else pa.nulls(count, one.type)
        for one in schema
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _simulated(boost: int) -> Row:
    chance = np.random.default_rng(20 + boost)
    alarms, effects, shuffled = 0, [], []
    for _ in range(_RUNS):
        batch = _records(_page(chance, _QUERIES, _SIZE, boost), 0, _SIZE)
        found = audit(lambda batch=batch: iter([batch]))  # type: ignore[misc]
        assert found is not None
        alarms += found.alarm
        effects.append(found.effect)
        shuffled.append(found.false_alarms)
    figures = {
        "alarmed": alarms / _RUNS,
        "effect found, places": float(np.mean(effects)),
        "alarmed on shuffled data": float(np.mean([one for one in shuffled if one is not None])),
    }
    return Row(f"rank audit: boost of {boost} places", figures)


def _speed() -> Row:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "results.parquet")
        _write(path)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        mapae = str(Path(sys.executable).with_name("mapae"))
        command = [mapae, "screen", str(path), "--kind", "search_result", "--lists", "none"]
        more = [
            "--measure",
            "market_power.rank",
            "--workers",
            "2",
            "--out",
            str(Path(folder, "out")),
            "--no-progress",
        ]
        subprocess.run([*command, *more], check=True, capture_output=True)
        seconds = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    figures = {
        "rows": _ROWS,
        "seconds": seconds,
        "processor seconds": spent,
        "most memory, MB": after.ru_maxrss / 1024,
    }
    return Row("rank audit: ten million rows", figures)


def _write(path: Path) -> None:
    chance = np.random.default_rng(3)
    writer = pq.ParquetWriter(path, KINDS["search_result"].schema, compression="zstd")
    queries = 5_000
    for first in range(0, _ROWS // _PAGE, queries):
        writer.write_batch(_records(_page(chance, queries, _PAGE, 0), first, _PAGE))
    writer.close()

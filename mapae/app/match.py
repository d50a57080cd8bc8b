"""Matching: the same products of two sources, linked without labels; pairs with reasons and a manifest in one folder."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from mapae.app.inputs import Inputs, open_inputs
from mapae.app.manifest import write_json, write_rejects
from mapae.app.match_reasons import pair_reasons
from mapae.detect.linking import Links, Table, build_table, decide, gather, without_twins
from mapae.engine.version import code_version
from mapae.errors import InputError, UsageError
from mapae.model.finding import FINDING_SCHEMA, Reason
from mapae.model.records import SCHEMA_VERSION

__all__ = ["PAIR_SCHEMA", "MatchRequest", "Matched", "match"]

Progress = Callable[[str], None]
PAIR_SCHEMA = pa.schema(
    [
        ("left_id", pa.string()),
        ("right_id", pa.string()),
        ("score", pa.float64()),
        ("reasons", FINDING_SCHEMA.field("reasons").type),
    ]
)
_ROWS = 50_000


@dataclass(frozen=True)
class MatchRequest:
    """What a user asks of match. once: each record in one pair at most.

    columns: record column → file column, on both sides; with `left.` or `right.` before it, on that side alone.
    """

    left: tuple[Path, ...]
    right: tuple[Path, ...]
    out: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    once: bool = False
    workers: int = 0


@dataclass(frozen=True)
class Matched:
    """What came of it: the folder, the manifest as written, rows rejected of both sides."""

    out: Path
    manifest: dict[str, Any]
    rejected: int


def match(request: MatchRequest, progress: Progress = lambda _: None) -> Matched:
    """Link and write OUT/pairs.parquet, manifest.json, rejects.jsonl. UsageError, InputError as the command shows them."""
    started = time.perf_counter()
    sides = {
        name: open_inputs(paths, kind="listing", columns=_columns(request.columns, name))
        for name, paths in (("left", request.left), ("right", request.right))
    }
    request.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".match-", dir=request.out) as work:
        tables = {}
        for name, inputs in sides.items():
            progress(f"reading {name}")
            tables[name] = build_table(_batches(inputs), Path(work, name))
            if not len(tables[name]):
                raise InputError(
                    "there is no listing to match", where=name.upper(), mend="give a file with rows"
                )
        left, right = tables["left"], tables["right"]
        progress(f"comparing {len(left):,} with {len(right):,} listings")
        links = decide(gather(left, right, workers=request.workers), len(left), len(right))
        links = without_twins(links) if request.once else links
        progress("writing pairs")
        _write(request.out / "pairs.parquet", links, left, right)
    manifest = _manifest(sides, tables, links, time.perf_counter() - started)
    write_rejects(request.out / "rejects.jsonl", _rejects(sides))
    write_json(request.out / "manifest.json", manifest)
    return Matched(request.out, manifest, sum(item["rows_rejected"] for item in manifest["inputs"]))


def _columns(columns: Mapping[str, str], side: str) -> dict[str, str]:
    """The mapping of one side: what names no side, then what names this one."""
    for column in columns:
        if "." in column and column.split(".", 1)[0] not in ("left", "right"):
            raise UsageError(
                f"no side is called {column.split('.', 1)[0]!r}", where="--map", mend="left. or right."
            )
    both = {column: source for column, source in columns.items() if "." not in column}
    own = {
        column.split(".", 1)[1]: source for column, source in columns.items() if column.startswith(f"{side}.")
    }
    return both | own


def _batches(inputs: Inputs) -> Iterator[pa.RecordBatch]:
    for feed in inputs.feeds:
        yield from feed.batches()


def _rejects(sides: Mapping[str, Inputs]) -> Iterator[dict[str, Any]]:
    for inputs in sides.values():
        yield from inputs.failed
        for feed in inputs.feeds:
            yield from feed.rejects()


def _write(path: Path, links: Links, left: Table, right: Table) -> None:
    """Pairs in the order of the left side, some at a time; the file appears when it is whole."""
    draft = path.with_suffix(".draft")
    with pq.ParquetWriter(draft, PAIR_SCHEMA, compression="zstd") as writer:
        for first in range(0, max(1, len(links.score)), _ROWS):
            writer.write_batch(_pairs(links, left, right, range(first, min(first + _ROWS, len(links.score)))))
    draft.replace(path)


def _pairs(links: Links, left: Table, right: Table, places: range) -> pa.RecordBatch:
    own = pa.array(links.evidence.left[places.start : places.stop])
    other = pa.array(links.evidence.right[places.start : places.stop])
    titles = zip(left.titles.take(own).to_pylist(), right.titles.take(other).to_pylist(), strict=True)
    reasons = [
        [_row(reason) for reason in pair_reasons(links, place, *pair)]
        for place, pair in zip(places, titles, strict=True)
    ]
    columns = [
        left.keys.take(own).combine_chunks(),
        right.keys.take(other).combine_chunks(),
        pa.array(links.score[places.start : places.stop].round(4), pa.float64()),
        pa.array(reasons, PAIR_SCHEMA.field("reasons").type),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=PAIR_SCHEMA)


def _row(reason: Reason) -> dict[str, Any]:
    return {name: getattr(reason, name) for name in Reason.__dataclass_fields__}


def _manifest(
    sides: Mapping[str, Inputs], tables: Mapping[str, Table], links: Links, seconds: float
) -> dict[str, Any]:
    inputs = [
        {
            **named, "side": side, "rows_read": feed.source.rows_read, "rows_rejected": feed.rejected(),
            "profile": feed.source.profile,
        }
        for side, found in sides.items()
        for feed, named in zip(found.feeds, found.named, strict=True)
    ]  # fmt: skip
    return {
        "inputs": inputs,
        "files_failed": [item["input"] for found in sides.values() for item in found.failed],
        "kind": "listing",
        "left": len(tables["left"]),
        "right": len(tables["right"]),
        "pairs": len(links.score),
        "twins": int(links.twin.sum()),
        "threshold": round(links.threshold, 4),
        "expected_f1": round(links.expected, 4),
        "code_version": code_version(),
        "schema_version": SCHEMA_VERSION,
        "seconds": round(seconds, 3),
    }

"""Consignments: a risk model trained on inspected lines, and a file of lines ranked by it under a budget."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from mapae.app.inputs import Inputs, open_inputs
from mapae.app.manifest import write_json, write_rejects
from mapae.engine.version import code_version
from mapae.errors import InputError, UsageError
from mapae.measures.consignments.columns import frame, labels
from mapae.measures.consignments.drift import WATCHED, drift, profile
from mapae.measures.consignments.figures import Figures, measure
from mapae.measures.consignments.model import RiskModel, fit, load
from mapae.measures.consignments.ranking import WAYS, select
from mapae.measures.consignments.reasons import Reasons
from mapae.model.records import SCHEMA_VERSION
from mapae.settings import worker_count

__all__ = ["RANKING_SCHEMA", "SELECTED", "RankRequest", "Ranked", "Trained", "rank", "train"]

Progress = Callable[[str], None]
RANKING_SCHEMA = pa.schema(
    [
        ("consignment_id", pa.string()),
        ("score", pa.float64()),
        ("critical_score", pa.float64()),
        ("rank", pa.int64()),
        ("selected", pa.bool_()),
        ("selected_by", pa.string()),
        ("reasons", pa.list_(pa.string())),
    ]
)
SELECTED = "selected.parquet"  # in OUT: the records of the lines to inspect, in the order of the file
_HELD_OUT = 0.2  # the latest share of the lines, on which a model of the earlier ones is measured
_HISTORY = "inspected.parquet"


@dataclass(frozen=True)
class Trained:
    """The model's folder, its card, lines without a result, and rows rejected."""

    out: Path
    card: dict[str, Any]
    unlabelled: int
    rejected: int


@dataclass(frozen=True)
class RankRequest:
    """What a user asks: rate: share of lines to inspect; explore: share of these left to chance; weight: worth of a
    critical finding in ordinary ones; seed: of chance."""

    inputs: tuple[Path, ...]
    out: Path
    model: Path
    rate: float = 0.05
    explore: float = 0.1
    weight: float = 5.0
    seed: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ranked:
    """The folder, the manifest as written, rows rejected."""

    out: Path
    manifest: dict[str, Any]
    rejected: int


def train(
    paths: Sequence[Path],
    out: Path,
    *,
    update: bool = False,
    seed: int = 0,
    progress: Progress = lambda _: None,
) -> Trained:
    """Train on inspected lines and write the model folder; with update, on those of the folder's model too.

    The card's figures come from a model of the earlier four fifths, measured on the latest fifth; the model that is
    kept is trained on all. A line that comes again replaces the earlier one. UsageError, InputError as shown.
    """
    progress("reading")
    inputs, lines = _lines(paths, {}, with_labels=True)
    known = lines.filter(pl.col("fraud").is_not_null()).with_columns(pl.col("critical").fill_null(0.0))
    if not len(known):
        raise InputError(
            "no line has a result",
            where=str(paths[0]),
            mend="give a column Fraud with 0 or 1 for inspected lines",
        )
    if update:
        known = _with_earlier(known, out)
    known = known.sort("day", maintain_order=True, nulls_last=False)
    earlier = int(len(known) * (1 - _HELD_OUT))
    progress(f"measuring on the latest {len(known) - earlier:,} lines")
    figures = _measured(known[:earlier], known[earlier:], seed)
    progress(f"training on {len(known):,} lines")
    model = fit(known, seed=seed)
    card = model.card | {
        "measured": figures.told() if figures else None,
        "from": str(known["day"].min()),
        "to": str(known["day"].max()),
        "profile": profile(known),
        "code_version": code_version(),
    }
    out.mkdir(parents=True, exist_ok=True)
    known.write_parquet(out / _HISTORY)
    RiskModel(model.histories, model.boosters, card).save(out)
    rejected = _rejected(inputs)
    write_rejects(out / "rejects.jsonl", rejected)
    return Trained(out, card, len(lines) - len(lines.drop_nulls("fraud")), len(rejected))


def rank(request: RankRequest, progress: Progress = lambda _: None) -> Ranked:
    """Rank every line and write OUT/ranking.parquet, selected.parquet, manifest.json and rejects.jsonl."""
    started = time.perf_counter()
    for name, value in (("--rate", request.rate), ("--explore", request.explore)):
        if not 0 <= value <= 1:
            raise UsageError(f"not a share: {value}", where=name, mend="give a number from 0 to 1")
    model = load(request.model)
    progress("reading")
    inputs = open_inputs(request.inputs, kind="consignment", columns=request.columns)
    table, watched = _all_scored(inputs, model, progress)
    chosen = select(
        table["score"].to_numpy(), table["critical_score"].to_numpy(),
        rate=request.rate, explore=request.explore, weight=request.weight, seed=request.seed,
    )  # fmt: skip
    told = table.with_columns(
        pl.Series("rank", chosen.rank),
        pl.Series("selected", chosen.way > 0),
        pl.Series(
            "selected_by", np.array([*WAYS], dtype=object)[chosen.way].tolist(), dtype=pl.String
        ).replace("", None),
    ).select(RANKING_SCHEMA.names)
    request.out.mkdir(parents=True, exist_ok=True)
    pq.write_table(told.to_arrow().cast(RANKING_SCHEMA), request.out / "ranking.parquet", compression="zstd")
    _write_selected(inputs, chosen.way > 0, request.out / SELECTED)
    rejected = _rejected(inputs)
    write_rejects(request.out / "rejects.jsonl", rejected)
    manifest = _manifest(request, inputs, model, watched, chosen.way, time.perf_counter() - started)
    write_json(request.out / "manifest.json", manifest)
    return Ranked(request.out, manifest, len(rejected))


def _all_scored(inputs: Inputs, model: RiskModel, progress: Progress) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The lines scored and the columns that drift watches, in order; a batch a core at a time, one more read ahead."""
    why = Reasons.of(model.histories)

    def scored(batch: pa.RecordBatch) -> tuple[pl.DataFrame, pl.DataFrame]:
        lines = frame(batch)
        return _scored(lines, model, why), lines.select(WATCHED)

    done: list[tuple[pl.DataFrame, pl.DataFrame]] = []
    waiting: deque[Future[tuple[pl.DataFrame, pl.DataFrame]]] = deque()
    cores = worker_count()
    with ThreadPoolExecutor(cores) as pool:
        for batch in _batches(inputs):
            waiting.append(pool.submit(scored, batch))
            if len(waiting) > cores:
                done.append(waiting.popleft().result())
                progress(f"scored {sum(len(part) for part, _ in done):,} lines")
        done += [each.result() for each in waiting]
    if not done:
        where = str(inputs.named[0]["path"]) if inputs.named else ""
        raise InputError("there is no line to rank", where=where, mend="give a file with rows")
    parts, watched = zip(*done, strict=True)
    return pl.concat(parts), pl.concat(watched)


def _write_selected(inputs: Inputs, selected: npt.NDArray[np.bool_], path: Path) -> None:
    """The records of the lines to inspect, read once more: only they are ever held beside the scores."""
    at = 0
    with pq.ParquetWriter(path, inputs.kind.schema, compression="zstd") as writer:
        for batch in _batches(inputs):
            writer.write_batch(batch.filter(pa.array(selected[at : at + batch.num_rows])))
            at += batch.num_rows


def _batches(inputs: Inputs) -> Iterator[pa.RecordBatch]:
    return (batch for feed in inputs.feeds for batch in feed.batches())


def _lines(
    paths: Sequence[Path], columns: Mapping[str, str], *, with_labels: bool
) -> tuple[Inputs, pl.DataFrame]:
    inputs = open_inputs(tuple(paths), kind="consignment", columns=columns)
    batches = list(_batches(inputs))
    if not batches:
        raise InputError("there is no line", where=str(paths[0]), mend="give a file with rows")
    parts = [frame(batch).hstack(labels(batch)) if with_labels else frame(batch) for batch in batches]
    return inputs, pl.concat(parts)


def _with_earlier(lines: pl.DataFrame, out: Path) -> pl.DataFrame:
    if not (out / _HISTORY).is_file():
        raise InputError(
            "there is no model to update", where=str(out), mend="train one first, without --update"
        )
    both = pl.concat(
        [pl.read_parquet(out / _HISTORY), lines.select(list(pl.read_parquet_schema(out / _HISTORY)))]
    )
    return both.unique("consignment_id", keep="last", maintain_order=True)


def _measured(earlier: pl.DataFrame, later: pl.DataFrame, seed: int) -> Figures | None:
    """Figures of a model of the earlier lines on the later ones; None where either holds one kind of result only."""
    if earlier["fraud"].n_unique() < 2 or later["fraud"].n_unique() < 2:
        return None
    scores = fit(earlier, seed=seed).score(later)
    return measure(scores, later)


def _scored(lines: pl.DataFrame, model: RiskModel, why: Reasons) -> pl.DataFrame:
    scores = model.score(lines)
    return pl.DataFrame(
        {
            "consignment_id": lines["consignment_id"],
            "score": scores.fraud,
            "critical_score": scores.critical,
            "reasons": why.told(scores.rows),
        }
    )


def _rejected(inputs: Inputs) -> list[dict[str, Any]]:
    return [*inputs.failed, *(item for feed in inputs.feeds for item in feed.rejects())]


def _manifest(
    request: RankRequest, inputs: Inputs, model: RiskModel, lines: pl.DataFrame, way: Any, seconds: float
) -> dict[str, Any]:
    counts = np.bincount(way, minlength=len(WAYS))
    return {
        "inputs": list(inputs.named),
        "kind": "consignment",
        "rows_read": len(lines),
        "selected": int(counts[1:].sum()),
        "selected_by": {name: int(counts[number]) for number, name in enumerate(WAYS) if name},
        "options": {
            "rate": request.rate,
            "explore": request.explore,
            "weight": request.weight,
            "seed": request.seed,
        },
        "model": {key: model.card.get(key) for key in ("lines", "from", "to", "measured", "code_version")},
        "drift": drift(lines, model.card["profile"]),
        "code_version": code_version(),
        "schema_version": SCHEMA_VERSION,
        "seconds": round(seconds, 3),
    }

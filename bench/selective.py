"""Inspections over weeks when only what is inspected is known: taking the riskiest only, beside leaving a share to chance."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from bench import Absent, Row
from mapae.app.inputs import open_inputs
from mapae.measures.consignments.columns import HISTORIES, frame, labels
from mapae.measures.consignments.model import fit
from mapae.measures.consignments.ranking import select

TITLE = "Consignments over weeks, results hidden until inspected"
INTRO = (
    "The Korean customs set (2020 and the first quarter of 2021), week by week: a model knows the first four weeks in full "
    "and afterwards only the lines that were inspected (5 % of each week); it is trained anew every four weeks. `explore`: "
    "share of the inspections left to chance. `found`: share of the inspected lines that held fraud; `of all`: share of all "
    "fraud of these weeks; `new senders`: of the fraud by senders that the first four weeks do not hold. `all known` is what "
    "a model would find that is told every result. Its lines are synthetic and repeat exact weights and prices; without "
    "the combinations that hold these (`bench/consignments.py`). Mean of three seeds."
)
_CUSTOMS = Path(__file__).resolve().parents[2] / "shared" / "data" / "customs"
_WARM, _EVERY, _RATE, _SEEDS = 4, 4, 0.05, (0, 1, 2)
_NAMES = tuple(names for names in HISTORIES if not {"net_mass", "item_price"} & set(names))
_QUARTER = 13  # weeks that are told apart


@dataclass(frozen=True)
class _Way:
    """explore: share left to chance; told: whether every result becomes known."""

    name: str
    explore: float
    told: bool = False


_WAYS = (
    _Way("the riskiest only", 0.0),
    _Way("a tenth by chance", 0.1),
    _Way("three tenths by chance", 0.3),
    _Way("all by chance", 1.0),
    _Way("all known, the riskiest only", 0.0, True),
)


def main() -> list[Row]:
    """One row a way. Raises Absent without ../shared."""
    if not _CUSTOMS.is_dir():
        raise Absent("../shared is not there")
    lines = _lines()
    return [_row(lines, way) for way in _WAYS]


def _lines() -> pl.DataFrame:
    parts = []
    for feed in open_inputs((_CUSTOMS / "train.csv", _CUSTOMS / "valid.csv"), kind="consignment").feeds:
        parts += [frame(batch).hstack(labels(batch)) for batch in feed.batches()]
    lines = pl.concat(parts).filter(pl.col("day").is_not_null()).sort("day", maintain_order=True)
    first = lines["day"].min()
    return lines.with_columns(((pl.col("day") - first).dt.total_days() // 7).alias("week"))


def _row(lines: pl.DataFrame, way: _Way) -> Row:
    runs = [_run(lines, way, seed) for seed in _SEEDS[: 1 if way.explore == 0 else None]]
    print(f"  {way.name}: {runs}", file=sys.stderr)
    return Row(way.name, {name: float(np.mean([run[name] for run in runs])) for name in runs[0]})


def _run(lines: pl.DataFrame, way: _Way, seed: int) -> dict[str, float]:
    """Week after week: select by the model at hand, learn what was inspected."""
    weeks = lines["week"].to_numpy()
    fraud = lines["fraud"].to_numpy()
    known = weeks < _WARM
    taken = np.zeros(len(lines), bool)
    model = None
    for week in range(_WARM, int(weeks.max()) + 1):
        if model is None or (week - _WARM) % _EVERY == 0:
            model = fit(lines.filter(pl.Series(known)), seed=seed, names=_NAMES)
        here = np.flatnonzero(weeks == week)
        if not len(here):
            continue
        scores = model.score(lines[here])
        chosen = select(
            scores.fraud,
            scores.critical,
            rate=_RATE,
            explore=way.explore,
            weight=0.0,
            seed=1000 * seed + week,
        )
        taken[here[chosen.way > 0]] = True
        known[here if way.told else here[chosen.way > 0]] = True
    return _figures(lines, weeks, fraud, taken)


def _figures(
    lines: pl.DataFrame, weeks: np.ndarray, fraud: np.ndarray, taken: np.ndarray
) -> dict[str, float]:
    after = weeks >= _WARM
    late = weeks > weeks.max() - _QUARTER
    old = set(lines.filter(pl.col("week") < _WARM)["seller_id"].unique().to_list())
    fresh = after & ~lines["seller_id"].is_in(list(old)).to_numpy() & (fraud > 0)
    return {
        "inspected": float(taken.sum()),
        "found": float(fraud[taken].mean()),
        "found in the last quarter": float(fraud[taken & late].mean()),
        "of all": float(fraud[taken].sum() / fraud[after].sum()),
        "of new senders'": float(taken[fresh].mean()) if fresh.any() else 0.0,
    }

"""Consignments: how good the ranking is on later lines, on lines that repeat nothing known, and how fast it is."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import polars as pl

from bench import Absent, Row

TITLE = "Consignments: ranking quality and speed"
INTRO = (
    "The Korean customs set. `valid`: trained on 2020, measured on the first quarter of 2021 (before: .762 and .641 "
    "published, .818 and .72 a plain LightGBM); `last tenth`: trained on the first nine tenths of both by day. The lines are "
    "synthetic and repeat exact weights and prices: `without exact values` leaves out the combinations that hold these, and "
    "`nothing repeated` measures only later lines whose price, and whose weight of the same good, no earlier line has. `us`: "
    "processor time a line of all cores, from opening the file to the written ranking with reasons, start left out."
)
_CUSTOMS = Path(__file__).resolve().parents[2] / "shared" / "data" / "customs"
_EXACT = {"net_mass", "item_price"}
_LINES = 1_000_000


def main() -> list[Row]:
    """Quality by split, then the speed on the quarter tiled to a million lines. Raises Absent without ../shared."""
    if not _CUSTOMS.is_dir():
        raise Absent("../shared is not there")
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from mapae.measures.consignments.columns import HISTORIES

    year, quarter = _lines("train.csv"), _lines("valid.csv")
    both = pl.concat([year, quarter]).sort("day", maintain_order=True)
    cut = len(both) * 9 // 10
    kept = tuple(names for names in HISTORIES if not set(names) & _EXACT)
    splits = {"valid": (year, quarter), "last tenth": (both[:cut], both[cut:])}
    rows = []
    for name, (earlier, later) in splits.items():
        rows.append(_quality(name, earlier, later, HISTORIES))
        rows.append(_quality(f"{name}, nothing repeated", earlier, _fresh(earlier, later), HISTORIES))
        rows.append(_quality(f"{name}, without exact values", earlier, later, kept))
    return [*rows, *_speed()]


def _lines(name: str) -> pl.DataFrame:
    from mapae.app.inputs import open_inputs
    from mapae.measures.consignments.columns import frame, labels

    (feed,) = open_inputs((_CUSTOMS / name,), kind="consignment").feeds
    return pl.concat([frame(batch).hstack(labels(batch)) for batch in feed.batches()]).sort(
        "day", maintain_order=True
    )


def _fresh(earlier: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    weight = pl.concat_str("hs6_code", "net_mass", separator=" ")
    return later.filter(
        ~pl.col("item_price").is_in(earlier["item_price"].unique().to_list()),
        ~weight.is_in(earlier.select(weight).to_series().unique().to_list()),
    )


def _quality(
    name: str, earlier: pl.DataFrame, later: pl.DataFrame, names: tuple[tuple[str, ...], ...]
) -> Row:
    from mapae.measures.consignments.figures import measure
    from mapae.measures.consignments.model import fit

    found = measure(fit(earlier, names=names).score(later), later)
    return Row(
        name,
        {
            "lines": found.lines,
            "fraud": found.fraud_rate,
            "precision at 5 %": found.precision_at_5,
            "precision at 10 %": found.precision_at_10,
            "critical caught at 5 %": found.critical_recall_at_5 or 0.0,
        },
    )


def _speed() -> list[Row]:
    from mapae.app.consignments import RankRequest, rank, train

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = time.process_time()
        train([_CUSTOMS / "train.csv"], folder / "model")
        trained = time.process_time() - began
        quarter = pl.read_csv(_CUSTOMS / "valid.csv", infer_schema_length=0)
        tiled = pl.concat([quarter] * (_LINES // len(quarter) + 1))[:_LINES]
        tiled.with_columns(pl.Series("Declaration ID", map(str, range(_LINES)))).write_csv(
            folder / "lines.csv"
        )
        rank(RankRequest((_CUSTOMS / "valid.csv",), folder / "out", folder / "model"))
        began, ticked = time.perf_counter(), time.process_time()
        rank(RankRequest((folder / "lines.csv",), folder / "out", folder / "model"))
        spent, seconds = time.process_time() - ticked, time.perf_counter() - began
    figures = {
        "lines": _LINES,
        "us": 1e6 * spent / _LINES,
        "lines/s of processor": _LINES / spent,
        "lines/s": _LINES / seconds,
        "training, processor seconds": trained,
    }
    return [Row("ranking a million lines", figures)]

"""How good a ranking is on lines with results: precision under a budget, critical ones caught, calibration."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from mapae.measures.consignments.model import Scores
from mapae.measures.consignments.ranking import order

__all__ = ["Figures", "measure"]

Floats = npt.NDArray[np.float64]
_BINS = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """precision_at: share of frauds among the riskiest 5 and 10 %; critical_recall_at_5: share of all critical frauds
    among the 5 % with the highest critical score (None where there is none); calibration_error: mean distance of
    stated and found share over ten equal groups; by_origin: share selected at 5 %, found share of these, of all."""

    lines: int
    fraud_rate: float
    precision_at_5: float
    precision_at_10: float
    critical_recall_at_5: float | None
    brier: float
    calibration_error: float
    by_origin: dict[str, dict[str, float]]

    def told(self) -> dict[str, Any]:
        """The figures as JSON can hold them, rounded to four places."""
        return {
            key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(self).items()
        }


def measure(scores: Scores, lines: pl.DataFrame) -> Figures:
    """Figures of scores on lines with `fraud` and `critical`."""
    fraud, critical = lines["fraud"].to_numpy(), lines["critical"].to_numpy()
    ranked, by_critical = order(scores.fraud), order(scores.critical)
    five, ten = max(1, len(fraud) // 20), max(1, len(fraud) // 10)
    return Figures(
        len(fraud),
        float(fraud.mean()),
        float(fraud[ranked[:five]].mean()),
        float(fraud[ranked[:ten]].mean()),
        float(critical[by_critical[:five]].sum() / critical.sum()) if critical.sum() else None,
        float(np.mean((scores.fraud - fraud) ** 2)),
        _calibration(scores.fraud, fraud),
        _by_origin(lines["country_of_origin"], ranked[:five], fraud),
    )


def _calibration(stated: Floats, found: Floats) -> float:
    groups = np.array_split(order(stated), _BINS)
    gaps = [abs(stated[group].mean() - found[group].mean()) * len(group) for group in groups if len(group)]
    return float(sum(gaps) / len(stated))


def _by_origin(
    origin: pl.Series, chosen: npt.NDArray[np.int64], fraud: Floats
) -> dict[str, dict[str, float]]:
    """The ten commonest origins: how often selected, and whether what was selected and what was not held fraud."""
    picked = np.zeros(len(origin), bool)
    picked[chosen] = True
    table = pl.DataFrame({"origin": origin, "picked": picked, "fraud": fraud})
    told = table.group_by("origin").agg(
        pl.len().alias("lines"),
        pl.col("picked").mean().alias("selected"),
        pl.col("fraud").mean().alias("fraud"),
        pl.col("fraud").filter(pl.col("picked")).mean().fill_null(0.0).alias("found"),
    )
    rows = told.sort("lines", "origin", descending=[True, False]).head(10).iter_rows(named=True)
    return {row.pop("origin"): {key: round(float(value), 4) for key, value in row.items()} for row in rows}

"""The risk model of declaration lines: two gradient-boosted scores over histories and numbers."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import polars as pl

from mapae.detect.forest import Forest, Places
from mapae.errors import InputError, UsageError
from mapae.measures.consignments.columns import HISTORIES, NUMBERS
from mapae.measures.consignments.histories import Encoded, Histories, Rows

__all__ = ["RiskModel", "Scores", "fit", "load"]

Floats = npt.NDArray[np.float64]
VERSION = 2
_FOLDS = 5
_SHARED = {
    "objective": "binary", "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "verbose": -1,
    "deterministic": True, "force_row_wise": True,
}  # fmt: skip
# score → settings and number of trees; the critical one is rare, so its trees are small and held back.
_SETTINGS: dict[str, tuple[dict[str, Any], int]] = {
    "fraud": ({"learning_rate": 0.06, "num_leaves": 31, "min_data_in_leaf": 40, "lambda_l2": 5.0}, 125),
    "critical": ({"learning_rate": 0.02, "num_leaves": 7, "min_data_in_leaf": 20, "lambda_l2": 20.0}, 200),
}


@dataclass(frozen=True, slots=True)
class Scores:
    """Probability of fraud and of critical fraud, one each a line, and the rows of the histories they rest on."""

    fraud: Floats
    critical: Floats
    rows: Rows


@dataclass(frozen=True)
class RiskModel:
    """Histories, two boosters, and what the card says of them."""

    histories: Histories
    boosters: dict[str, Any]
    card: dict[str, Any]

    def score(self, lines: pl.DataFrame) -> Scores:
        """Scores of lines (see columns.frame), on one core."""
        rows = self.histories.rows(lines)
        numbers = [lines[name].to_numpy() for name in NUMBERS]
        found = {name: read.forest.chances(read.table(numbers, rows)) for name, read in self._reads.items()}
        return Scores(found["fraud"], found["critical"], rows)

    @cached_property
    def _reads(self) -> dict[str, _Read]:
        forests = {name: Forest.read(booster.model_to_string()) for name, booster in self.boosters.items()}
        return {name: _Read.of(forest, self.histories) for name, forest in forests.items()}

    def save(self, folder: Path) -> None:
        """Write histories.parquet, fraud.txt, critical.txt and card.json (last: it says that the folder is whole)."""
        folder.mkdir(parents=True, exist_ok=True)
        self.histories.save(folder)
        for name, booster in self.boosters.items():
            (folder / f"{name}.txt").write_text(booster.model_to_string(), "utf-8")
        (folder / "card.json").write_bytes(orjson.dumps(self.card, option=orjson.OPT_INDENT_2, default=str))


@dataclass(frozen=True, slots=True)
class _Read:
    """A forest, and the places of every row of the histories in it: places depend on the row alone, not on the line.

    histories: the tables' places by feature after the numbers, so three times all combinations (see _table)."""

    forest: Forest
    histories: tuple[Places, ...]

    @staticmethod
    def of(forest: Forest, histories: Histories) -> _Read:
        kinds = (
            [np.log1p(each.count) for each in histories.encoded],
            [each.fraud for each in histories.encoded],
            [each.critical for each in histories.encoded],
        )
        columns = (values for kind in kinds for values in kind)
        return _Read(
            forest, tuple(forest.places(at, values) for at, values in enumerate(columns, len(NUMBERS)))
        )

    def table(self, numbers: list[Floats], rows: Rows) -> Places:
        """What the forest asks of lines: (features, lines) of places, in the order of _table."""
        table = np.empty((len(numbers) + len(self.histories), rows.shape[1]), self.forest.cut.dtype)
        for at, values in enumerate(numbers):
            table[at] = self.forest.places(at, values)
        for at, places in enumerate(self.histories):
            places.take(rows[at % len(rows)], out=table[len(numbers) + at], mode="clip")
        return table


def fit(
    lines: pl.DataFrame,
    *,
    seed: int = 0,
    threads: int = 0,
    names: tuple[tuple[str, ...], ...] = HISTORIES,
) -> RiskModel:
    """Train on inspected lines (columns.frame with `fraud` and `critical`) and the histories of these combinations.

    UsageError where one kind of result is absent."""
    lightgbm = _lightgbm()
    if lines["fraud"].n_unique() < 2:
        raise UsageError(
            "all lines have the same result: nothing can be learned",
            where="Fraud",
            mend="give inspected lines of both results",
        )
    histories = Histories.learn(lines, names)
    fold = np.random.default_rng(seed).permutation(len(lines)) % _FOLDS
    table = _table(lines, histories.read_apart(lines, fold))
    boosters = {}
    for name, (settings, rounds) in _SETTINGS.items():
        data = lightgbm.Dataset(table, lines[name].to_numpy())
        options = _SHARED | settings | {"seed": seed, "num_threads": threads}
        boosters[name] = lightgbm.train(options, data, rounds)
    averages = {"fraud": histories.fraud, "critical": histories.critical}
    card = {"version": VERSION, "lines": len(lines), "averages": averages, "seed": seed}
    return RiskModel(histories, boosters, card)


def load(folder: Path) -> RiskModel:
    """A model as saved. InputError where the folder holds none or one of another version."""
    lightgbm = _lightgbm()
    try:
        card = orjson.loads((folder / "card.json").read_bytes())
        histories = Histories.load(folder, card["averages"])
        boosters = {
            name: lightgbm.Booster(model_str=(folder / f"{name}.txt").read_text("utf-8"))
            for name in _SETTINGS
        }
    except (OSError, ValueError, KeyError, pl.exceptions.PolarsError, lightgbm.basic.LightGBMError) as error:
        raise InputError(
            f"no model of consignments can be read: {error}",
            where=str(folder),
            mend="make one: mapae train consignments FILE... --out DIR",
        ) from error
    if card.get("version") != VERSION:
        raise InputError(
            f"the model is of version {card.get('version')}, not {VERSION}",
            where=str(folder),
            mend="train it anew",
        )
    return RiskModel(histories, boosters, card)


def _table(lines: pl.DataFrame, read: Encoded) -> Floats:
    """What the boosters learn from: the numbers, then the counts of all combinations, the rates of fraud, of critical."""
    numbers, width = len(NUMBERS), read.count.shape[1]
    table = np.empty((len(lines), numbers + 3 * width))
    table[:, :numbers] = lines.select(NUMBERS).to_numpy()
    np.log1p(read.count, out=table[:, numbers : numbers + width])
    table[:, numbers + width : numbers + 2 * width] = read.fraud
    table[:, numbers + 2 * width :] = read.critical
    return table


def _lightgbm() -> Any:
    os.environ.setdefault(
        "OMP_WAIT_POLICY", "PASSIVE"
    )  # threads that wait do not take a busy machine's cores
    try:
        import lightgbm
    except (ImportError, OSError) as error:
        raise UsageError(
            f"LightGBM is needed for consignments and cannot be loaded: {error}",
            where="LightGBM",
            mend="install it beside mapae: .venv/bin/python -m pip install lightgbm (on Debian also apt install libgomp1)",
        ) from error
    return lightgbm

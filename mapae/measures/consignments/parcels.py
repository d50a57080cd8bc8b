"""Lines of parcels as they are judged: price in dollars, where they left, whether they are cleared by a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from mapae.contract import Context
from mapae.law import LawBook
from mapae.measures.consignments.columns import number, tariff
from mapae.pack import Pack

__all__ = ["CLEARED", "Parcels", "any_of", "load_parcels", "spelling"]

# How a line is cleared: by a list, as it says; by a list, since it names no declaration; otherwise.
CLEARED = ("list", "presumed", "declared")
_WON = "KRW"
_READ = (
    "date value currency item_price process_type declarant_id hs6_code country_of_departure country_of_origin"
).split()


def spelling(text: str) -> str:
    """A word as it is looked up: without case and spaces."""
    return re.sub(r"\s+", "", text.casefold())


def any_of(words: list[object]) -> re.Pattern[str]:
    """Any of these words in a folded text; Latin ones as whole words."""
    spelled = sorted((str(word).casefold() for word in words), key=lambda word: (-len(word), word))
    parts = [
        rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])" if word.isascii() else re.escape(word)
        for word in spelled
    ]
    return re.compile("|".join(parts))


@dataclass(frozen=True)
class Parcels:
    """The pack's words of clearance lists and the rates; reads batches of lines as columns."""

    by_list: tuple[str, ...]
    united_states: frozenset[str]
    often_copied_from: frozenset[str]
    per_usd: dict[str, float]
    margin: float
    table: dict[str, Any]
    book: LawBook
    as_of: date

    def read(self, records: pa.RecordBatch) -> pl.DataFrame:
        """A row a line: day (or null), usd (or null), exact (the price was in dollars), cleared (index into CLEARED),
        from_us, copied_from, hs (digits), and `limit`: dollars up to which a list is enough on that day, or null."""
        lines = pl.DataFrame({name: pl.Series(records.column(name)).cast(pl.String) for name in _READ})
        price = pl.col("value").cast(pl.Float64, strict=False)
        named = pl.col("currency").str.strip_chars().str.to_uppercase()
        rate = named.replace_strict(self.per_usd, default=None, return_dtype=pl.Float64)
        own = number(lines["item_price"])  # in won, unless a currency stands beside it and no other price
        alone = price.is_null() & named.is_not_null()
        process = _plain("process_type")
        where = pl.coalesce(_named("country_of_departure"), _named("country_of_origin"))
        lines = lines.select(
            pl.col("date").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).alias("day"),
            pl.coalesce(price / rate, own / pl.when(alone).then(rate).otherwise(self.per_usd[_WON])).alias(
                "usd"
            ),
            ((named == "USD") & pl.coalesce(price, own).is_not_null()).fill_null(False).alias("exact"),
            pl.when(process.is_in(self.by_list))
            .then(0)
            .when((process == "") & (_plain("declarant_id") == ""))
            .then(1)
            .otherwise(2)
            .cast(pl.Int8)
            .alias("cleared"),
            where.is_in(list(self.united_states)).fill_null(False).alias("from_us"),
            where.is_in(list(self.often_copied_from)).fill_null(False).alias("copied_from"),
            tariff(lines["hs6_code"]).str.replace_all(r"\D", "").fill_null("").alias("hs"),
        )
        return lines.with_columns(self._limits(lines))

    def _limits(self, lines: pl.DataFrame) -> pl.Series:
        """By day and country of departure; days without a value that holds give null."""
        days = lines["day"].fill_null(self.as_of)
        known = {day: self._limit_on(day) for day in days.unique()}
        default, american = (
            days.replace_strict({day: limit[key] for day, limit in known.items()}, return_dtype=pl.Float64)
            for key in (0, 1)
        )
        return pl.select(
            pl.when(lines["from_us"]).then(american).otherwise(default).alias("limit")
        ).to_series()

    def _limit_on(self, day: date) -> tuple[float | None, float | None]:
        value = self.book.value("cus.254-2.list_price", day)
        if value is None:
            return None, None
        return float(value["default"]), float(value.get("US", value["default"]))

    def over(self, lines: pl.DataFrame, usd: pl.Series | None = None) -> npt.NDArray[np.bool_]:
        """Lines that cost more than a list may clear; prices in other money by a margin, since the rates are round."""
        price = lines["usd"] if usd is None else usd
        least = lines["limit"] * pl.select(
            pl.when(lines["exact"]).then(1.0).otherwise(1.0 + self.margin)
        ).to_series()  # fmt: skip
        found: npt.NDArray[np.bool_] = (price > least).fill_null(False).to_numpy()
        return found


def load_parcels(context: Context) -> Parcels:
    """From the pack's parcels/clearance.yaml and rates.yaml."""
    return _loaded(context.pack, context.book, context.as_of)


def _loaded(pack: Pack, book: LawBook, as_of: date) -> Parcels:
    table = pack.data("parcels/clearance.yaml")
    rates = {str(key): float(value) for key, value in pack.data("rates.yaml")["per_usd"].items()}
    return Parcels(
        tuple(spelling(str(word)) for word in table["by_list"]),
        frozenset(spelling(str(word)) for word in table["united_states"]),
        frozenset(spelling(str(word)) for word in table["often_copied_from"]),
        rates, float(table["round_rate_margin"]), table, book, as_of,
    )  # fmt: skip


def _plain(name: str) -> pl.Expr:
    return pl.col(name).fill_null("").str.to_lowercase().str.replace_all(r"\s+", "")


def _named(name: str) -> pl.Expr:
    """The column's word as it is looked up, null where it is empty."""
    word = _plain(name)
    return pl.when(word == "").then(None).otherwise(word)

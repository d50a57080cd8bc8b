"""Declaration lines as a frame: clean ids, numbers, days, and the combinations whose history is learned."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl
import pyarrow as pa

__all__ = ["HISTORIES", "NUMBERS", "frame", "history_name", "labels", "number", "tariff"]

# Combinations of columns whose past results are counted: who, what, from where, by which way, at which exact value.
HISTORIES: tuple[tuple[str, ...], ...] = (
    *((name,) for name in (
        "office_id", "process_type", "import_type", "import_use", "payment_type", "mode_of_transport", "declarant_id",
        "importer_id", "seller_id", "courier_id", "hs6_code", "hs4", "hs2", "country_of_departure", "country_of_origin",
        "tax_type", "country_of_origin_indicator", "item_price",
    )),
    ("hs6_code", "country_of_origin"),
    ("importer_id", "hs4"),
    ("declarant_id", "country_of_origin"),
    ("country_of_departure", "country_of_origin"),
    ("office_id", "hs2"),
    ("seller_id", "hs4"),
    ("declarant_id", "hs2"),
    ("tax_type", "country_of_origin"),
    ("country_of_origin_indicator", "hs4"),
    ("hs6_code", "net_mass"),
    ("hs4", "net_mass"),
    ("hs6_code", "country_of_departure", "country_of_origin"),
    ("hs6_code", "country_of_departure", "tax_type"),
)  # fmt: skip
# Numbers used as they are: natural logarithms of kg and of won, won per kg, rate in per cent, weekday, round weight.
NUMBERS = ("log_mass", "log_price", "log_unit", "tax_rate", "weekday", "round_mass", "duty")
_MEASURED = ("net_mass", "item_price", "tax_rate")
_CODES = tuple(
    dict.fromkeys(
        name for names in HISTORIES for name in names if name not in ("hs4", "hs2", "net_mass", "item_price")
    )
)


def history_name(columns: tuple[str, ...]) -> str:
    """`hs6_code × net_mass`: how a combination is called in tables and reasons."""
    return " × ".join(columns)


def frame(records: pa.RecordBatch | pa.Table) -> pl.DataFrame:
    """One row a line, in order: consignment_id, day, codes in capitals, exact values as text, NUMBERS as floats."""
    lines = pl.from_arrow(records)
    assert isinstance(lines, pl.DataFrame)
    numbers = [number(lines[name]).alias(f"_{name}") for name in _MEASURED]
    day = pl.col("date").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).alias("day")
    lines = lines.with_columns(tariff(lines["hs6_code"]))
    codes = [
        pl.col(name).fill_null("").str.strip_chars().str.strip_suffix(".0").str.to_uppercase().alias(name)
        for name in _CODES
    ]
    exact = [
        pl.col(f"_{name}").cast(pl.String).fill_null("").alias(name) for name in ("net_mass", "item_price")
    ]
    lines = lines.with_columns(*numbers, day).with_columns(*codes, *exact)
    mass, price, rate = (pl.col(f"_{name}").fill_null(0.0).clip(0.0) for name in _MEASURED)
    return lines.select(
        "consignment_id", "day", *_CODES, "net_mass", "item_price",
        pl.col("hs6_code").str.slice(0, 4).alias("hs4"),
        pl.col("hs6_code").str.slice(0, 2).alias("hs2"),
        mass.log1p().alias("log_mass"),
        price.log1p().alias("log_price"),
        (price.log1p() - mass.log1p()).alias("log_unit"),
        rate.alias("tax_rate"),
        pl.col("day").dt.weekday().cast(pl.Float64).fill_null(0.0).alias("weekday"),
        (mass == mass.round()).cast(pl.Float64).alias("round_mass"),
        (price.log1p() * rate).alias("duty"),
    )  # fmt: skip


def tariff(cells: pl.Series) -> pl.Series:
    """Tariff numbers with the leading zero that a column of numbers loses: 5 digits are 6, 9 are 10."""
    code = cells.cast(pl.String).str.strip_chars().str.strip_suffix(".0")
    short = code.str.len_bytes().is_in([5, 9]).fill_null(False) & code.str.contains(r"^\d+$").fill_null(False)
    return pl.select(pl.when(short).then(pl.lit("0") + code).otherwise(code).alias(cells.name)).to_series()


def number(cells: pl.Series) -> pl.Series:
    """Numbers of cells of text: `1,234.5` with commas between thousands, `0,4` with a decimal one; null for others."""
    text = cells.cast(pl.String)
    if text.str.contains(",", literal=True).any():
        text = text.str.replace(r"^(\d+),(\d{1,2})$", "$1.$2").str.replace_all(",", "", literal=True)
    found = text.cast(pl.Float64, strict=False).round(4)  # without what floating arithmetic leaves behind
    return (
        found if found.is_finite().all() else found.set(~found.is_finite(), None)
    )  # `NaN`, `inf` are no numbers


def labels(
    records: pa.RecordBatch | pa.Table, names: Iterable[str] = ("Fraud", "Critical Fraud")
) -> pl.DataFrame:
    """`fraud` (0, 1) and `critical` (0, 1: the source's 2) of each line, null where the line was not inspected.

    The columns stand in `extra` under their own names, written with or without capitals, spaces and underscores.
    """
    extra = pl.Series(records.column("extra")).cast(pl.String)
    found = []
    for name in names:
        spellings = (name, name.lower(), name.replace(" ", "_"), name.replace(" ", "_").lower())
        values = [extra.str.json_path_match(f"$['{spelling}']") for spelling in dict.fromkeys(spellings)]
        found.append(pl.select(pl.coalesce(values).cast(pl.Float64, strict=False)).to_series())
    fraud, critical = found
    either = pl.select(pl.coalesce([fraud, (critical > 0).cast(pl.Float64)])).to_series()
    return pl.DataFrame(
        {"fraud": (either > 0).cast(pl.Float64), "critical": (critical == 2).cast(pl.Float64)}
    )

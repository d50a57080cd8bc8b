"""The check `consignments.codes`: personal customs codes whose name, telephone or postcode do not agree, by hashes only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from mapae.contract import Check, Context, Records, Whole
from mapae.errors import InputError
from mapae.law.calendar import add_months
from mapae.measures.consignments.parcels import load_parcels
from mapae.measures.consignments.parcels_cells import cells_of, filled, hashed
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["CHECK", "OPTION", "REGISTER"]

OPTION = "codes"  # of the context: the register of codes
# The register's columns: hashes made as those of the lines are, and the days of issue and of the last change.
REGISTER = ("code_hash", "name_hash", "phone_hash", "postcode_hash", "issued_on", "changed_on")
# what is compared: column of the line → column of the register
_COMPARED = {
    "recipient_name_hash": "name_hash",
    "recipient_phone_hash": "phone_hash",
    "recipient_postcode_hash": "postcode_hash",
}
_CODE = "recipient_code_hash"
_CELLS = ("consignment_id", "description", "seller_id", _CODE, *_COMPARED)
_WORD = {
    "recipient_name_hash": "name",
    "recipient_phone_hash": "telephone",
    "recipient_postcode_hash": "postcode",
}


def _judge(records: Records, context: Context) -> Whole:
    """Findings by the register where one is named, else by what the lines say of one code between them."""
    lines = _lines(records)
    if lines.is_empty():
        return Whole()
    dated = context.book.provision("CUS 254-2", context.as_of)
    since = dated.valid_from if dated else None
    if path := context.options.get(OPTION, ""):
        return Whole(list(_by_register(lines, records, _register(Path(path)), context, since)))
    return Whole(list(_between_lines(lines, records, context, since)))


def _lines(records: Records) -> pl.DataFrame:
    """Lines that bear a code: their place among all, their day, and what they say as numbers of 64 bits."""
    parts, first = [], 0
    for batch in records():
        lines = pl.DataFrame(
            {name: pl.Series(batch.column(name)).cast(pl.String) for name in ("date", _CODE, *_COMPARED)}
        )
        lines = lines.select(
            (pl.int_range(pl.len(), dtype=pl.Int64) + first).alias("row"),
            pl.col("date").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).alias("day"),
            *(hashed(filled(name)).alias(name) for name in (_CODE, *_COMPARED)),
        )
        parts.append(lines.filter(pl.col(_CODE).is_not_null()))
        first += batch.num_rows
    return pl.concat(parts) if parts else pl.DataFrame()


def _register(path: Path) -> pl.DataFrame:
    """InputError where the file is no table with the register's columns."""
    try:
        table = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(f"the register of codes cannot be read: {error}", where=str(path)) from error
    missing = [name for name in REGISTER[:4] if name not in table.columns]
    if missing:
        raise InputError(
            f"the register of codes has no column {missing[0]}",
            where=str(path),
            mend=f"columns: {', '.join(REGISTER)}",
        )
    days = [name for name in REGISTER[4:] if name in table.columns]
    known = table.select(*(pl.col(name).cast(pl.String).str.strip_chars() for name in (*REGISTER[:4], *days)))
    absent = [pl.lit(None, pl.String).alias(name) for name in REGISTER[4:] if name not in days]
    read = [pl.col(name).str.to_date("%Y-%m-%d", strict=False) for name in REGISTER[4:]]
    return known.with_columns(absent).with_columns(read).unique("code_hash", keep="last", maintain_order=True)


def _by_register(
    lines: pl.DataFrame, records: Records, register: pl.DataFrame, context: Context, since: date | None
) -> Iterator[Finding]:
    """Lines whose code is not registered, has lapsed, or does not agree in name, telephone or (new codes) postcode."""
    numbers = register.select(
        hashed(pl.col("code_hash")).alias(_CODE),
        *(hashed(pl.col(own)).alias(own) for own in _COMPARED.values()),
        pl.int_range(pl.len(), dtype=pl.Int64).alias("entry"),
        pl.max_horizontal("issued_on", "changed_on").is_not_null().alias("dated"),
    )
    both = lines.join(numbers, on=_CODE, how="left", maintain_order="left")
    differs = pl.any_horizontal(
        *((pl.col(line) != pl.col(own)).fill_null(False) for line, own in _COMPARED.items())
    )
    asked = both.filter(pl.col("entry").is_null() | differs | pl.col("dated")).select("row", "day", "entry")
    told = cells_of(records, asked["row"].to_list(), _CELLS)
    for row, on, entry in asked.iter_rows():
        day, cells = on or context.as_of, told[row]
        if entry is None:
            code = cells[_CODE]
            reasons = [Reason(_CODE, 0, len(code), code, "register", "the code is in no register", 0.8)]
        else:
            line = cells | register.row(entry, named=True)
            reasons = [*_unlike(line, day, context), *_lapsed(line, day, context)]
        if reasons:
            yield _finding(cells, reasons, "medium", since)


def _unlike(line: dict[str, object], day: date, context: Context) -> Iterator[Reason]:
    for name, own in _COMPARED.items():
        mine, theirs = line[name], line[own]
        if not mine or not theirs or mine == theirs or not _asked(name, line, day, context):
            continue
        yield Reason(
            name, 0, len(str(mine)), str(mine), str(theirs), f"the {_WORD[name]} is not that of the code", 0.9
        )


def _asked(name: str, line: dict[str, object], day: date, context: Context) -> bool:
    """Name and telephone always; the postcode of codes issued or changed since the law's day, on days it is compared."""
    if name != "recipient_postcode_hash":
        return True
    rule = context.book.value("cus.code.postcode", day)
    latest = max(
        (each for each in (line["issued_on"], line["changed_on"]) if isinstance(each, date)), default=None
    )
    return rule is not None and latest is not None and latest >= _day(rule["codes_from"])


def _lapsed(line: dict[str, object], day: date, context: Context) -> Iterator[Reason]:
    """A code of the years with a validity is good for its months, and lapses after the days of grace."""
    rule = context.book.value("cus.code.validity", day)
    latest = max(
        (each for each in (line["issued_on"], line["changed_on"]) if isinstance(each, date)), default=None
    )
    if rule is None or latest is None or latest < _day(rule["codes_from"]):
        return
    ends = add_months(latest, int(rule["months"])) + timedelta(days=int(rule["grace_days"]))
    if day > ends:
        code = str(line[_CODE])
        yield Reason(_CODE, 0, len(code), code, ends.isoformat(), f"the code lapsed on {ends}", 0.9)


def _between_lines(
    lines: pl.DataFrame, records: Records, context: Context, since: date | None
) -> Iterator[Finding]:
    """Lines of one code under several names or telephones: those that differ from most; and codes with too many addresses."""
    most = int(load_parcels(context).table["addresses"])
    odd = {name: _odd(lines, name, most if name == "recipient_postcode_hash" else 1) for name in _COMPARED}
    wanted = {row for table in odd.values() for column in ("row", "usual") for row in table[column].to_list()}
    told = cells_of(records, wanted, _CELLS)
    for name, table in odd.items():
        for row, usual, kinds, count in table.iter_rows():
            cell = told[row][name]
            detail = f"the code stands with {kinds} different {_WORD[name]}s on {count} lines"
            reason = Reason(name, 0, len(cell), cell, told[usual][name], detail, 0.7)
            yield _finding(told[row], [reason], "low", since)


def _odd(lines: pl.DataFrame, name: str, most: int) -> pl.DataFrame:
    """row, usual (a line with the cell that is usual for the code), kinds, lines: of codes with more than `most` cells."""
    spread = lines.filter(pl.col(name).is_not_null())
    counts = spread.group_by(_CODE, name).agg(
        pl.len().cast(pl.Int64).alias("n"), pl.col("row").min().alias("at")
    )
    usual = pl.col("at").sort_by([-pl.col("n"), "at"]).first().alias("usual")
    own = pl.col(name).sort_by([-pl.col("n"), "at"]).first().alias("own")
    several = counts.group_by(_CODE).agg(
        pl.len().alias("kinds"), pl.col("n").sum().alias("lines"), usual, own
    )
    both = spread.join(several.filter(pl.col("kinds") > most), on=_CODE, how="inner")
    return both.filter(pl.col(name) != pl.col("own")).sort("row").select("row", "usual", "kinds", "lines")


def _finding(cells: dict[str, str], reasons: list[Reason], severity: Severity, since: date | None) -> Finding:
    return Finding(
        check=CHECK.key,
        measure=CHECK.measure,
        subject_kind="consignment",
        subject_id=cells["consignment_id"],
        reference_id=f"code:{cells[_CODE][:16]}",
        severity=severity,
        score=max(reason.score for reason in reasons),
        provision="CUS 254-2",
        provision_from=since,
        reasons=tuple(reasons),
        seller_id=cells["seller_id"] or None,
        subject_title=cells["description"] or None,
    )


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


CHECK = Check(
    key="consignments.codes",
    measure="consignments",
    kinds=("consignment",),
    whole=_judge,
    provisions=("CUS 254-2", "CUSR 79-2"),
)

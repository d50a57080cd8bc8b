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
from mapae.model.finding import Finding, Reason

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
        return Whole(list(_by_register(lines, _register(Path(path)), context, since)))
    return Whole(list(_between_lines(lines, context, since)))


def _lines(records: Records) -> pl.DataFrame:
    """Lines that bear a code, with their place among all."""
    parts, first = [], 0
    names = ("consignment_id", "date", _CODE, *_COMPARED)
    for batch in records():
        lines = pl.DataFrame({name: pl.Series(batch.column(name)).cast(pl.String) for name in names})
        lines = lines.with_columns(
            *(
                pl.when(pl.col(name).str.strip_chars() != "").then(pl.col(name).str.strip_chars()).alias(name)
                for name in (_CODE, *_COMPARED)
            ),
            pl.col("date").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).alias("day"),
            (pl.int_range(pl.len(), dtype=pl.Int64) + first).alias("row"),
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
    lines: pl.DataFrame, register: pl.DataFrame, context: Context, since: date | None
) -> Iterator[Finding]:
    """Lines whose code is not registered, has lapsed, or does not agree in name, telephone or (new codes) postcode."""
    both = lines.join(
        register.with_columns(known=True),
        left_on=_CODE,
        right_on="code_hash",
        how="left",
        maintain_order="left",
    )
    differs = pl.any_horizontal(
        *((pl.col(line) != pl.col(own)).fill_null(False) for line, own in _COMPARED.items())
    )
    old = pl.max_horizontal("issued_on", "changed_on").is_not_null()
    for line in both.filter(pl.col("known").is_null() | differs | old).iter_rows(named=True):
        day = line["day"] or context.as_of
        reasons = [*_unlike(line, day, context), *_lapsed(line, day, context)]
        if line["known"] is None:
            reasons = [
                Reason(_CODE, 0, len(line[_CODE]), line[_CODE], "register", "the code is in no register", 0.8)
            ]
        if reasons:
            yield _finding(line, reasons, "medium", since)


def _unlike(line: dict[str, object], day: date, context: Context) -> Iterator[Reason]:
    for name, own in _COMPARED.items():
        mine, theirs = line[name], line[own]
        if mine is None or theirs is None or mine == theirs or not _asked(name, line, day, context):
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


def _between_lines(lines: pl.DataFrame, context: Context, since: date | None) -> Iterator[Finding]:
    """Lines of one code under several names or telephones: those that differ from most; and codes with too many addresses."""
    most = int(load_parcels(context).table["addresses"])
    for name in _COMPARED:
        spread = lines.filter(pl.col(name).is_not_null())
        counts = spread.group_by(_CODE, name).agg(pl.len().alias("n"), pl.col("row").min().alias("at"))
        several = counts.group_by(_CODE).agg(
            pl.len().alias("kinds"), pl.col("n").sum().alias("lines"),
            pl.col(name).sort_by([-pl.col("n").cast(pl.Int64), "at"]).first().alias("usual"),
        ).filter(pl.col("kinds") > (most if name == "recipient_postcode_hash" else 1))  # fmt: skip
        odd = spread.join(several, on=_CODE, how="inner").filter(pl.col(name) != pl.col("usual")).sort("row")
        for line in odd.iter_rows(named=True):
            cell = str(line[name])
            detail = f"the code stands with {line['kinds']} different {_WORD[name]}s on {line['lines']} lines"
            yield _finding(
                line, [Reason(name, 0, len(cell), cell, str(line["usual"]), detail, 0.7)], "low", since
            )


def _finding(line: dict[str, object], reasons: list[Reason], severity: str, since: date | None) -> Finding:
    return Finding(
        check=CHECK.key,
        measure=CHECK.measure,
        subject_kind="consignment",
        subject_id=str(line["consignment_id"] or ""),
        reference_id=f"code:{str(line[_CODE])[:16]}",
        severity="medium" if severity == "medium" else "low",
        score=max(reason.score for reason in reasons),
        provision="CUS 254-2",
        provision_from=since,
        reasons=tuple(reasons),
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

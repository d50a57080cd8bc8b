"""`mapae report series`: statistical series with their sources, as known on a day, exported and reproduced."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import typer

from mapae.app.context import parse_day
from mapae.app.statistics import add_table, export, known_series, report
from mapae.cli.locales import language
from mapae.errors import UsageError
from mapae.measures.market_statistics.catalogue import Catalogue
from mapae.measures.market_statistics.snapshot import rows
from mapae.report.series import figure_text, render_series, series_words

__all__ = ["series_report"]


def series_report(
    keys: list[str] = typer.Argument(None, metavar="[KEY]...", help="series; none lists them all"),
    known_on: str | None = typer.Option(None, "--as-known-on", metavar="DATE", help="figures as known on that day"),
    total: bool = typer.Option(False, "--sum", help="also their sum; refused with the reason where they are not one"),
    snapshot: str | None = typer.Option(None, "--snapshot", metavar="ID", help="fail unless the figures are these"),
    load: Path | None = typer.Option(None, "--load", metavar="FILE", help="add an office's CSV or XLSX to the series KEY"),
    label: list[str] = typer.Option([], "--label", metavar="TEXT", help="with --load: row or head to take; repeatable"),
    times: float = typer.Option(1.0, "--times", metavar="N", help="with --load: multiply cells (1e6: given in million)"),
    reference: str = typer.Option("", "--reference", metavar="TEXT", help="with --load: where the table was published"),
    out: Path | None = typer.Option(None, "--out", metavar="DIR", help="write page, CSV, Parquet, metadata"),
    as_csv: bool = typer.Option(False, "--csv", help="print every figure as CSV"),
    as_json: bool = typer.Option(False, "--json", help="print the report as JSON"),
    pack: str = typer.Option("kr", "--pack", help="the jurisdiction"),
) -> None:  # fmt: skip
    """Series of figures with definition, unit, source, method and revisions; series that differ are never mixed.

    Exits 0, or 2 for bad use, a refused sum, or figures that are not those of the snapshot.
    """
    day = parse_day(known_on) if known_on else date.today()
    known, chosen = known_series(pack), list(keys or ())
    if load is not None:
        _add(known, chosen, load, label, day, reference, times)
        known = known_series(pack)
    said = report(known, chosen, day, total=total, language=language())
    if snapshot is not None and snapshot != said["snapshot"]:
        raise UsageError(
            f"these are not the figures of snapshot {snapshot}, but of {said['snapshot']}",
            where="--snapshot", mend="give the same keys and --as-known-on, and the same pack and loaded tables",
        )  # fmt: skip
    found = [known.get(one["key"]).as_known_on(day) for one in said["series"]]
    if out is not None:
        export(said, found, out)
        (out / "index.html").write_text(
            render_series(said, command=_command(chosen, day, said), language=language()), "utf-8"
        )
    if as_csv:
        sys.stdout.write(pl.DataFrame(rows(found), infer_schema_length=None).write_csv())
    else:
        typer.echo(
            orjson.dumps(said, option=orjson.OPT_INDENT_2).decode() if as_json else _table(said, bool(chosen))
        )
    if out is not None and not (as_json or as_csv):
        typer.echo(f"report: {out / 'index.html'}")


def _add(
    known: Catalogue, keys: list[str], path: Path, labels: list[str], day: date, reference: str, times: float
) -> None:
    if len(keys) != 1 or not reference:
        raise UsageError(
            "a table is added to one series, with its reference", where="--load",
            mend="mapae report series KEY --load FILE --label ROW --reference TEXT",
        )  # fmt: skip
    added = add_table(known, keys[0], path, labels, day, reference, times)
    typer.echo(f"{added.key}: {added.new} new, {added.revised} revised, {added.same} as before", err=True)


def _command(keys: list[str], day: date, said: dict[str, Any]) -> str:
    return f"mapae report series {' '.join([*keys, ''])}--as-known-on {day} --snapshot {said['snapshot']}"


def _table(said: dict[str, Any], whole: bool) -> str:
    lines = [f"as known on {said['as_known_on']}, snapshot {said['snapshot']}"]
    for one in said["series"]:
        title = one["title"].get(language()) or one["title"]["en"]
        unit = _word(one["unit"])
        if not whole:
            last = next((row for row in reversed(one["values"]) if row["value"] is not None), None)
            shown = f"{figure_text(last['value'])} ({last['period']})" if last else "–"
            lines.append(f"  {one['key']:<34} {shown:>34} {unit:<8} {title}")
            continue
        lines += [
            "",
            f"{title} · {one['key']} · {unit}",
            f"  {_in_words(one['source'])} · {_in_words(one['method'])}",
        ]
        for row in one["values"]:
            shown = figure_text(row["value"]) if row["value"] is not None else _word(row["mark"])
            old = "".join(f"; {figure_text(each['value'])} until then" for each in row.get("before", ())[-1:])
            lines.append(f"  {row['period']:<18} {shown:>20}  {row['known_on']} {row['reference']}{old}")
    for group in said["never_mixed"] if whole else ():
        lines += ["", f"never mixed: {' ≠ '.join(group['series'])}: {_in_words(group['reason'])}"]
    for rate in said["per_million_users"] if whole else ():
        lines += [
            "",
            f"{rate['series']} {rate['period']}: {rate['value']:,.1f} a month per million monthly users",
        ]
        lines += [
            f"  {figure_text(rate['count'])} ÷ {rate['months']} months ÷ {figure_text(rate['users'])} users "
            f"({rate['users_series']}, {', '.join(rate['users_months'])})"
        ]
    lines += [f"  sum {at}: {figure_text(value)}" for at, value in said.get("sum", {}).items()]
    return "\n".join(lines)


def _in_words(texts: dict[str, str]) -> str:
    return texts.get(language()) or texts["en"]


def _word(key: str) -> str:
    words = series_words().get(key)
    return _in_words(dict(words)) if words else key

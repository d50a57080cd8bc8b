"""`mapae markets`: pricing pressure, mergers on a table of shares, declared spending against ad libraries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import typer

from mapae.app.ad_spend import spend_against
from mapae.app.context import make_context, parse_day
from mapae.app.markets import pressure, read_cases
from mapae.app.markets_merger import merger
from mapae.errors import InputError, UsageError

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.callback()
def markets() -> None:
    """Arithmetic of markets beside `mapae screen --kind market_share`."""


@app.command("pressure", epilog="Example: mapae markets pressure deal.json --json")
def pressure_command(
    file: Path = typer.Argument(
        ..., metavar="FILE", help="JSON: a map of inputs, a list of them, or cases with id and inputs"
    ),
    as_json: bool = typer.Option(False, "--json", help="print all figures as JSON"),
) -> None:
    """HHI with owners, diversion, UPP, GUPPI, compensating cost reductions, whole mergers, as far as the inputs allow.

    Inputs: shares, owner_pre, owner_post (labels or profit shares), prices, margins, diversions, mc_delta, efficiency,
    mkt_elast, elasticities with quantities; shares, margins and diversions as parts of one. A whole market has a demand
    (logit, ces, linear, loglinear, aids) and inside_size, quantities or mkt_elast. A case whose inputs allow no figure is
    told. Exits 0.
    """
    rows = []
    for name, given in read_cases(file):
        try:
            rows.append({"id": name, "figures": pressure(name, given)})
        except InputError as error:
            rows.append({"id": name, "figures": {}, "error": str(error)})
    if as_json:
        typer.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
        return
    for row in rows:
        typer.echo(row["id"])
        for key, value in row["figures"].items():  # type: ignore[attr-defined]
            lines = value if isinstance(value, list) and value and isinstance(value[0], list) else [value]
            for number, line in enumerate(lines):
                typer.echo(f"  {'' if number else key:<28} {_shown(line)}")
        if "error" in row:
            typer.echo(f"  {row['error']}")


@app.command(
    "merger", epilog="Example: mapae markets merger shares.csv --merge 'Lumibay,Dalmart' --as-of 2026-05-20"
)
def merger_command(
    file: Path = typer.Argument(..., metavar="FILE", help="a table of market shares"),
    merge: str = typer.Option(..., "--merge", metavar="ONE,OTHER", help="firms or groups as in the table"),
    as_of: str | None = typer.Option(
        None, "--as-of", metavar="DATE", help="law as of this day; default: today"
    ),
    pack: str = typer.Option("kr", "--pack"),
    as_json: bool = typer.Option(False, "--json", help="print as JSON"),
) -> None:
    """HHI before, after and added with bounds, and the presumption for mergers (MRF 9(3)), market by market."""
    context = make_context(pack, parse_day(as_of), "none")
    rows = merger(file, [part.strip() for part in merge.split(",")], context)
    if as_json:
        typer.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
        return
    for row in rows:
        typer.echo(" ".join(str(row[key]) for key in ("market", "definition", "period") if row[key]))
        for key in list(row)[3:]:
            typer.echo(f"  {key:<22} {_shown(row[key])}")


@app.command("spend", epilog="Example: mapae markets spend library.csv --declared declared.csv")
def spend_command(
    adverts: list[Path] = typer.Argument(..., metavar="ADVERTS...", help="adverts of ad libraries"),
    declared: Path | None = typer.Option(
        None, "--declared", metavar="FILE", help="market_share table: firm, period, value, currency"
    ),
    by: str = typer.Option("platform", "--by", metavar="WHOM", help="platform or advertiser"),
    as_json: bool = typer.Option(False, "--json", help="print as JSON"),
) -> None:
    """Spending that ad libraries show, summed with bounds by platform or advertiser and year, against what was declared."""
    if by not in ("platform", "advertiser"):
        raise UsageError(f"spending is not summed by {by!r}", where="--by", mend="platform or advertiser")
    rows = spend_against(adverts, declared, "advertiser" if by == "advertiser" else "platform")
    if as_json:
        typer.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
        return
    for row in rows:
        high = "no upper end" if row["seen_high"] is None else f"{row['seen_high']:,.0f}"
        typer.echo(
            f"{row[by]} {row['year']} {row['currency']}: {row['adverts']:,} adverts, seen {row['seen_low']:,.0f} "
            f"to {high}, {row['without_figure']:,} without a figure, declared {_shown(row['declared'])}: {row['answer']}"
        )


def _shown(value: Any) -> str:
    if isinstance(value, list):
        ends = [_shown(one) for one in value]
        return f"[{', '.join(ends)}]"
    if isinstance(value, float):
        return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return "none" if value is None else str(value)

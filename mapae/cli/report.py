"""`mapae report`: reports over several runs, and statistical series."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import orjson
import typer

from mapae.app.parity import Groups, groups_of, parity
from mapae.cli.locales import language
from mapae.cli.report_series import series_report
from mapae.errors import UsageError
from mapae.report.parity import render_parity

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.callback()
def report() -> None:
    """Reports over several runs, and statistical series."""


app.command(
    "series",
    epilog="Example: mapae report series kca.aliexpress kca.temu --as-known-on 2025-06-30 --out figures",
)(series_report)


@app.command(
    "parity", epilog="Example: mapae report parity runs/ --operators operators.csv --out parity.html"
)
def parity_report(
    folders: list[Path] = typer.Argument(
        None, metavar="[FOLDER]...", help="OUT folders of mapae screen, or folders of such"
    ),
    operators: Path | None = typer.Option(
        None, "--operators", metavar="FILE", help="operator records: names, and country (KR is domestic)"
    ),
    desk: bool = typer.Option(False, "--desk", help="add the desk's operators, decisions and outcomes"),
    out: Path | None = typer.Option(None, "--out", metavar="FILE", help="write the report as HTML"),
    as_json: bool = typer.Option(False, "--json", help="print the report as JSON"),
) -> None:
    """Domestic beside overseas: the rules that judged both, findings per 1,000 records by check, outcomes.

    Exits 0 whatever it says.
    """
    if operators is None and not desk:
        raise UsageError(
            "nobody says who is domestic", where="--operators", mend="--operators FILE, or --desk"
        )
    if not folders and not desk:
        raise UsageError("no run is named", where="FOLDER", mend="mapae report parity OUT --operators FILE")
    groups = groups_of(operators) if operators else Groups()
    more: dict[str, Any] | None = None
    if desk:
        known, more = _desk()
        groups = Groups({**known.by_key, **groups.by_key})
    found = parity(folders or [], groups, more)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(render_parity(found, as_of=date.today().isoformat(), language=language()), "utf-8")
    typer.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode() if as_json else _table(found))
    if out is not None and not as_json:
        typer.echo(f"report: {out}")


def _desk() -> tuple[Groups, dict[str, Any]]:
    from mapae.cli.desk import setup

    setup()
    from mapae.desk.findings.parity import desk_groups, desk_parity

    return desk_groups(), desk_parity()


def _table(found: dict[str, Any]) -> str:
    lines = [_rules(found["rules"]), f"  {'check':<28} {'domestic':>28} {'overseas':>28}  per 1,000 records"]
    for row in found["checks"]:
        mark = "  apart" if row["apart"] else ""
        lines.append(f"  {row['check']:<28} {_rate(row['domestic']):>28} {_rate(row['overseas']):>28}{mark}")
    for row in found.get("precision", ()):
        lines.append(
            f"  {row['check']:<28} {_share(row['domestic']):>28} {_share(row['overseas']):>28}  precision"
        )
    unknown = sorted({row["platform"] or "–" for row in found["platforms"] if row["group"] == "unknown"})
    if unknown:
        lines.append(f"in neither group, since no operator has these names: {', '.join(unknown[:8])}")
    return "\n".join(lines)


def _rules(rules: list[dict[str, Any]]) -> str:
    verdicts = {row["rule"]: row["same"] for row in rules}
    if None in verdicts.values():
        return "rules: there are records of one group only, so they cannot be compared"
    differ = [key for key, same in verdicts.items() if not same]
    return f"rules: DIFFERENT in {', '.join(differ)}" if differ else "rules: the same for both groups"


def _rate(side: dict[str, Any]) -> str:
    if side["value"] is None:
        return f"{side['k']:,} of unknown"
    return f"{side['value']:.1f} [{side['low']:.1f}–{side['high']:.1f}] of {side['n']:,}"


def _share(side: dict[str, Any]) -> str:
    return (
        "–"
        if side["value"] is None
        else f"{side['value']:.3f} [{side['low']:.3f}–{side['high']:.3f}] of {side['n']:,}"
    )

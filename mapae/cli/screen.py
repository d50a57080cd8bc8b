"""`mapae screen`: records in, findings with evidence out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import orjson
import typer

from mapae.app.context import parse_day
from mapae.app.screen import Request, Screened, screen
from mapae.cli.locales import language
from mapae.cli.progress import Watch
from mapae.errors import UsageError
from mapae.settings import worker_count

__all__ = ["app", "summary"]

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog="Example: mapae screen listings.csv --out findings/")
def screen_records(
    inputs: list[Path] = typer.Argument(
        ..., metavar="INPUT...", help="files, or a folder of files of a known type"
    ),
    kind: str | None = typer.Option(
        None, "--kind", help="record kind; else the one the columns fit, usually listing"
    ),
    measure: list[str] = typer.Option(
        [], "--measure", metavar="KEY", help="only this measure or check; repeatable"
    ),
    pack: str = typer.Option("kr", "--pack", help="the jurisdiction"),
    as_of: str | None = typer.Option(
        None, "--as-of", metavar="DATE", help="read law and lists as of this day"
    ),
    lists: str | None = typer.Option(
        None, "--lists", metavar="DIR|none", help="a list store added to the pack, or none"
    ),
    out: Path | None = typer.Option(None, "--out", metavar="DIR", help="default: ./mapae-out-NAME"),
    engine: str = typer.Option("local", "--engine", metavar="local|spark"),
    workers: int = typer.Option(0, "--workers", min=0, help="processes; default: one a core"),
    rename: list[str] = typer.Option(
        [], "--map", metavar="A=b", help="file column A is record column b; repeatable"
    ),
    high_recall: bool = typer.Option(False, "--high-recall", help="find more of what is misspelt, slower"),
    keep_records: bool = typer.Option(False, "--keep-records", help="store the records for rescreen"),
    csv: bool = typer.Option(
        False, "--csv", help="also write findings.csv, and campaigns.csv of adverts, safe in a spreadsheet"
    ),
    model: Path | None = typer.Option(
        None, "--model", metavar="DIR", help="consignments: rank by this model of `mapae train consignments`"
    ),
    rate: float = typer.Option(0.05, "--rate", help="consignments: share of the lines to inspect"),
    explore: float = typer.Option(0.1, "--explore", help="consignments: share of these left to chance"),
    weight: float = typer.Option(5.0, "--critical-weight", help="consignments: worth of a critical finding"),
    seed: int = typer.Option(0, "--seed", help="consignments: of chance"),
    top: int = typer.Option(500, "--top", min=0, help="findings shown in the report"),
    no_progress: bool = typer.Option(False, "--no-progress", help="say nothing while working"),
    as_json: bool = typer.Option(False, "--json", help="print the manifest as JSON"),
) -> None:
    """Hold records against dated law and lists.

    Writes OUT/findings.parquet, report.html, manifest.json and rejects.jsonl. Exits 0, or 2 for bad use, or 3 when
    some rows were rejected. The same command continues a run that was interrupted. Consignments are ranked by --model:
    OUT/ranking.parquet instead of findings and report.
    """
    if model is not None or kind == "consignment":
        from mapae.cli.rank import rank_lines

        place = out or Path(f"mapae-out-{inputs[0].name.partition('.')[0] or 'screen'}")
        rank_lines(
            inputs, place, model, kind, rate=rate, explore=explore, weight=weight, seed=seed,
            columns=parse_columns(rename), quiet=no_progress, as_json=as_json,
        )  # fmt: skip
        return
    request = Request(
        inputs=tuple(inputs),
        out=out or Path(f"mapae-out-{inputs[0].name.partition('.')[0] or 'screen'}"),
        as_of=parse_day(as_of, date.today()),
        kind=kind,
        measures=tuple(measure),
        pack=pack,
        lists=lists,
        engine=engine,
        workers=workers or worker_count(),
        columns=parse_columns(rename),
        high_recall=high_recall,
        keep_records=keep_records,
        csv=csv,
        top=top,
        language=language(),
    )
    with Watch(quiet=no_progress or as_json) as watch:
        result = screen(request, watch.note)
    typer.echo(
        orjson.dumps({"out": str(result.out), **result.manifest}).decode() if as_json else summary(result)
    )
    if result.rejected:
        raise typer.Exit(3)


def parse_columns(pairs: list[str]) -> dict[str, str]:
    """`TITLE=product_name` → {"product_name": "TITLE"} or as written. UsageError without a `=`."""
    found = {}
    for pair in pairs:
        left, equals, right = pair.partition("=")
        if not equals or not left.strip() or not right.strip():
            raise UsageError(
                f"not a column mapping: {pair!r}", where="--map", mend="write --map title=product_name"
            )
        found[left.strip()] = right.strip()
    return found


def summary(result: Screened) -> str:
    """What a person wants to know at the end of a run."""
    manifest = result.manifest
    rate = manifest["rows_read"] / max(manifest["seconds"], 0.001)
    lines = [
        f"{manifest['rows_read']:,} {manifest['kind']} records: {manifest['findings']:,} findings "
        f"in {manifest['seconds']:.1f} s ({rate:,.0f}/s)"
    ]
    lines += [f"  {measure:<18} {count:>9,}" for measure, count in manifest["measures"].items()]
    severe = ", ".join(f"{name} {count:,}" for name, count in manifest["severities"].items() if count)
    lines += [f"  severity           {severe}"] if severe else []
    lines += [f"  on trial           {manifest['shadow']:>9,} (not counted)"] if manifest["shadow"] else []
    if result.rejected:
        lines.append(f"  rejected rows      {result.rejected:>9,} see {result.out / 'rejects.jsonl'}")
    return "\n".join([*lines, f"report: {result.out / 'report.html'}"])

"""`mapae screen`: records in, findings with evidence out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import orjson
import typer

from mapae.app.context import parse_day
from mapae.app.screen import Request, screen
from mapae.cli.locales import language
from mapae.cli.progress import Watch
from mapae.cli.screen_words import summary
from mapae.errors import UsageError
from mapae.settings import worker_count

__all__ = ["app"]

app = typer.Typer(add_completion=False, rich_markup_mode=None)


_Inputs = Annotated[
    list[Path], typer.Argument(metavar="INPUT...", help="files, or a folder of files of a known type")
]
_Kind = Annotated[str | None, typer.Option(help="record kind; else the one the columns fit, usually listing")]
_Measure = Annotated[list[str], typer.Option(metavar="KEY", help="only this measure or check; repeatable")]
_Pack = Annotated[str, typer.Option(help="the jurisdiction")]
_AsOf = Annotated[str | None, typer.Option(metavar="DATE", help="read law and lists as of this day")]
_Lists = Annotated[
    str | None, typer.Option(metavar="DIR|none", help="a list store added to the pack, or none")
]
_Out = Annotated[Path | None, typer.Option(metavar="DIR", help="default: ./mapae-out-NAME")]
_Engine = Annotated[str, typer.Option(metavar="local|spark")]
_Workers = Annotated[int, typer.Option(min=0, help="processes; default: one a core")]
_Map = Annotated[
    list[str], typer.Option("--map", metavar="A=b", help="file column A is record column b; repeatable")
]
_HighRecall = Annotated[bool, typer.Option("--high-recall", help="find more of what is misspelt, slower")]
_Keep = Annotated[bool, typer.Option("--keep-records", help="store the records for rescreen")]
_Csv = Annotated[
    bool,
    typer.Option(
        "--csv", help="also write findings.csv, and campaigns.csv of adverts, safe in a spreadsheet"
    ),
]
_Model = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="a model of `mapae train consignments` (ranks lines) or `terms` (with --kind policy)",
    ),
]
_Rate = Annotated[float, typer.Option(help="consignments: share of the lines to inspect")]
_Explore = Annotated[float, typer.Option(help="consignments: share of these left to chance")]
_Weight = Annotated[
    float, typer.Option("--critical-weight", help="consignments: worth of a critical finding")
]
_Seed = Annotated[int, typer.Option(help="consignments: of chance")]
_Trackers = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="apps: signatures of trackers, as Exodus Privacy lists them"),
]
_Pictures = Annotated[
    list[Path],
    typer.Option(
        metavar="INDEX", help="an index of `mapae images index` that pictures are held against; repeatable"
    ),
]
_Codes = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="parcels: the register of personal customs codes, as hashes"),
]
_Top = Annotated[int, typer.Option(min=0, help="findings shown in the report")]
_NoProgress = Annotated[bool, typer.Option("--no-progress", help="say nothing while working")]
_Json = Annotated[bool, typer.Option("--json", help="print the manifest as JSON")]


@app.command(epilog="Example: mapae screen listings.csv --out findings/")
def screen_records(
    inputs: _Inputs,
    kind: _Kind = None,
    measure: _Measure = [],  # noqa: B006 (read only)
    pack: _Pack = "kr",
    as_of: _AsOf = None,
    lists: _Lists = None,
    out: _Out = None,
    engine: _Engine = "local",
    workers: _Workers = 0,
    rename: _Map = [],  # noqa: B006 (read only)
    high_recall: _HighRecall = False,
    keep_records: _Keep = False,
    csv: _Csv = False,
    model: _Model = None,
    rate: _Rate = 0.05,
    explore: _Explore = 0.1,
    weight: _Weight = 5.0,
    seed: _Seed = 0,
    trackers: _Trackers = None,
    pictures: _Pictures = [],  # noqa: B006 (read only)
    codes: _Codes = None,
    top: _Top = 500,
    no_progress: _NoProgress = False,
    as_json: _Json = False,
) -> None:
    """Hold records against dated law and lists.

    Writes OUT/findings.parquet, report.html, manifest.json and rejects.jsonl. Exits 0, or 2 for bad use, or 3 when
    some rows were rejected. The same command continues a run that was interrupted. With --model consignments are
    ranked: OUT/ranking.parquet instead of findings and report.
    """
    place, columns = out or _place(inputs[0]), parse_columns(rename)
    if model is not None and kind != "policy":
        from mapae.cli.rank import Asked, rank_lines

        asked = Asked(model, rate, explore, weight, seed)
        rank_lines(inputs, place, kind, asked, columns, quiet=no_progress, as_json=as_json)
        return
    day = parse_day(as_of, date.today())
    request = Request(
        tuple(inputs), place, day, kind, tuple(measure), pack, lists, engine, workers or worker_count(), columns,
        high_recall, keep_records, csv, top, language(), {"trackers": trackers, "model": model, "codes": codes},
        tuple(pictures),
    )  # fmt: skip
    with Watch(quiet=no_progress or as_json) as watch:
        result = screen(request, watch.note)
    typer.echo(
        orjson.dumps({"out": str(result.out), **result.manifest}).decode()
        if as_json
        else summary(result, language())
    )
    if result.rejected:
        raise typer.Exit(3)


def _place(first: Path) -> Path:
    return Path(f"mapae-out-{first.name.partition('.')[0] or 'screen'}")


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

"""`mapae rescreen`: new list entries or pictures against everything already seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import orjson
import typer

from mapae.app.context import parse_day
from mapae.app.rescreen import rescreen
from mapae.app.screen import Request
from mapae.cli.locales import language
from mapae.cli.progress import Watch
from mapae.cli.screen_words import summary
from mapae.settings import worker_count

__all__ = ["app"]

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog="Example: mapae rescreen runs/ --since 2026-11-01 --out rescreened/")
def rescreen_lake(
    lake: Path = typer.Argument(
        ..., metavar="LAKE", help="a folder of OUT folders, or of Parquet records with manifests"
    ),
    since: str | None = typer.Option(
        None, "--since", metavar="DATE", help="only list entries added on or after this day"
    ),
    pictures: list[Path] = typer.Option(
        [],
        "--pictures",
        metavar="INDEX",
        help="instead: an index of pictures, against those seen before; repeatable",
    ),
    out: Path = typer.Option(Path("mapae-rescreen"), "--out", metavar="DIR"),
    measure: list[str] = typer.Option(
        [], "--measure", metavar="KEY", help="only this measure or check; repeatable"
    ),
    pack: str = typer.Option("kr", "--pack"),
    as_of: str | None = typer.Option(None, "--as-of", metavar="DATE"),
    lists: str | None = typer.Option(None, "--lists", metavar="DIR|none"),
    workers: int = typer.Option(0, "--workers", min=0),
    csv: bool = typer.Option(False, "--csv", help="also write findings.csv"),
    no_progress: bool = typer.Option(False, "--no-progress"),
    as_json: bool = typer.Option(False, "--json", help="print the manifests as JSON"),
) -> None:
    """Hold what was screened before against new list entries only, or against pictures; writes the findings that are new.

    Exits 0, or 2 for bad use, or 3 when some rows were rejected.
    """
    request = Request(
        inputs=(), out=out, as_of=parse_day(as_of, date.today()), measures=tuple(measure), pack=pack, lists=lists,
        workers=workers or worker_count(), csv=csv, pictures=tuple(pictures),
    )  # fmt: skip
    with Watch(quiet=no_progress or as_json) as watch:
        results = rescreen(lake, parse_day(since) if since else None, request, watch.note)
    if as_json:
        typer.echo(orjson.dumps([{"out": str(item.out), **item.manifest} for item in results]).decode())
    else:
        typer.echo("\n".join(summary(item, language()) for item in results))
    if any(item.rejected for item in results):
        raise typer.Exit(3)

"""`mapae match`: link the same products of two files."""

from __future__ import annotations

from pathlib import Path

import orjson
import typer
from rich.console import Console

from mapae.app.match import Matched, MatchRequest, match
from mapae.cli.screen import parse_columns
from mapae.cli.spoken import say

__all__ = ["app"]

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog="Example: mapae match ours.csv theirs.parquet --out linked/")
def match_records(
    left: Path = typer.Argument(..., metavar="LEFT", help="listings: a file, or a folder of files"),
    right: Path = typer.Argument(..., metavar="RIGHT", help="listings of the other source"),
    out: Path = typer.Option(Path("mapae-match"), "--out", metavar="DIR"),
    rename: list[str] = typer.Option(
        [],
        "--map",
        metavar="A=b",
        help="record column A is file column b, on both sides, or left.A=b, right.A=b; repeatable",
    ),
    once: bool = typer.Option(False, "--once", help="each listing in one pair at most: leave out near twins"),
    workers: int = typer.Option(0, "--workers", min=0, help="threads; default: one a core"),
    no_progress: bool = typer.Option(False, "--no-progress", help="say nothing while working"),
    as_json: bool = typer.Option(False, "--json", help="print the manifest as JSON"),
) -> None:
    """Link the same products of two sources without labels.

    Writes OUT/pairs.parquet (left_id, right_id, score, reasons), manifest.json and rejects.jsonl; score ½ is the
    threshold. Exits 0, or 2 for bad use, or 3 when some rows were rejected.
    """
    request = MatchRequest((left,), (right,), out, parse_columns(rename), once, workers)
    console = Console(stderr=True, highlight=False, soft_wrap=True, quiet=no_progress or as_json)
    result = match(request, lambda text: console.print(f"{text} …"))
    if as_json:
        typer.echo(orjson.dumps({"out": str(result.out), **result.manifest}).decode())
    else:
        say(_summary(result))
    if result.rejected or result.manifest["files_failed"]:
        raise typer.Exit(3)


def _summary(result: Matched) -> str:
    manifest = result.manifest
    rate = (manifest["left"] + manifest["right"]) / max(manifest["seconds"], 0.001)
    lines = [
        f"{manifest['left']:,} and {manifest['right']:,} listings: {manifest['pairs']:,} pairs, "
        f"{manifest['twins']:,} of them near twins, in {manifest['seconds']:.1f} s ({rate:,.0f} listings/s)"
    ]
    if result.rejected:
        lines.append(f"  rejected rows: {result.rejected:,}, see {result.out / 'rejects.jsonl'}")
    return "\n".join([*lines, f"pairs: {result.out / 'pairs.parquet'}"])

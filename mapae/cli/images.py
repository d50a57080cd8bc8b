"""`mapae images`: index known pictures, and hold others against them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import typer
from rich.console import Console

from mapae.app.images import (
    Indexed,
    IndexRequest,
    MatchRequest,
    index_pictures,
    match_pictures,
)
from mapae.cli.spoken import say
from mapae.settings import worker_count

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="Index pictures and find them again.",
)

_QUIET = typer.Option(False, "--no-progress", help="say nothing while working")
_WORKERS = typer.Option(0, "--workers", min=0, help="processes that open pictures; default: one a core")


@app.command("index", epilog="Example: mapae images index fakes/ --out banks/fakes --bank fakes --points")
def index(
    inputs: list[Path] = typer.Argument(
        ...,
        metavar="INPUT...",
        help="folders, pictures, or tables of hashes (CSV, Parquet; column image_hash)",
    ),
    out: Path = typer.Option(..., "--out", metavar="INDEX", help="the folder of the index"),
    bank: str = typer.Option(
        "fakes",
        "--bank",
        metavar="fakes|own|negative",
        help="known fakes, right holders' own photos, or pictures that accuse nobody and silence a match",
    ),
    brand: str = typer.Option("", "--brand", help="whose mark the pictures show, where no table says"),
    points: bool = typer.Option(
        False,
        "--points",
        help="also keep the pictures' points, so that crops and frames are found (36 kB a picture)",
    ),
    workers: int = _WORKERS,
    no_progress: bool = _QUIET,
    as_json: bool = typer.Option(False, "--json", help="print what was indexed as JSON"),
) -> None:
    """Hash pictures (PDQ) and file them for exact search within 31 of 256 bits.

    Writes the folder INDEX, with rejects.jsonl for what could not be read. Exits 0, or 2 for bad use, or 3 when some
    pictures were left out.
    """
    request = IndexRequest(tuple(inputs), out, bank, brand, points, workers or worker_count())
    console = Console(stderr=True, highlight=False, soft_wrap=True, quiet=no_progress or as_json)
    done = index_pictures(request, lambda text: console.print(f"{text} …"))
    if as_json:
        typer.echo(orjson.dumps(_facts(done)).decode())
    else:
        say(_told(done))
    if done.rejected:
        raise typer.Exit(3)


@app.command(
    "match",
    epilog="Example: mapae images match listings.parquet --index banks/fakes --index banks/negative --out found/",
)
def match(
    inputs: list[Path] = typer.Argument(
        ..., metavar="INPUT...", help="folders, pictures, or tables with a column image_hash"
    ),
    indexes: list[Path] = typer.Option(..., "--index", metavar="INDEX", help="an index folder; repeatable"),
    radius: int = typer.Option(31, "--radius", min=0, max=31, help="bits of 256 that hashes may be apart"),
    turns: bool = typer.Option(True, "--turns/--no-turns", help="also find mirrored and turned pictures"),
    points: bool = typer.Option(
        True, "--points/--no-points", help="also find crops and frames, where the index keeps points"
    ),
    out: Path = typer.Option(Path("mapae-images"), "--out", metavar="DIR"),
    workers: int = _WORKERS,
    no_progress: bool = _QUIET,
    as_json: bool = typer.Option(False, "--json", help="print the manifest as JSON"),
) -> None:
    """Hold pictures against indexes of known ones.

    Writes OUT/matches.parquet (query, matched, bank, brand, note, by, apart, points, silenced, index), manifest.json and
    rejects.jsonl. Exits 0, or 2 for bad use, or 3 when some pictures were left out.
    """
    request = MatchRequest(
        tuple(inputs), tuple(indexes), out, radius, turns, points, workers or worker_count()
    )
    console = Console(stderr=True, highlight=False, soft_wrap=True, quiet=no_progress or as_json)
    done = match_pictures(request, lambda text: console.print(f"{text} …"))
    if as_json:
        typer.echo(orjson.dumps({"out": str(out), **done.manifest}).decode())
    else:
        say(_summary(out, done.manifest))
    if done.rejected:
        raise typer.Exit(3)


def _facts(done: Indexed) -> dict[str, Any]:
    about = {key: done.index.about[key] for key in ("pictures", "hashes", "banks", "points", "fingerprint")}
    return {"index": str(done.index.folder), "read": done.read, "rejected": done.rejected, **about,
            "seconds": round(done.seconds, 3)}  # fmt: skip


def _told(done: Indexed) -> str:
    about = done.index.about
    banks = ", ".join(f"{name} {count:,}" for name, count in about["banks"].items() if count)
    rate = done.read / max(done.seconds, 0.001)
    lines = [
        f"{done.read:,} pictures read in {done.seconds:.1f} s ({rate:,.0f}/s): {about['pictures']:,} indexed ({banks}), "
        f"{about['hashes']:,} different hashes"
    ]
    if done.rejected:
        lines.append(f"  left out: {done.rejected:,}, see {done.index.folder / 'rejects.jsonl'}")
    return "\n".join([*lines, f"index: {done.index.folder}"])


def _summary(out: Path, manifest: dict[str, Any]) -> str:
    rate = manifest["asked"] / max(manifest["seconds"], 0.001)
    found = ", ".join(f"{name} {count:,}" for name, count in manifest["matches"].items() if count) or "none"
    lines = [
        f"{manifest['asked']:,} pictures in {manifest['seconds']:.1f} s ({rate:,.0f}/s); matches: {found}"
    ]
    if manifest["silenced"]:
        lines.append(f"  silenced by the negative bank: {manifest['silenced']:,}")
    if manifest["rejected"]:
        lines.append(f"  left out: {manifest['rejected']:,}, see {out / 'rejects.jsonl'}")
    return "\n".join([*lines, f"matches: {out / 'matches.parquet'}"])

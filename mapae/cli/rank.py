"""`mapae screen --kind consignment --model DIR`: rank declaration lines under an inspection budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import orjson
import typer
from rich.console import Console

from mapae.app.consignments import Ranked, RankRequest, rank
from mapae.cli.spoken import say
from mapae.errors import UsageError

__all__ = ["Asked", "rank_lines"]

_DRIFTED = 0.25


class Asked(NamedTuple):
    """What a user asks of a ranking: the model's folder, shares to inspect and left to chance, weight, seed."""

    model: Path | None
    rate: float
    explore: float
    weight: float
    seed: int


def rank_lines(
    inputs: Sequence[Path],
    out: Path,
    kind: str | None,
    asked: Asked,
    columns: Mapping[str, str],
    *,
    quiet: bool,
    as_json: bool,
) -> None:
    """Rank and tell what came of it. UsageError without a model, or with one for another kind; exits 3 after rejects."""
    if asked.model is None:
        raise UsageError(
            "consignments are ranked by a model and none is named",
            where="--model",
            mend="mapae train consignments FILE... --out DIR, then --model DIR",
        )
    if kind not in (None, "consignment"):
        raise UsageError(
            "a model of consignments ranks consignments only", where="--kind", mend="leave --kind out"
        )
    console = Console(stderr=True, highlight=False, soft_wrap=True, quiet=quiet or as_json)
    request = RankRequest(
        tuple(inputs), out, asked.model, asked.rate, asked.explore, asked.weight, asked.seed, columns
    )
    result = rank(request, lambda text: console.print(f"{text} …"))
    if as_json:
        typer.echo(orjson.dumps({"out": str(out), **result.manifest}).decode())
    else:
        say(_summary(result))
    if result.rejected:
        raise typer.Exit(3)


def _summary(result: Ranked) -> str:
    manifest = result.manifest
    speed = manifest["rows_read"] / max(manifest["seconds"], 0.001)
    ways = ", ".join(f"{name} {count:,}" for name, count in manifest["selected_by"].items() if count)
    lines = [
        f"{manifest['rows_read']:,} lines ranked in {manifest['seconds']:.1f} s ({speed:,.0f}/s)",
        f"  to inspect  {manifest['selected']:,} ({ways})",
    ]
    moved = [name for name, index in manifest["drift"].items() if index > _DRIFTED]
    if moved:
        lines.append(
            f"  the lines differ from those the model knows: {', '.join(moved)}; train on newer results"
        )
    if result.rejected:
        lines.append(f"  rejected rows {result.rejected:,}, see {result.out / 'rejects.jsonl'}")
    return "\n".join([*lines, f"ranking: {result.out / 'ranking.parquet'}"])

"""`mapae sellers`: one seller behind a page, a shop, an advert, a payee and a complaint."""

from __future__ import annotations

from pathlib import Path

import typer

from mapae.app.context import make_context
from mapae.app.sellers import join_sellers
from mapae.cli.spoken import say
from mapae.model.records import KINDS

__all__ = ["app"]

app = typer.Typer(add_completion=False, rich_markup_mode=None)
_SHOWN = 20


@app.command(epilog="Example: mapae sellers posts.csv adverts.csv complaint=messages.csv --out out/")
def sellers(
    inputs: list[str] = typer.Argument(
        ..., metavar="[KIND=]FILE...", help="posts, adverts, listings, complaints, pages"
    ),
    out: Path = typer.Option(Path("mapae-out-sellers"), "--out", metavar="DIR", help="for sellers.parquet"),
    pack: str = typer.Option("kr", help="the jurisdiction"),
) -> None:
    """Join accounts that are one seller's, by what they share and by names across scripts.

    Writes OUT/sellers.parquet: a row an account and reason. Exits 0, or 3 when rows could not be read.
    """
    joined, rejected = join_sellers([_input(text) for text in inputs], make_context(pack, None, "none"), out)
    several = [group for group in joined.groups if len(group) > 1]
    say(f"{len(joined.accounts):,} accounts and records: {len(several):,} sellers behind more than one")
    for group in several[:_SHOWN]:
        first = [joined.accounts[number] for number in group]
        typer.echo(
            "  " + " = ".join(f"{one.kind} {one.platform}/{one.account or one.record}" for one in first[:5])
        )
        for number in group[:5]:
            for tie in joined.ties.get(number, ())[:1]:
                typer.echo(f"      {tie.kind}: {tie.detail}")
    say(f"table: {out / 'sellers.parquet'}")
    if rejected:
        raise typer.Exit(3)


def _input(text: str) -> tuple[str | None, Path]:
    kind, equals, rest = text.partition("=")
    return (kind, Path(rest)) if equals and kind in KINDS else (None, Path(text))

"""`mapae desk import-mail`, `export-decisions`, `export-merchants`: the helpline's files, in and out."""

from __future__ import annotations

import json
import os
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from mapae.cli.desk import app, ready
from mapae.cli.spoken import say

if TYPE_CHECKING:
    from mapae.desk.helpline.mailbox.taking import Reject

__all__ = ["app", "export_decisions", "export_merchants", "import_mail"]

_SHOWN = 20  # rejects told on the screen


@app.command("import-mail", epilog="Example: mapae desk import-mail inbox.mbox --rejects rejects.jsonl")
def import_mail(
    sources: list[Path] = typer.Argument(
        ..., metavar="FILE...", help=".eml or mbox files, or folders of them"
    ),
    rejects: Path | None = typer.Option(
        None, "--rejects", help="a file for what was not taken, one JSON object a line"
    ),
    as_json: bool = typer.Option(False, "--json", help="the counts as JSON"),
) -> None:
    """Take e-mails in as complaints, each once by its Message-ID; an import that was cut off goes on when run again.

    Messages to a complaint's relay address are passed on to its consumer. Exit 0: all taken; 3: some were rejected.
    """
    ready()
    from mapae.desk.helpline.mailbox.boxes import messages
    from mapae.desk.helpline.mailbox.taking import take_in

    with _opened(rejects) as file:
        done = take_in(
            chain.from_iterable(messages(path) for path in sources),
            rejected=lambda one: _tell(one, file),
            progress=_progress,
        )
    counts = done.plain()
    if as_json:
        typer.echo(json.dumps(counts))
    else:
        for one in done.rejects[:_SHOWN]:
            typer.echo(f"{one.place}: {one.what}: {one.why}", err=True)
        say(
            f"messages {done.read:,}: complaints {done.complaints:,}, passed on {done.relayed:,}, "
            f"there already {done.before:,}, rejected {done.rejected:,}"
        )
    if done.rejected or done.rejects:
        raise typer.Exit(3)


@app.command("export-decisions", epilog="Example: mapae desk export-decisions decided.jsonl")
def export_decisions(
    target: Path = typer.Argument(..., metavar="FILE", help="a JSON Lines file, written anew"),
) -> None:
    """Write what officers decided on complaints as labelled cases for `mapae train helpline` and `mapae evaluate helpline`.

    Personal data in the text stay masked.
    """
    ready()
    from mapae.desk.helpline.desk_decisions import write

    say(f"{target}: {write(target):,} cases")


@app.command("export-merchants", epilog="Example: mapae desk export-merchants merchants.jsonl")
def export_merchants(
    target: Path = typer.Argument(..., metavar="FILE", help="a JSON Lines file, written anew"),
) -> None:
    """Write reports of merchants as records for `mapae screen FILE --kind complaint --measure market_power`.

    Whatever identifies a merchant is cut: names, addresses, numbers, exact amounts and days.
    """
    ready()
    from mapae.desk.merchants.export import write

    say(f"{target}: {write(target):,} records")


def _opened(path: Path | None) -> TextIO:
    return (path or Path(os.devnull)).open("w", encoding="utf-8")


def _tell(one: Reject, file: TextIO) -> None:
    file.write(json.dumps({"place": one.place, "what": one.what, "why": one.why}, ensure_ascii=False) + "\n")


def _progress(done: int) -> None:
    if done % 500 == 0 and sys.stderr.isatty():
        typer.echo(f"{done:,} messages", err=True)

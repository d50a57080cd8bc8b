"""`mapae`: the root command; each sub-command's module is imported only when it is called."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from typing import Any, NoReturn

import typer
from rich.console import Console
from typer.core import TyperGroup

from mapae import __version__
from mapae.cli.begin import begin
from mapae.errors import MapaeError

__all__ = ["COMMANDS", "app", "main"]

# name → (module:attribute, one line of help); order is the order of `mapae --help`.
COMMANDS: dict[str, tuple[str, str]] = {
    "screen": (
        "mapae.cli.screen:app",
        "Hold records against dated law and lists; write findings with evidence.",
    ),
    "rescreen": ("mapae.cli.rescreen:app", "Hold what was screened before against new list entries only."),
    "evaluate": ("mapae.cli.evaluate:app", "Score a set of labelled cases by the code path of screen."),
    "lists": ("mapae.cli.lists:app", "Import and show reference lists."),
    "law": ("mapae.cli.law:app", "Show, check and apply dated law."),
    "match": ("mapae.cli.match:app", "Link the same products of two files."),
    "images": ("mapae.cli.images:app", "Index known pictures and find them again."),
    "sellers": (
        "mapae.cli.sellers:app",
        "Join accounts that are one seller's, across files of several kinds.",
    ),
    "report": ("mapae.cli.report:app", "Reports over several runs: domestic beside overseas."),
    "agreements": (
        "mapae.cli.agreements:app",
        "Recompute what platforms promised from events; draft new promises; compare terms.",
    ),
    "compare": ("mapae.cli.compare:app", "Compare two versions of a privacy policy, item by item."),
    "markets": (
        "mapae.cli.markets:app",
        "Pricing pressure, mergers on a table of shares, ad spending declared and seen.",
    ),
    "train": ("mapae.cli.train:app", "Train a model on decisions of your own."),
    "serve": ("mapae.cli.serve:app", "Serve the desk, with its outbox worker."),
    "desk": ("mapae.cli.desk_mail:app", "Keep the desk: database, evidence, audit."),
    "demo": ("mapae.cli.demo:app", "Screen the shipped sample with every measure and open the report."),
}


# what keeps a command from writing → the remedy
_PLACES: dict[int, str] = {
    errno.ENOSPC: "make room on that disk, or write elsewhere (--out, MAPAE_HOME); the same command goes on where it stopped",
    errno.EDQUOT: "your share of that disk is used up: make room, or write elsewhere (--out, MAPAE_HOME)",
    errno.EACCES: "give yourself the right to it, or name another place",
    errno.EPERM: "give yourself the right to it, or name another place",
    errno.EROFS: "that disk can only be read: name another place (--out, MAPAE_HOME)",
    errno.EEXIST: "there is a file of that name: name a folder, or remove it",
    errno.ENOTDIR: "a part of that path is a file: name a folder",
    errno.EISDIR: "that is a folder: name a file",
    errno.ENAMETOOLONG: "the name is too long: give a shorter one",
}


class LazyGroup(TyperGroup):
    """A group whose commands are found in COMMANDS."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import the module of the command that is called."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        found: Any = getattr(importlib.import_module(module), attribute)
        command = typer.main.get_command(found) if isinstance(found, typer.Typer) else found
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List commands by their one line of help, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


app = typer.Typer(cls=LazyGroup, no_args_is_help=True, add_completion=False, rich_markup_mode=None)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"mapae {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version."
    ),
) -> None:
    """Mapae: what overseas shops sell, held against dated law and safety lists, with evidence.

    Example: mapae screen listings.csv --out findings/
    """


def _refuse(error: MapaeError) -> NoReturn:
    from mapae.cli.locales import language
    from mapae.cli.spoken import refusal

    said = refusal(error, language())
    Console(stderr=True, soft_wrap=True, highlight=False).print(said, style="red", markup=False)
    sys.exit(2)


def main() -> None:
    """Run the command line; an error a user can mend is printed without a traceback and exits 2."""
    begin(sys.argv[1:])
    try:
        app()
    except MapaeError as error:
        _refuse(error)
    except OSError as error:  # of the place where something is written; inputs are told by their readers
        if error.errno is None or error.errno not in _PLACES:
            raise
        where, what = str(error.filename or ""), os.strerror(error.errno)
        _refuse(MapaeError(what, where=where, mend=_PLACES[error.errno]))
    except KeyboardInterrupt:
        sys.exit(130)

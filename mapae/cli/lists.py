"""`mapae lists`: import reference lists into a store, and show what is there."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import orjson
import typer
from rich.cells import cell_len, set_cell_size
from rich.console import Console

from mapae.app.context import parse_day
from mapae.app.import_lists import Imported, ImportRequest, Shown, import_list, show_lists, undo_import
from mapae.app.import_lists_fetch import FetchLimits
from mapae.cli.lists_words import words
from mapae.cli.screen import parse_columns
from mapae.errors import UsageError
from mapae.sources.agencies import source_names

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
_SOURCES = ", ".join(source_names())


@app.callback()
def lists() -> None:
    """Import and show the reference lists that records are held against."""


@app.command(
    "import",
    epilog=f"SOURCE is one of: {_SOURCES}. Example: mapae lists import cpsc recalls.jsonl --lists lists/",
)
def import_command(
    source: str = typer.Argument(..., metavar="SOURCE", help="who publishes it"),
    inputs: list[str] = typer.Argument(..., metavar="FILE|URL...", help="one load; pages of an API may be several"),
    store: Path | None = typer.Option(None, "--lists", metavar="DIR", help="default: $MAPAE_HOME/lists"),
    list_name: str | None = typer.Option(None, "--list", metavar="LIST", help="for csv: the list to fill"),
    name: str = typer.Option("", "--name", help="keep it under this name beside other loads of the source"),
    rename: list[str] = typer.Option([], "--map", metavar="FIELD=column", help="which column fills a field; repeatable"),
    keep_missing: bool = typer.Option(False, "--keep-missing", help="the load is a part: what it lacks stays"),
    full: bool = typer.Option(False, "--full", help="the load is the whole list: what it lacks is gone"),
    least: int | None = typer.Option(None, "--min-rows", min=0, help="refuse a load with fewer rows"),
    most: int | None = typer.Option(None, "--max-rows", min=0, help="refuse a load with more rows"),
    changed_as_new: bool = typer.Option(False, "--changed-as-new", help="rescreen changed entries too"),
    day: str | None = typer.Option(None, "--day", metavar="DATE", help="day on which new entries count as added"),
    origin: str = typer.Option("", "--origin", help="where it comes from, in your words"),
    header: list[str] = typer.Option([], "--header", metavar="NAME:VALUE", help="sent with the request; repeatable"),
    pack: str = typer.Option("kr", "--pack", help="the jurisdiction"),
    no_progress: bool = typer.Option(False, "--no-progress", help="say nothing while working"),
    as_json: bool = typer.Option(False, "--json", help="print the result as JSON"),
) -> None:  # fmt: skip
    """Import a reference list; the version before stays, and what is unreadable goes to rejects.jsonl.

    Exits 0, or 2 for bad use or a load that is not believable, or 3 when some rows were rejected.
    """
    if full and keep_missing:
        raise UsageError("a load is the whole list or a part", where="--full", mend="leave one option out")
    request = ImportRequest(
        source=source, inputs=tuple(inputs), day=_day(day, date.today()), store=store, list=list_name,
        name=name, mapping=parse_columns(rename), extent="full" if full else "part" if keep_missing else None,
        least=least, most=most, origin=origin, changed_as_new=changed_as_new, pack=pack,
        fetch=FetchLimits(headers=_headers(header)),
    )  # fmt: skip
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if no_progress or as_json or not console.is_terminal:
        done = import_list(request)
    else:
        with console.status("…") as status:
            done = import_list(request, lambda stage, count: status.update(words(stage, count=count)))
    typer.echo(orjson.dumps(_as_json(done)).decode() if as_json else _as_text(done, request.day))
    if done.rejected:
        raise typer.Exit(3)


@app.command("undo", epilog="Example: mapae lists undo recalls cpsc --lists lists/")
def undo_command(
    list_name: str = typer.Argument(..., metavar="LIST", help="as lists show names it"),
    source: str = typer.Argument(..., metavar="SOURCE", help="the source whose last import is undone"),
    store: Path | None = typer.Option(None, "--lists", metavar="DIR", help="default: $MAPAE_HOME/lists"),
    as_json: bool = typer.Option(False, "--json", help="print the result as JSON"),
) -> None:  # fmt: skip
    """Undo the last import of a source: the version before is in use again, the later file stays beside it.

    Exits 0, or 2 where there is no version before.
    """
    done = undo_import(list_name, source, store)
    facts = {"list": list_name, "source": source, **asdict(done), "file": str(done.file)}
    typer.echo(orjson.dumps(facts).decode() if as_json else words("undone", **facts))


@app.command("show", epilog="Example: mapae lists show --lists lists/ --since 2026-11-01")
def show_command(
    store: str | None = typer.Option(None, "--lists", metavar="DIR|none", help="default: $MAPAE_HOME/lists"),
    since: str | None = typer.Option(None, "--since", metavar="DATE", help="count what was added since; default: 30 days"),
    pack: str = typer.Option("kr", "--pack", help="the jurisdiction"),
    as_json: bool = typer.Option(False, "--json", help="print as JSON"),
) -> None:  # fmt: skip
    """Show every list with its sources, their day, their rows, and what was added lately."""
    day = _day(since, date.today() - timedelta(days=30))
    folder = Path(store) if store and store != "none" else None
    shown = show_lists(day, folder, pack, user=store is None)
    if as_json:
        typer.echo(orjson.dumps([{**asdict(item), "since": day.isoformat()} for item in shown]).decode())
        return
    _print(shown, day)


def _print(shown: list[Shown], since: date) -> None:
    console = Console(highlight=False, soft_wrap=True)
    heads = [
        words(key, since=since.isoformat()) for key in ("list", "source", "day", "rows", "added", "origin")
    ]
    rows = [
        [item.list, item.source, item.day, f"{item.rows:,}", f"{item.added:,}", item.origin] for item in shown
    ]
    widths = [max(map(cell_len, column)) for column in zip(heads, *rows, strict=True)]
    widths[-1] = max(20, console.width - sum(widths[:-1]) - 2 * len(widths))
    for row in [heads, *rows]:
        cells = [
            _fit(cell, width, at in (3, 4)) for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        console.print("  ".join(cells).rstrip(), markup=False)
    if not any(item.imported for item in shown):
        console.print(words("empty"), markup=False)
        console.print(words("sources", names=_SOURCES), markup=False)


def _fit(text: str, width: int, right: bool) -> str:
    """The text in `width` columns of a terminal: cut with an ellipsis, or filled up."""
    if cell_len(text) > width:
        return set_cell_size(text, width - 1).rstrip() + "…"
    return " " * (width - cell_len(text)) + text if right else set_cell_size(text, width)


def _as_json(done: Imported) -> dict[str, Any]:
    written = asdict(done.written)
    flat = {
        key: getattr(done, key) for key in ("list", "source", "read", "rejected", "cells", "extent", "notes")
    }
    return {**flat, **written, "file": str(done.written.file), "rejects": str(done.rejects)}


def _as_text(done: Imported, day: date) -> str:
    written = done.written
    lines = [
        words(
            "done" if written.fresh else "nothing", list=done.list, source=done.source, rows=written.rows,
            added=written.added, changed=written.changed, gone=written.gone,
        )
    ]  # fmt: skip
    lines += [words("older", day=written.older, gone=written.gone)] if written.older else []
    lines += [words("few", read=done.read, few=done.few)] if done.few else []
    lines += [words("note", text=note) for note in done.notes]
    lines += [words("rejected", rejected=done.rejected, path=done.rejects)] if done.rejected else []
    lines += [words("cells", cells=done.cells, path=done.rejects)] if done.cells else []
    lines += [words("next", day=day.isoformat())] if written.added else []
    return "\n".join(lines)


def _day(text: str | None, default: date) -> date:
    return parse_day(text, default)


def _headers(pairs: list[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, colon, value = pair.partition(":")
        if not colon or not name.strip() or not value.strip():
            raise UsageError(
                f"not a header: {pair!r}", where="--header", mend="write --header 'AuthKey: VALUE'"
            )
        found[name.strip()] = value.strip()
    return found

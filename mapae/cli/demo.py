"""`mapae demo`: screen an invented market with every measure, say what was found, open the training desk at its tour."""

from __future__ import annotations

import os
import time
import webbrowser
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mapae.app.context import parse_day
from mapae.app.demo import Demo, run_demo
from mapae.app.serve_folder import serve_folder
from mapae.cli.demo_desk import (
    PASSWORD,
    PEOPLE,
    Loading,
    begin_loading,
    desk_installed,
    desk_loaded,
    desk_serving,
    load_desk,
    stamp,
)
from mapae.cli.demo_words import say
from mapae.cli.locales import language
from mapae.errors import MapaeError
from mapae.report.striking import hidden_reason

__all__ = ["app"]

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog="Example: mapae demo --once --out demo/")
def demo(
    once: bool = typer.Option(
        False, "--once", envvar="DEMO_ONCE", help="fetch the first page once and end instead of serving"
    ),
    out: Path = typer.Option(Path("mapae-demo"), "--out", metavar="DIR", help="where sample and reports go"),
    no_open: bool = typer.Option(False, "--no-open", help="open no browser"),
    port: int = typer.Option(
        0, "--port", min=0, max=65535, help="port on this machine; 0: 8000 or any that is free"
    ),
    no_desk: bool = typer.Option(False, "--no-desk", help="show the reports only"),
    as_of: str | None = typer.Option(None, "--as-of", metavar="DATE", help="read the law as of this day"),
) -> None:
    """Screen more than 5,000 invented listings, adverts, posts and lab results, show what was found, open the desk's tour.

    Nothing leaves this machine. Shops and sellers are invented; brands, substances and recalls are facts. Without the
    desk's packages (`mapae[desk]`) the reports are shown instead. A second run by the same Mapae loads nothing again.
    """
    day, mark = parse_day(as_of), stamp()
    begun: list[Loading] = []  # the desk, which loads beside the screening once the first finding is told
    if _told(out, mark, day) is None:
        (out / "said.txt").unlink(missing_ok=True)
        wanted = not no_desk and desk_installed() and not desk_loaded(out)
        try:
            _screen(out, day, mark, lambda: begun.append(begin_loading(out, port)) if wanted else None)
        except BaseException:
            for each in begun:
                each.process.kill()
            raise
    typer.echo(_told(out, mark, day), nl=False)
    if no_desk or not desk_installed():
        typer.echo(say("no_desk") if not no_desk else "", nl=not no_desk)
        return _reports(out, port, once, no_open)
    try:
        _desk(out, port, once, no_open, *begun)
    except MapaeError as error:
        typer.echo(say("desk_failed", error=error), err=True)
        _reports(out, port, once, no_open)


def _screen(out: Path, day: date, mark: str, begin: Callable[[], None]) -> None:
    """Screen and tell; the first finding is told at once, then `begin` is called; the rest is kept in OUT/said.txt, and told
    from there."""
    started = time.monotonic()
    console = Console(highlight=False, soft_wrap=True, markup=False)
    console.print(say("begin"))

    def first(row: dict[str, Any]) -> None:
        _first(console, row, time.monotonic() - started)
        begin()

    result = run_demo(out, day, language(), first=first)
    kept = Console(
        highlight=False, soft_wrap=True, markup=False, file=StringIO(), force_terminal=console.is_terminal
    )
    _tell(kept, result)
    assert isinstance(kept.file, StringIO)
    (out / "said.txt").write_text(f"{mark} {day} {language()}\n{kept.file.getvalue()}", "utf-8")


def _told(out: Path, mark: str, day: date) -> str | None:
    """What an earlier run of the same Mapae told for that day, in this language; None where there was none."""
    place = out / "said.txt"
    head, _, told = (place.read_text("utf-8") if place.is_file() else "").partition("\n")
    return told if head == f"{mark} {day} {language()}" and (out / "index.html").is_file() else None


def _desk(out: Path, port: int, once: bool, no_open: bool, begun: Loading | None = None) -> None:
    typer.echo(say("loaded" if desk_loaded(out) else "loading"))
    address = load_desk(out, port, begun)
    with desk_serving(out, address) as process:
        if once:
            typer.echo(say("answered", address=f"{address}/tour", out=out))
            return
        typer.echo(say("logins", password=PASSWORD, people=", ".join(PEOPLE)))
        typer.echo(say("touring", address=f"{address}/tour", reports=(out / "index.html").resolve()))
        if not no_open and _has_screen():
            webbrowser.open(f"{address}/tour")
        try:
            process.wait()
        except KeyboardInterrupt:
            return


def _reports(out: Path, port: int, once: bool, no_open: bool) -> None:
    with serve_folder(out, port) as address:
        if once:
            _fetch(address)
            typer.echo(say("answered", address=address, out=out))
            return
        typer.echo(say("serving", address=address))
        if not no_open and _has_screen():
            webbrowser.open(address)
        _wait()


def _first(console: Console, row: dict[str, Any], seconds: float) -> None:
    console.print(say("first", seconds=seconds))
    console.print(_line(row))


def _tell(console: Console, result: Demo) -> None:
    """What was found by measure, then the striking findings, then who must appoint an agent."""
    total = say("total", records=result.records, findings=result.findings, seconds=result.seconds)
    console.print(f"\n{total}")
    console.print(_table(result))
    console.print(say("striking"))
    for row in result.striking:
        console.print(_line(row))
    for day in sorted({day for day, _ in result.duties}):
        console.print(say("owed", day=day, who=", ".join(_owed(result, day)) or say("nobody")))


def _owed(result: Demo, day: date) -> list[str]:
    """Who must appoint an agent on the day, under which article."""
    return [
        f"{duty.operator} ({duty.article})"
        for when, duty in result.duties
        if when == day and duty.answer == "required"
    ]


def _table(result: Demo) -> Table:
    table = Table(say("measure"), say("all"), say("where"), box=None, pad_edge=False)
    table.columns[1].justify = "right"
    kept = language()
    for key, title in result.measures.items():
        counts = {kind: run.manifest["measures"].get(key, 0) for kind, run in result.runs.items()}
        where = " · ".join(f"{say(kind)} {count:,}" for kind, count in counts.items() if count)
        table.add_row(title.get(kept, key), f"{sum(counts.values()):,}", where)
    return table


def _line(row: dict[str, Any]) -> Text:
    """`[high] 나ㅇㅣ키 → Nike · TM 108 · the title`, hidden characters shown."""
    reason, severity = hidden_reason(row), row["severity"]
    title = _plain(row["subject_title"] or row["subject_id"])[:70]
    text = Text("  ")
    text.append(f"[{severity}]", style="bold red" if severity in ("critical", "high") else "bold")
    text.append(f" {_plain(reason['seen'])}", style="bold")
    text.append(f" → {reason['matched']}" if reason["matched"] not in ("", reason["seen"]) else "")
    text.append(f" · {row['reference_id']} · {row['provision']} · {title}", style="dim")
    return text


def _plain(text: str) -> str:
    """The text on one line, with each invisible character as ‹200B›."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() else f"‹{ord(char):04X}›" for char in text
    )


def _fetch(address: str) -> None:
    """The first page, as a browser would ask for it; MapaeError where it does not come."""
    answer = httpx.get(address, timeout=10.0, trust_env=False)
    if answer.status_code != 200 or "</html>" not in answer.text:
        raise MapaeError(f"the first page did not come (status {answer.status_code})", where=address)


def _has_screen() -> bool:
    return os.name == "nt" or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.uname().sysname == "Darwin"
    )


def _wait() -> None:
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        return

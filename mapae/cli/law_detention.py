"""`mapae law detention`: the file of goods held at customs for a right, as text or as a document to print."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import orjson
import typer

from mapae.app.context import parse_day
from mapae.app.law.detention import detention_file, read_detention
from mapae.app.law.detention_said import detention_lines, detention_page
from mapae.cli.locales import language
from mapae.law import LawBook
from mapae.pack import load_pack

__all__ = ["detention"]


def detention(
    case: Path = typer.Argument(..., metavar="CASE", help="YAML: value_krw, sme, held_notice_on and so on"),
    as_of: str | None = typer.Option(None, "--as-of", metavar="DATE", help="read the file as of this day"),
    out: Path | None = typer.Option(None, "--out", metavar="FILE", help="write the file as an HTML document"),
    pack: str = typer.Option("kr", "--pack", help="the pack, by key or folder"),
    lang: str | None = typer.Option(None, "--lang", help="ko or en (by locale)"),
    as_json: bool = typer.Option(False, "--json", help="print JSON"),
) -> None:
    """The file of goods held at customs for a right: who is told, securities, last days, decisions, with the working.

    CASE holds value_krw (customs value) and, as far as they are known: recorded, sme, releaser_sme, extended, ex_officio,
    counterfeit_mark (true or false); notified_on, requested_on, held_notice_on, proved_on, release_requested_on (days);
    consignment_id, brand, right_holder, declarant, goods, quantity, origin (words).
    """
    day = parse_day(as_of, date.today())
    found = detention_file(LawBook(load_pack(pack)), read_detention(case), day)
    said = language(lang)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(detention_page(found, said), "utf-8")
    if as_json:
        typer.echo(orjson.dumps(asdict(found), option=orjson.OPT_INDENT_2, default=str).decode())
        return
    typer.echo(detention_lines(found, said))
    if out is not None:
        typer.echo(f"document: {out}")

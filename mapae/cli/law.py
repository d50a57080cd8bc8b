"""`mapae law`: show, check and apply dated law."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
import typer

from mapae.app.context import parse_day
from mapae.app.law import (
    check_pack,
    count,
    duties,
    impact,
    parse_length,
    parse_pause,
    parse_regime,
    parse_start,
    read_draft,
    read_operators,
    show,
)
from mapae.cli.law_detention import detention
from mapae.cli.law_text import change_lines, check_lines, deadline_lines, duty_lines, show_lines
from mapae.cli.locales import language
from mapae.law import LawBook
from mapae.pack import load_pack

__all__ = ["app"]

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, help="Show, check and apply dated law."
)

_AS_OF = typer.Option(None, "--as-of", metavar="DATE", help="read the law as of this day (today)")
_PACK = typer.Option("kr", "--pack", help="the pack, by key or folder")
_JSON = typer.Option(False, "--json", help="print JSON")
_LANG = typer.Option(None, "--lang", help="ko or en (by locale)")


@app.command("show", epilog="Example: mapae law show eca.20-5.revenue_threshold --as-of 2027-01-21")
def show_entry(
    key: list[str] = typer.Argument(
        ..., metavar="KEY", help="`ECA 20-5`, `전자상거래법 제20조의5` or `eca.20-5.revenue_threshold`"
    ),
    as_of: str | None = _AS_OF,
    pack: str = _PACK,
    lang: str | None = _LANG,
    as_json: bool = _JSON,
) -> None:
    """Show a provision or parameter: what holds on the day, its history, status and reference."""
    day = parse_day(as_of)
    book = LawBook(load_pack(pack))
    found = show(book, " ".join(key), day)
    _print(asdict(found) | {"as_of": day} if as_json else show_lines(book, found, day, language(lang)))


@app.command(epilog="Example: mapae law check --pack kr --as-of 2026-11-23")
def check(
    as_of: str | None = _AS_OF, pack: str = _PACK, lang: str | None = _LANG, as_json: bool = _JSON
) -> None:
    """Compile a pack's law and name every fault by file and line; exits 1 where there is one.

    References that nobody read for a year before the day count as faults here; loading a pack lets them pass.
    """
    found = check_pack(pack, parse_day(as_of))
    _print(asdict(found) if as_json else check_lines(found, pack, language(lang)))
    if found.problems:
        raise typer.Exit(1)


@app.command(
    epilog="Examples: mapae law deadline 2026-09-23 3bd · mapae law deadline 2026-12-11 1m --regime GAB · "
    "mapae law deadline 2026-09-24T10:00 72h · mapae law deadline 2026-12-20 10d --backward"
)
def deadline(
    start: str = typer.Argument(..., metavar="START", help="the day (or moment, for hours) of the event"),
    length: str = typer.Argument(
        ..., metavar="LENGTH", help="3bd, 7d, 2w, 3m, 1y or 72h (bd: business days)"
    ),
    regime: str = typer.Option(
        "ECA", "--regime", help="GAB: a burden (first day counts, no roll-over); else CIV"
    ),
    backward: bool = typer.Option(
        False, "--backward", help="last day in time for `at least so long before START`"
    ),
    pause: list[str] = typer.Option(
        [], "--pause", metavar="FROM..TO[:REASON]", help="days on which the clock stands"
    ),
    lang: str | None = _LANG,
    as_json: bool = _JSON,
) -> None:
    """Count a statutory period and show the working, day by day."""
    begin, measured, regime = parse_start(start), parse_length(length), parse_regime(regime)
    found = count(begin, measured, regime, backward=backward, pauses=[parse_pause(text) for text in pause])
    if not as_json:
        _print(deadline_lines(found, start, length, language(lang)))
        return
    steps = [{**asdict(step), "ko": step.text("ko"), "en": step.text("en")} for step in found.working]
    _print(
        {
            "start": begin,
            "length": length,
            "regime": regime,
            "end": found.end,
            "rule": found.rule,
            "working": steps,
        }
    )


@app.command(
    epilog="Example: mapae law duty operator.yaml --as-of 2027-01-21 --draft draft_decree_2026-03-11"
)
def duty(
    operator: Path = typer.Argument(
        ..., metavar="OPERATOR", help="YAML: name, role, korean_address and facts"
    ),
    as_of: str | None = _AS_OF,
    draft: str | None = typer.Option(
        None, "--draft", help="read the ECA's thresholds by this announced draft"
    ),
    pack: str = _PACK,
    lang: str | None = _LANG,
    as_json: bool = _JSON,
) -> None:
    """Must the operator appoint a domestic agent? Law by law, limb by limb: yes, no, unknown, and by which fact.

    korean_company: the name of a Korean company that the operator founded or controls; it must be the agent.
    """
    book, day = LawBook(load_pack(pack)), parse_day(as_of)
    found = [
        item
        for each in read_operators(operator)
        for item in each.ask(lambda facts: duties(book, facts, day, draft=draft))
    ]
    _print([asdict(item) for item in found] if as_json else duty_lines(book, found, day, language(lang)))


@app.command(
    "impact", epilog="Example: mapae law impact draft.yaml --operators operators.yaml --as-of 2027-01-21"
)
def weigh(
    draft: Path = typer.Argument(
        ..., metavar="DRAFT", help="YAML: parameters: with key, from, value, reference"
    ),
    operators: Path = typer.Option(
        ..., "--operators", metavar="FILE", help="YAML or JSON Lines of operators"
    ),
    against: str | None = typer.Option(
        None, "--against", help="compare with this announced draft, not with the law"
    ),
    as_of: str | None = _AS_OF,
    pack: str = _PACK,
    lang: str | None = _LANG,
    as_json: bool = _JSON,
) -> None:
    """Whose duty would change if the draft were law; as of its last first day unless a day is given."""
    book = LawBook(load_pack(pack))
    values = read_draft(draft, book)
    day = parse_day(as_of, max(dated.valid_from for dated in values.values()))
    found = [
        item
        for each in read_operators(operators)
        for item in each.ask(lambda facts: impact(book, values, [facts], day, against=against))
    ]
    rows = [asdict(item) | {"changed": item.changed} for item in found]
    _print(rows if as_json else change_lines(found, day, language(lang)))


app.command("detention", epilog="Example: mapae law detention held.yaml --as-of 2026-11-23 --out held.html")(
    detention
)


def _print(content: Any) -> None:
    if isinstance(content, str):
        typer.echo(content)
        return
    typer.echo(orjson.dumps(content, option=orjson.OPT_INDENT_2, default=str).decode())

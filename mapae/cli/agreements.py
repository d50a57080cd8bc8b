"""`mapae agreements`: promises recomputed from events, drafts of new ones, versions of terms compared."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import orjson
import typer

from mapae.app.agreements import Scored, changes_json, draft_for, score_json, score_operator
from mapae.app.context import make_context, parse_day
from mapae.cli.locales import language
from mapae.cli.screen import parse_columns
from mapae.errors import UsageError
from mapae.measures.agreements.score import STATUSES, Score
from mapae.measures.agreements.words import against_words, declared_words, value_words

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)

_Operator = Annotated[str, typer.Argument(metavar="OPERATOR", help="any name of the operator")]
_Events = Annotated[
    list[Path], typer.Option("--events", metavar="FILE", help="records of kind event; repeatable")
]
_Agreement = Annotated[
    list[str], typer.Option("--agreement", metavar="KEY", help="only this agreement; repeatable")
]
_AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="what is known on this day")]
_Pack = Annotated[str, typer.Option(help="the jurisdiction")]
_Map = Annotated[list[str], typer.Option("--map", metavar="A=b", help="file column A is record column b")]
_Json = Annotated[bool, typer.Option("--json", help="print as JSON")]


@app.callback()
def agreements() -> None:
    """What platforms promised, kept or not."""


@app.command("score", epilog="Example: mapae agreements score Temu --events events.csv --as-of 2026-11-25")
def score(
    operator: _Operator,
    events: _Events = [],  # noqa: B006 (read only)
    agreement: _Agreement = [],  # noqa: B006 (read only)
    as_of: _AsOf = None,
    pack: _Pack = "kr",
    rename: _Map = [],  # noqa: B006 (read only)
    as_json: _Json = False,
) -> None:
    """Recompute every commitment that binds the operator from raw events.

    Exits 0 whatever it says, or 3 when rows of the files could not be used.
    """
    if not events:
        raise UsageError("no events are given", where="--events", mend="name at least one file of events")
    context = make_context(pack, parse_day(as_of))
    found = score_operator(operator, events, context, agreement, parse_columns(rename))
    said = language()
    if as_json:
        body = {
            "operator": operator,
            "as_of": context.as_of.isoformat(),
            "scores": [score_json(one, said) for one in found.scores],
            "rejected": [
                {"row": one.row + 1, "column": one.column, "reason": one.reason, "raw": one.raw}
                for one in found.faults
            ],
        }
        typer.echo(orjson.dumps(body, option=orjson.OPT_INDENT_2).decode())
    else:
        typer.echo(_table(found, operator, said))
    if found.faults or found.rejected:
        raise typer.Exit(3)


@app.command(
    "draft", epilog="Example: mapae agreements draft Temu --events events.csv --findings runs/ --out draft/"
)
def draft(
    operator: _Operator,
    events: _Events = [],  # noqa: B006 (read only)
    findings: list[Path] = typer.Option(
        [], "--findings", metavar="DIR", help="OUT folders of mapae screen, or folders of such; repeatable"
    ),
    as_of: _AsOf = None,
    pack: _Pack = "kr",
    rename: _Map = [],  # noqa: B006 (read only)
    said: str | None = typer.Option(None, "--language", metavar="ko|en", help="default: of the locale"),
    out: Path | None = typer.Option(None, "--out", metavar="DIR", help="write draft.md and draft.json here"),
    as_json: _Json = False,
) -> None:
    """Turn breaches that recur into proposed commitments with metric, baseline, threshold, evidence and review date.

    Exits 0 whatever it says.
    """
    if not events and not findings:
        raise UsageError(
            "nothing to draft from", where="--events", mend="name --events FILE or --findings DIR"
        )
    context = make_context(pack, parse_day(as_of))
    made, read = draft_for(operator, events, findings, context, language(said), parse_columns(rename))
    data = orjson.dumps(made.data(), option=orjson.OPT_INDENT_2)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "draft.md").write_text(made.markdown(context.pack), "utf-8")
        (out / "draft.json").write_bytes(data)
    for line in _unused(read, operator, language()):
        typer.echo(line, err=True)
    typer.echo(data.decode() if as_json else made.markdown(context.pack))


@app.command("changes", epilog="Example: mapae agreements changes Temu terms-2025.md terms-2026.md")
def changed(
    operator: _Operator,
    old: Path = typer.Argument(..., metavar="OLD", help="the terms as they were"),
    new: Path = typer.Argument(..., metavar="NEW", help="the terms as they are"),
    agreement: _Agreement = [],  # noqa: B006 (read only)
    as_of: _AsOf = None,
    pack: _Pack = "kr",
    as_json: _Json = False,
) -> None:
    """Name the sentences of two versions that touch a commitment, and whether they bind less or more.

    Exits 0 whatever it says.
    """
    found = changes_json(old, new, operator, make_context(pack, parse_day(as_of)), agreement)
    if as_json:
        typer.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
        return
    for one in found:
        typer.echo(f"{one['weight']}: {one['title'][language()]} ({one['kind']}; {one['why']})")
        for mark, part in (("-", one["old"]), ("+", one["new"])):
            if part:
                typer.echo(f"  {mark} [{part['start']}] {part['text']}")
    if not found:
        typer.echo("no change touches a commitment")


def _table(found: Scored, operator: str, said: str) -> str:
    lines: list[str] = []
    agreement = ""
    for one in found.scores:
        if one.agreement.key != agreement:
            agreement = one.agreement.key
            lines += ["", *_head(one, said)]
        lines += _row(one, said)
    lines += _unused(found, operator, said)
    if lines:
        return "\n".join(lines).strip("\n")
    nothing = "no agreement binds this operator, and its events touch no duty"
    return "이 사업자가 서명한 협약이 없고, 기록이 의무에 닿지 않습니다" if said == "ko" else nothing


def _unused(found: Scored, operator: str, said: str) -> list[str]:
    """Rows that could not be used, and whom the rows are about where none is about the operator."""
    lines = []
    for fault in found.faults[:10]:
        lines.append(f"row {fault.row + 1}, {fault.column}: {fault.reason} {fault.raw!r}")
    if found.rejected:
        unread = (
            "읽지 못한 행 {}개: 목록은 {}" if said == "ko" else "{} rows could not be read: {} lists them"
        )
        lines.append(unread.format(found.rejected, "mapae screen FILE --kind event"))
    if (left := len(found.faults) - 10) > 0:
        lines.append(f"… 제외한 행 {left}개 더" if said == "ko" else f"… {left} more rows set aside")
    if found.others:
        names = ", ".join(found.others[:10]) + (" …" if len(found.others) > 10 else "")
        none = (
            "{}에 관한 기록이 없습니다. 기록에 있는 사업자: {}. 그 이름으로 물어보십시오."
            if said == "ko"
            else "no row is about {}; rows are about: {}. Name the operator as they do."
        )
        lines.append(none.format(operator, names))
    return lines


def _head(one: Score, said: str) -> list[str]:
    head = [one.agreement.title[said]]
    if not one.agreement.text_seen:
        head.append(
            "  협약의 조문과 기한은 공개되지 않아 아래 기준은 협약의 것이 아닙니다."
            if said == "ko"
            else "  Its articles were not seen: what it is read against below is not the agreement's own."
        )
    return head


def _row(one: Score, said: str) -> list[str]:
    lines = [
        f"  {STATUSES[one.status][said]:<12} {one.commitment.title[said]}",
        f"               {value_words(one, said)}; {against_words(one, said)}",
    ]
    if one.waiting or one.unseen:
        waits = "기한 전 {}, 확인 전 {}" if said == "ko" else "waiting {}, not looked at {}"
        lines.append(f"               {waits.format(one.waiting, one.unseen)}")
    lines += [f"               {declared_words(one, stated, said)}" for stated in one.declared]
    return lines

"""`mapae evaluate`: score labelled cases; the answers have the shape of `expect`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import orjson
import typer

from mapae.app.context import make_context, parse_day
from mapae.app.evaluate import Evaluation, evaluate
from mapae.cli.evaluate_desk import desk_precision
from mapae.errors import UsageError

__all__ = ["app"]

app = typer.Typer(add_completion=False, rich_markup_mode=None)
SETS = (
    *("recalls", "substances", "counterfeits", "age_restricted", "adverts", "names"),
    *("helpline", "posts", "policies", "statute", "pairs"),
)


@app.command(epilog="Example: mapae evaluate substances cases.jsonl --out predictions.jsonl --json")
def evaluate_set(
    name: str = typer.Argument("", metavar="SET", help=", ".join(SETS)),
    cases: Path = typer.Argument(
        Path(), metavar="CASES", help="labelled cases, one JSON object a line (statute: YAML)"
    ),
    out: Path | None = typer.Option(None, "--out", help="write one prediction a line here"),
    lists: str | None = typer.Option(None, "--lists", help="a list store added to the pack, or none"),
    documents: Path | None = typer.Option(None, "--documents", help="folder of documents that cases name"),
    as_of: str | None = typer.Option(None, "--as-of", help="read law and lists as of this day"),
    pack: str = typer.Option("kr", "--pack"),
    as_json: bool = typer.Option(False, "--json", help="print the scores as JSON"),
    from_desk: bool = typer.Option(
        False,
        "--from-desk",
        help="score each check by officers' decisions at the desk, without SET and CASES",
    ),
) -> None:
    """Predict every case by the code path of screen and score those that have answers.

    Exits 0 whatever the score, 3 when part of the case file could not be read.
    """
    if from_desk:
        typer.echo(desk_precision(as_json=as_json))
        return
    if name not in SETS:
        what = f"there is no set {name!r}" if name else "no set is named"
        raise UsageError(what, where="SET", mend=f"sets here are: {', '.join(SETS)}")
    if cases == Path():
        raise UsageError("no cases are named", where="CASES", mend=f"mapae evaluate {name} FILE")
    result = _run(name, cases, pack, as_of, lists, documents)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(
            b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in result.predictions)
        )
    typer.echo(
        orjson.dumps(_summary(result), option=orjson.OPT_INDENT_2).decode() if as_json else _table(result)
    )
    for line in result.bad:
        typer.echo(f"{cases}:{line.line}: {line.reason}", err=True)
    if result.bad:
        raise typer.Exit(3)


def _run(
    name: str, cases: Path, pack: str, as_of: str | None, lists: str | None, documents: Path | None
) -> Evaluation:
    if name == "statute":
        from mapae.app.evaluate.statute import evaluate_statute

        return evaluate_statute(cases, pack)
    if name == "names":
        from mapae.app.evaluate.names import evaluate_names

        return evaluate_names(cases)
    if name == "pairs":
        from mapae.app.evaluate.pairs import evaluate_pairs

        pairs: Evaluation = evaluate_pairs(cases)
        return pairs
    return evaluate(name, cases, make_context(pack, parse_day(as_of), lists), documents)


def _summary(result: Evaluation) -> dict[str, object]:
    return {
        "set": result.set,
        "cases": len(result.predictions),
        "labelled": result.labelled,
        "score": asdict(result.score) if result.score else None,
        "by_language": {name: asdict(score) for name, score in result.by_language.items()},
        "wrong": result.wrong,
        "unread": [asdict(line) for line in result.bad],
    }


def _table(result: Evaluation) -> str:
    lines = [f"{result.set}: {len(result.predictions)} cases, {result.labelled} labelled"]
    scores = {"all": result.score, **result.by_language}
    for name, score in scores.items():
        if score is not None:
            more = "  ".join(f"{key} {value:.3f}" for key, value in score.more.items())
            lines.append(
                f"  {name:<6} {score.main} {score.value:.3f} [{score.low:.3f}–{score.high:.3f}]  {more}"
            )
    lines += [
        f"  wrong: {item['id']}: expected {item['expect']}, got {item['prediction']}"
        for item in result.wrong[:20]
    ]
    if len(result.wrong) > 20:
        lines.append(f"  … and {len(result.wrong) - 20} more (--json lists all)")
    return "\n".join(lines)

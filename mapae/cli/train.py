"""`mapae train`: models from users' own decisions."""

from __future__ import annotations

from pathlib import Path

import orjson
import typer
from rich.console import Console

from mapae.app.consignments import Trained, train
from mapae.app.train_helpline import train_helpline
from mapae.app.train_policies import train_policies
from mapae.pack import load_pack

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)

_SHOWN = 20  # rows that could not be used


@app.callback()
def commands() -> None:
    """Train a model on decisions of your own."""


@app.command(epilog="Example: mapae train consignments inspected-2020.csv --out risk/")
def consignments(
    files: list[Path] = typer.Argument(
        ...,
        metavar="FILE...",
        help="inspected declaration lines with columns Fraud (0, 1) and Critical Fraud (0–2)",
    ),
    out: Path = typer.Option(..., "--out", metavar="MODEL_DIR", help="the model's folder"),
    update: bool = typer.Option(False, "--update", help="add new results to the model that is there"),
    seed: int = typer.Option(0, "--seed", help="of folds and trees"),
    as_json: bool = typer.Option(False, "--json", help="print the card's figures as JSON"),
    no_progress: bool = typer.Option(False, "--no-progress", help="say nothing while working"),
) -> None:
    """Train the risk model of declaration lines.

    Figures are measured on the latest fifth by a model of the earlier lines; the model kept is of all lines.
    MODEL_DIR holds the inspected lines too, for --update: keep it as you keep them. Exits 3 when rows were rejected.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True, quiet=no_progress or as_json)
    result = train(files, out, update=update, seed=seed, progress=lambda text: console.print(f"{text} …"))
    told = {"out": str(out), "lines": result.card["lines"], "measured": result.card["measured"]}
    typer.echo(orjson.dumps(told).decode() if as_json else _summary(result))
    if result.rejected:
        raise typer.Exit(3)


@app.command(epilog="Example: mapae train helpline decisions.jsonl --out model/")
def helpline(
    cases: Path = typer.Argument(
        ...,
        metavar="CASES",
        help='JSON Lines of {"complaint": {…}, "expect": {"category": …}, "lang": …}, as for evaluate',
    ),
    out: Path = typer.Option(
        ..., "--out", metavar="DIR", help="folder for model.npz and its card model.yaml"
    ),
    pack: str = typer.Option("kr", "--pack", help="the pack whose cues and messages are used"),
    seed: int = typer.Option(0, "--seed", help="of the folds of cross-validation"),
    as_json: bool = typer.Option(False, "--json", help="print the card as JSON"),
) -> None:
    """Train the model of complaints' categories on the pack's messages and on decisions of your own.

    Figures are cross-validated over both. To use the model, put both files into the pack's helpline folder.
    Exits 3 when lines could not be used.
    """
    made = train_helpline(cases, out, load_pack(pack), seed)
    for item in made.bad:
        typer.echo(f"line {item.line}: {item.reason}", err=True)
    if as_json:
        typer.echo(orjson.dumps({"out": str(out), **made.card}).decode())
    else:
        typer.echo(f"model in {out}: " + ", ".join(f"{n:,} {what}" for what, n in made.card["text"].items()))
        for language, figures in made.card["cross_validated"].items():
            shown = f"accuracy {figures['accuracy']:.3f}  macro-F1 {figures['macro_f1']:.3f}"
            typer.echo(f"  {language:5}  {figures['messages']:>6,} messages  {shown}")
    if made.bad:
        raise typer.Exit(3)


@app.command(epilog="Example: mapae train policies segments/ --out model/")
def policies(
    data: Path = typer.Argument(
        ...,
        metavar="DATA",
        help="a CSV of passage, class; or a folder with train.csv and validation.csv or test.csv",
    ),
    out: Path = typer.Option(
        ..., "--out", metavar="MODEL_DIR", help="folder for practices.npz and its card practices.yaml"
    ),
    seed: int = typer.Option(0, "--seed", help="of the folds of cross-validation"),
    as_json: bool = typer.Option(False, "--json", help="print the card as JSON"),
    no_progress: bool = typer.Option(False, "--no-progress", help="say nothing while working"),
) -> None:
    """Train the tagger of passages of privacy policies.

    Use it with `mapae screen FILE --kind policy --model MODEL_DIR`. Exits 3 when rows could not be used.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True, quiet=no_progress or as_json)
    made = train_policies(data, out, seed=seed, progress=lambda text: console.print(f"{text} …"))
    for row in made.bad[:_SHOWN]:
        typer.echo(f"{row.file}:{row.row}: {row.reason}", err=True)
    if len(made.bad) > _SHOWN:
        typer.echo(f"… and {len(made.bad) - _SHOWN:,} more rows", err=True)
    if as_json:
        typer.echo(orjson.dumps({"out": str(out), **made.card}).decode())
    else:
        typer.echo(f"model in {out}: {len(made.card['thresholds'])} classes")
        parts = {"cross-validated": made.card["cross_validated"], **made.card["set_apart"]}
        for name, part in parts.items():
            shown = f"micro-F1 {part['micro_f1']:.3f}  macro-F1 {part['macro_f1']:.3f}"
            typer.echo(f"  {name:<16} {part['passages']:>6,} passages  {shown}")
    if made.bad:
        raise typer.Exit(3)


@app.command(epilog="Example: mapae train terms sentences.jsonl --out terms-model/")
def terms(
    data: Path = typer.Argument(
        ..., metavar="DATA", help='JSON Lines of {"document": …, "sentence": …, "tags": ["ltd2", …]}'
    ),
    out: Path = typer.Option(..., "--out", metavar="MODEL_DIR", help="folder for terms.npz and model.yaml"),
    pack: str = typer.Option("kr", "--pack", help="the pack whose clause types are used"),
    folds: int = typer.Option(50, "--folds", min=2, help="parts in cross-validation; at most one a document"),
    seed: int = typer.Option(0, "--seed", help="of the folds"),
    as_json: bool = typer.Option(False, "--json", help="print the card as JSON"),
) -> None:
    """Train the model of unfair clauses in terms of service on tagged sentences (CLAUDETTE's tags).

    Figures are of whole documents left out. Use it with: mapae screen terms/ --kind policy --model MODEL_DIR.
    Exits 3 when lines could not be used.
    """
    from mapae.app.train_terms import train_model_of_terms

    made = train_model_of_terms(data, out, load_pack(pack), folds, seed)
    for item in made.bad[:20]:
        typer.echo(f"line {item.line}: {item.reason}", err=True)
    figures = made.card["cross_validated_by_document"]
    if as_json:
        typer.echo(orjson.dumps({"out": str(out), **made.card}).decode())
    else:
        typer.echo(f"model in {out}: {figures['sentences']:,} sentences, {figures['unfair']:,} unfair")
        typer.echo(
            f"  documents left out, {figures['folds']} folds: unfair F1 {figures['f1']:.3f} (", nl=False
        )
        typer.echo(f"precision {figures['precision']:.3f}, recall {figures['recall']:.3f})")
        typer.echo(f"  mean of documents {figures['f1_mean_of_documents']:.3f}; ", nl=False)
        typer.echo(f"tags pooled {figures['f1_tags_pooled']:.3f}, mean {figures['f1_tags_mean']:.3f}")
    if made.bad:
        raise typer.Exit(3)


def _summary(result: Trained) -> str:
    card, figures = result.card, result.card["measured"]
    lines = [f"{card['lines']:,} inspected lines, {card['from']} to {card['to']}; model in {result.out}"]
    if result.unlabelled:
        lines.append(f"  left out: {result.unlabelled:,} lines without a result")
    if figures is None:
        return "\n".join([*lines, "  too few results of both kinds to measure"])
    lines.append(f"  on the latest {figures['lines']:,} lines (fraud {figures['fraud_rate']:.1%}):")
    lines.append(
        f"  precision at 5 %  {figures['precision_at_5']:.3f}   at 10 %  {figures['precision_at_10']:.3f}"
    )
    if figures["critical_recall_at_5"] is not None:
        lines.append(f"  critical fraud caught at 5 %  {figures['critical_recall_at_5']:.3f}")
    return "\n".join([*lines, f"  calibration error {figures['calibration_error']:.3f}"])

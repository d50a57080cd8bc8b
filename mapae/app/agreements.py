"""Agreements from the command line: files of events scored, breaches drafted into commitments, versions of terms compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pyarrow.parquet as pq

from mapae.app.inputs import open_inputs
from mapae.contract import Context, Fault
from mapae.errors import InputError
from mapae.measures.agreements.changes import Sentence, changes
from mapae.measures.agreements.check import scores_of
from mapae.measures.agreements.commitments import load_agreements, operator_key
from mapae.measures.agreements.draft import Draft, Run, draft_commitments
from mapae.measures.agreements.events import read_events
from mapae.measures.agreements.score import STATUSES, Score, finite, of_operator
from mapae.measures.agreements.words import against_words, value_words
from mapae.sources import open_source

__all__ = ["Scored", "changes_json", "draft_for", "read_files", "score_json", "score_operator"]

# the role whose duties a known operator of that kind has not
_OTHER = {"mall": "board_provider", "social": "intermediary"}
_RUN = ["check", "subject_id", "seller_id", "operator", "shadow", "severity"]


@dataclass(frozen=True)
class Scored:
    """Scores of an operator, and rows of the files that could not be used. others: where no row is about the operator, whom
    the rows are about."""

    scores: tuple[Score, ...]
    faults: tuple[Fault, ...]
    rejected: int
    others: tuple[str, ...] = ()


def read_files(
    paths: Sequence[Path], context: Context, columns: Mapping[str, str] | None = None
) -> tuple[pl.DataFrame, tuple[Fault, ...], int]:
    """All events of the files, rows set aside, and how many rows no reader could take."""
    inputs = open_inputs(paths, kind="event", columns=columns)
    read = read_events(
        (batch for feed in inputs.feeds for batch in feed.batches()),
        context.pack.data("agreements/events.yaml"),
    )
    return read.table, read.faults, sum(feed.rejected() for feed in inputs.feeds) + len(inputs.failed)


def score_operator(
    operator: str,
    paths: Sequence[Path],
    context: Context,
    agreements: Sequence[str] = (),
    columns: Mapping[str, str] | None = None,
) -> Scored:
    """The operator's commitments recomputed from the files; rows that name no operator count as its own."""
    table, faults, rejected = read_files(paths, context, columns)
    scores = tuple(scores_of(table, context, (operator,), agreements))
    named = () if len(of_operator(table, operator, unnamed=True)) else sorted(table["operator"].unique())
    return Scored(scores, faults, rejected, tuple(named))


def draft_for(
    operator: str,
    events: Sequence[Path],
    findings: Sequence[Path],
    context: Context,
    language: str,
    columns: Mapping[str, str] | None = None,
) -> tuple[Draft, Scored]:
    """Proposed commitments from files of events, and from OUT folders of screenings (or folders of such); and what the files
    of events gave."""
    scored = score_operator(operator, events, context, (), columns) if events else Scored((), (), 0)
    runs = [_run(folder, operator) for place in findings for folder in _runs(place)]
    table, words = (context.pack.data(f"agreements/{name}.yaml") for name in ("draft", "events"))
    made = draft_commitments(operator, scored.scores, runs, context.as_of, language, table, words)
    return made, scored


def _runs(place: Path) -> list[Path]:
    if (place / "findings.parquet").is_file():
        return [place]
    found = sorted(path.parent for path in place.rglob("findings.parquet")) if place.is_dir() else []
    if not found:
        raise InputError(
            "there are no findings of a screening",
            where=str(place),
            mend="name an OUT folder of mapae screen",
        )
    return found


def _run(folder: Path, operator: str) -> Run:
    """Findings on this operator that count: not on trial, not mere notes."""
    manifest = orjson.loads((folder / "manifest.json").read_bytes())
    table = pl.from_arrow(pq.read_table(folder / "findings.parquet", columns=_RUN))
    assert isinstance(table, pl.DataFrame)
    mine = of_operator(table.with_columns(pl.col("operator").fill_null("")), operator)
    mine = mine.filter(~pl.col("shadow").fill_null(False) & (pl.col("severity") != "info"))
    rows = mine.select("check", "subject_id", pl.col("seller_id").fill_null("")).rows()
    return Run(date.fromisoformat(manifest["as_of"]), folder.name, tuple(rows))


def changes_json(
    old: Path, new: Path, operator: str, context: Context, keys: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Changes between two texts that touch a commitment which binds the operator."""
    loaded = load_agreements(context.pack, context.book, context.as_of, keys)
    other = _OTHER.get(_known_as(operator, context), "")
    bound = [one for one in loaded if one.binds(operator) and (not one.role or one.role != other)]
    titles = {(one.key, item.key): item.title for one in bound for item in one.commitments}
    return [
        {
            "agreement": one.agreement, "commitment": one.commitment, "title": titles[one.agreement, one.commitment],
            "kind": one.kind, "weight": one.weight, "why": one.why, "old": _place(one.old), "new": _place(one.new),
        }
        for one in changes(_text(old), _text(new), bound, context.pack.data("agreements/changes.yaml"))
    ]  # fmt: skip


def _known_as(operator: str, context: Context) -> str:
    """What the pack's services say the operator is: mall, social, or empty."""
    wanted = operator_key(operator)
    for row in context.pack.data("helpline/operators.yaml")["services"]:
        if wanted in map(operator_key, (row["name"], *row["names"])):
            return str(row["kind"])
    return ""


def _text(path: Path) -> str:
    """The document's text, as screening reads it."""
    batches = open_source(path, "policy").batches()
    return "\n".join(text for batch in batches for text in batch.column("text").to_pylist() if text)


def _place(one: Sentence | None) -> dict[str, Any] | None:
    return None if one is None else {"text": one.text, "start": one.start, "end": one.end}


def score_json(score: Score, language: str = "en") -> dict[str, Any]:
    """One score as the command prints it; numbers without bound are null."""
    item, agreement = score.commitment, score.agreement
    return {
        "operator": score.operator,
        "agreement": agreement.key,
        "kind": agreement.kind,
        "text_seen": agreement.text_seen,
        "commitment": item.key,
        "title": item.title[language],
        "metric": item.metric,
        "within": {
            "days": item.within.count,
            "business": item.within.business,
            "basis": item.within.basis,
        },
        "against": {**item.against, "basis": item.basis},
        "provision": item.provision,
        "status": score.status,
        "said": f"{STATUSES[score.status][language]}: {value_words(score, language)}; {against_words(score, language)}",
        "value": finite(score.value),
        "low": finite(score.low),
        "high": finite(score.high),
        "n": score.n,
        "kept": score.kept,
        "waiting": score.waiting,
        "unseen": score.unseen,
        "declared": [
            {
                "value": one.value,
                "n": one.n,
                "on": one.on.isoformat(),
                "source": one.source,
                "inside": one.inside,
            }
            for one in score.declared
        ],
        "breaches": [
            {
                "subject_id": one.subject_id,
                "start": one.start.isoformat(),
                "due": one.due.isoformat(),
                "end": one.end.isoformat() if one.end else None,
                "what": one.what,
                "evidence": one.evidence,
            }
            for one in score.breaches
        ],
        "months": [{"month": month, "n": n, "kept": kept} for month, n, kept in score.months],
    }

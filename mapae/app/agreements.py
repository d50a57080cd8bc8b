"""Agreements from the command line: files of events scored, breaches drafted into commitments, versions of terms compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from mapae.app.inputs import open_inputs
from mapae.contract import Context, Fault
from mapae.measures.agreements.check import scores_of
from mapae.measures.agreements.events import read_events
from mapae.measures.agreements.score import STATUSES, Score, finite
from mapae.measures.agreements.words import against_words, value_words

__all__ = ["Scored", "read_files", "score_json", "score_operator"]


@dataclass(frozen=True)
class Scored:
    """Scores of an operator, and rows of the files that could not be used."""

    scores: tuple[Score, ...]
    faults: tuple[Fault, ...]
    rejected: int


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
    return Scored(tuple(scores_of(table, context, (operator,), agreements)), faults, rejected)


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

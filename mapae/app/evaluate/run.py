"""Runs a set of cases through the checks of its measure and scores what comes back."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa

from mapae.app.evaluate.bad import BadLine
from mapae.app.evaluate.documents import answer_of, with_documents
from mapae.app.evaluate.sets import SETS, CaseSet, Scored
from mapae.catalog import checks
from mapae.contract import Context
from mapae.contract.run import prepare
from mapae.errors import InputError, UsageError
from mapae.model.finding import Finding
from mapae.model.records import KINDS

__all__ = ["BadLine", "Evaluation", "evaluate", "read_cases"]

Predict = Callable[[list[Finding]], dict[str, Any]]


@dataclass(frozen=True)
class Evaluation:
    """Predictions in the order of the cases, scores over the labelled ones, by language, and lines that failed."""

    set: str
    predictions: list[dict[str, Any]]
    score: Scored | None
    by_language: dict[str, Scored] = field(default_factory=dict)
    labelled: int = 0
    wrong: list[dict[str, Any]] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)


def read_cases(path: Path) -> tuple[list[dict[str, Any]], list[BadLine]]:
    """Cases of a JSONL file, and the lines that are none."""
    if not path.is_file():
        raise InputError(
            "there is no such case file", where=str(path), mend="name a JSONL file of labelled cases"
        )
    numbered, bad = _numbered(path)
    return [case for _, case in numbered], bad


def _numbered(path: Path) -> tuple[list[tuple[int, dict[str, Any]]], list[BadLine]]:
    """Line numbers with cases, and the lines that are none."""
    cases: list[tuple[int, dict[str, Any]]] = []
    bad: list[BadLine] = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            case = orjson.loads(line)
            if not isinstance(case, dict):
                raise ValueError("not an object")
            cases.append((number, case | {"id": case.get("id", f"line-{number}")}))
        except ValueError as error:
            bad.append(BadLine(number, f"not a JSON object: {error}"))
    return cases, bad


def evaluate(name: str, path: Path, context: Context, documents: Path | None = None) -> Evaluation:
    """Predict every case of the file and score those that have answers.

    UsageError for an unknown set, InputError where the file is missing. A case whose document is missing is a bad line.
    documents: a further folder in which documents are looked for.
    """
    if name not in SETS:
        raise UsageError(f"there is no set {name!r}", mend=f"sets here are: {', '.join(SETS)}")
    chosen = SETS[name]
    cases, bad = read_cases(path)
    if name == "policies":
        cases, missing = with_documents(_numbered(path)[0], path, documents)
        bad = sorted([*bad, *missing], key=lambda item: item.line)
        cases = [case | {"expect": answer_of(case)} for case in cases]
    found = _findings(chosen, cases, context)
    predict = _predictor(chosen)
    answers = [predict(found[number]) for number in range(len(cases))]
    predictions = [
        {"id": case["id"], "prediction": answer, "reasons": [_reason(item) for item in found[number]]}
        for number, (case, answer) in enumerate(zip(cases, answers, strict=True))
    ]
    labelled = [
        (case, answer) for case, answer in zip(cases, answers, strict=True) if case.get("expect") is not None
    ]
    return Evaluation(
        name,
        predictions,
        chosen.score([(case["expect"], answer) for case, answer in labelled]) if labelled else None,
        _by_language(chosen, labelled),
        len(labelled),
        [
            {"id": case["id"], "expect": case["expect"], "prediction": answer}
            for case, answer in labelled
            if chosen.score([(case["expect"], answer)]).value < 1
        ],
        bad,
    )


def _findings(chosen: CaseSet, cases: Sequence[dict[str, Any]], context: Context) -> dict[int, list[Finding]]:
    """Findings by case number: records get their number as id so that equal ids in a file stay apart."""
    shape = KINDS[chosen.kind]
    rows = []
    for number, case in enumerate(cases):
        record = dict(case.get(chosen.record) or {})
        rows.append({column.name: _cell(record.get(column.name), column.type) for column in shape.schema})
        rows[-1][shape.key] = str(number)
    ready = prepare(checks(chosen.checks), context, chosen.kind)
    batch = pa.RecordBatch.from_pylist(rows, schema=shape.schema)
    found: dict[int, list[Finding]] = defaultdict(list)
    for item in ready.findings(batch) if rows else ():
        if not item.shadow:
            found[int(item.subject_id)].append(item)
    return found


def _cell(value: Any, kind: pa.DataType) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if pa.types.is_floating(kind):
        try:
            return float(value)
        except (TypeError, ValueError):
            return None
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _predictor(chosen: CaseSet) -> Predict:
    module, attribute = chosen.predict.split(":")
    predict: Predict = getattr(importlib.import_module(module), attribute)
    return predict


def _reason(item: Finding) -> dict[str, Any]:
    return {
        "check": item.check,
        "reference_id": item.reference_id,
        "score": round(item.score, 3),
        "provision": item.provision,
        "evidence": [
            {
                "field": r.field,
                "start": r.start,
                "end": r.end,
                "seen": r.seen,
                "matched": r.matched,
                "detail": r.detail,
            }
            for r in item.reasons
        ],
    }


def _by_language(
    chosen: CaseSet, labelled: Sequence[tuple[dict[str, Any], dict[str, Any]]]
) -> dict[str, Scored]:
    parts: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for case, answer in labelled:
        parts[str(case.get("lang", "?"))].append((case["expect"], answer))
    return {language: chosen.score(pairs) for language, pairs in sorted(parts.items())}

"""The set `pairs`: two listings, the same product or not, told by linking all left ones with all right ones of the file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from mapae.app.evaluate.names import score_flags
from mapae.app.evaluate.run import BadLine, Evaluation, read_cases
from mapae.app.match_reasons import pair_reasons
from mapae.detect.linking import Links, Table, build_table, decide, gather
from mapae.sources import open_source

__all__ = ["evaluate_pairs"]

_SIDES = ("left", "right")


def evaluate_pairs(path: Path) -> Evaluation:
    """Predict every pair of the file ({"left", "right", "match"?, "lang"?}) and score those with an answer (F1 of true).

    The pairs are linked as `mapae match` links files: rivals among all records of the file, threshold without labels.
    """
    read, bad = read_cases(path)
    cases = [case for case in read if all(isinstance(case.get(side), dict) for side in _SIDES)]
    if len(cases) < len(read):
        bad = [*bad, BadLine(0, f"{len(read) - len(cases)} objects without left and right")]
    results = _linked(cases) if cases else []
    answers = [_answer(case) for case in cases]
    labelled = [
        (case, want, got)
        for case, want, (got, _) in zip(cases, answers, results, strict=True)
        if want is not None
    ]
    languages = sorted({str(case["lang"]) for case, _, _ in labelled if "lang" in case})
    return Evaluation(
        "pairs",
        [
            {"id": case["id"], "prediction": got, "reasons": reasons}
            for case, (got, reasons) in zip(cases, results, strict=True)
        ],
        score_flags([(want, got) for _, want, got in labelled]) if labelled else None,
        {
            name: score_flags([(w, g) for case, w, g in labelled if case.get("lang") == name])
            for name in languages
        },
        len(labelled),
        [
            {"id": case["id"], "expect": want, "prediction": got}
            for case, want, got in labelled
            if want != got
        ],
        bad,
    )


def _answer(case: dict[str, Any]) -> bool | None:
    found = case.get("match", case.get("expect"))
    return found if isinstance(found, bool) else None


def _linked(cases: list[dict[str, Any]]) -> list[tuple[bool, list[dict[str, Any]]]]:
    """(same, reasons) of every pair."""
    with tempfile.TemporaryDirectory() as work:
        numbers, tables = [], []
        for side in _SIDES:
            places, table = _side([case[side] for case in cases], Path(work, side))
            numbers.append(places)
            tables.append(table)
        pairs = np.stack(numbers, 1)
        left, right = tables
        links = decide(gather(left, right, also=pairs), len(left), len(right))
        return _answers(links, pairs, left, right)


def _answers(links: Links, pairs: Any, left: Table, right: Table) -> list[tuple[bool, list[dict[str, Any]]]]:
    linked = {
        (int(i), int(j)): place
        for place, (i, j) in enumerate(zip(links.evidence.left, links.evidence.right, strict=True))
    }
    titles = left.titles.to_pylist(), right.titles.to_pylist()
    found = []
    for i, j in pairs.tolist():
        place = linked.get((i, j))
        reasons = [] if place is None else pair_reasons(links, place, titles[0][i], titles[1][j])
        found.append((place is not None, [_shown(reasons)] if reasons else []))
    return found


def _shown(reasons: Iterable[Any]) -> dict[str, Any]:
    keys = ("field", "start", "end", "seen", "matched", "detail")
    return {"evidence": [{key: getattr(reason, key) for key in keys} for reason in reasons]}


def _side(records: list[dict[str, Any]], folder: Path) -> tuple[list[int], Table]:
    """The distinct records of one side as a table, and the place of each given record in it (−1: not read)."""
    numbers: dict[bytes, int] = {}
    given = []
    for record in records:
        plain = {key: value for key, value in record.items() if key not in ("id", "listing_id")}
        given.append(numbers.setdefault(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS), len(numbers)))
    folder.mkdir(parents=True)
    path = folder / "records.jsonl"
    path.write_bytes(
        b"".join(orjson.dumps({"listing_id": str(n), **orjson.loads(line)}, option=orjson.OPT_APPEND_NEWLINE)
                 for line, n in numbers.items())
    )  # fmt: skip
    table = build_table(open_source(path, "listing").batches(), folder / "bulk")
    place_of = {int(key): place for place, key in enumerate(table.keys.to_pylist())}
    return [place_of.get(number, -1) for number in given], table

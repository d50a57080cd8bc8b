"""The set `names`: two names, the same firm, brand or seller or not."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from mapae.app.evaluate.run import Evaluation, read_cases
from mapae.app.evaluate.scores import F1, bootstrap, f1
from mapae.app.evaluate.sets import Scored
from mapae.text.names import compare

__all__ = ["evaluate_names", "score_flags"]

Pair = tuple[bool, bool]


def evaluate_names(path: Path) -> Evaluation:
    """Predict every pair of the file and score those with answers (F1 of true)."""
    cases, bad = read_cases(path)
    results = [
        compare(str(case.get("a", "")), str(case.get("b", "")), str(case.get("kind", "firm")))
        for case in cases
    ]
    predictions: list[dict[str, Any]] = [
        {"id": case["id"], "prediction": result.same, "reasons": list(result.reasons)}
        for case, result in zip(cases, results, strict=True)
    ]
    labelled = [(c, r.same) for c, r in zip(cases, results, strict=True) if isinstance(c.get("expect"), bool)]
    languages: dict[str, list[Pair]] = defaultdict(list)
    for case, same in labelled:
        languages[str(case.get("lang", "?"))].append((case["expect"], same))
    pairs = [(case["expect"], same) for case, same in labelled]
    return Evaluation(
        "names",
        predictions,
        score_flags(pairs) if pairs else None,
        {language: score_flags(part) for language, part in sorted(languages.items())},
        len(labelled),
        [
            {"id": c["id"], "expect": c["expect"], "prediction": same}
            for c, same in labelled
            if c["expect"] != same
        ],
        bad,
    )


def _counts(pairs: list[Pair]) -> F1:
    return f1(({"x"} if want else set(), {"x"} if got else set()) for want, got in pairs)


def score_flags(pairs: list[Pair]) -> Scored:
    """F1 of true over (expected, predicted), with its interval."""
    found = _counts(pairs)
    low, high = bootstrap(pairs, lambda part: _counts(list(part)).value)
    return Scored("f1", found.value, low, high, {"precision": found.precision, "recall": found.recall})

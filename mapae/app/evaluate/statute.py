"""The set `statute`: rows answered by the rule pack, and what `mapae evaluate` reports of them."""

from __future__ import annotations

from pathlib import Path

from mapae.app.evaluate.run import BadLine, Evaluation
from mapae.app.evaluate.scores import wilson
from mapae.app.evaluate.sets import Scored
from mapae.app.evaluate_statute import predict, read_rows, same, score
from mapae.law import LawBook
from mapae.pack import load_pack

__all__ = ["evaluate_statute"]


def evaluate_statute(path: Path, pack: str = "kr") -> Evaluation:
    """Predict every row of the file and score those with answers; rows in error are named with their line."""
    rows = read_rows(path)
    given = predict(rows, LawBook(load_pack(pack)))
    pairs = list(zip(rows, given, strict=True))
    labelled = [(row, item) for row, item in pairs if "expect" in row.content]
    counts = score([row.content for row in rows], given)
    return Evaluation(
        "statute",
        [{key: item[key] for key in ("id", "prediction", "reasons")} for item in given],
        _scored(counts),
        {},
        len(labelled),
        [
            {"id": row.id, "expect": row.content["expect"], "prediction": item["prediction"]}
            for row, item in labelled
            if not same(row.content["expect"], item["prediction"])
        ],
        [BadLine(row.line, str(item["error"])) for row, item in pairs if "error" in item],
    )


def _scored(counts: dict[str, tuple[int, int]]) -> Scored | None:
    if "all" not in counts:
        return None
    shares = {name: right / total for name, (right, total) in sorted(counts.items())}
    return Scored("exact", shares.pop("all"), *wilson(*counts["all"]), shares)

"""Posts that sell told from others: labelled cases by language, consumers' messages as posts, and the speed."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from bench import Row
from mapae.app.context import make_context
from mapae.app.evaluate import evaluate
from mapae.app.evaluate.run import Evaluation
from mapae.catalog import checks
from mapae.contract import Context
from mapae.contract.run import prepare
from mapae.model.records import KINDS
from mapae.pack import load_pack
from tools.posts_model import f1, trained

TITLE = "Posts that sell"
INTRO = (
    "Posts were written by the maker of the words, so that every figure flatters. The first lot was written before them; "
    "lots 2 to 6 after the words had been mended for the lot before, terse and in new wordings on purpose. By words alone, "
    "first sight was F1 .258, .541, .800, .741 and .538 (lots 2 to 6). The model then learned from all six, so that what "
    "counts is each lot held out from the model; words had been mended for lots 1 to 5, not for lot 6. Lot 7 (24 plainer "
    "posts) was written last and neither was changed for it: F1 1.000 at first sight. Consumers' messages of the shared "
    "cases, read as posts, are none that sells."
)
_ROOT = Path(__file__).resolve().parents[1]
_CASES = _ROOT / "tests/cases"
_SHARED = _ROOT.parent / "shared/cases/helpline.jsonl"
_LANGUAGES = ("ko", "en", "zh")
_SPEED = 50_000


def main() -> list[Row]:
    """F1 of each lot by language, false alarms, posts a second."""
    context = make_context("kr", date(2026, 11, 25), "none")
    rows = []
    for name, path in (
        ("lot 1", _CASES / "posts.jsonl"),
        ("lots 2 to 7", _CASES / "second/posts.jsonl"),
        ("by another hand", _CASES / "third/posts.jsonl"),
    ):
        found = evaluate("posts", path, context)
        rows.append(_scored(f"{name}, now", found))
    rows += _held_out()
    if _SHARED.is_file():
        texts = [json.loads(line)["complaint"]["text"] for line in _SHARED.read_text("utf-8").splitlines()]
        count = len(_found(context, texts))
        rows.append(Row("consumers' messages read as posts", {"cases": len(texts), "alarms": count}))
    return [*rows, _speed(context)]


def _scored(what: str, found: Evaluation) -> Row:
    score = found.score
    assert score is not None
    by = {name: found.by_language[name].value for name in _LANGUAGES if name in found.by_language}
    return Row(
        what,
        {
            "cases": found.labelled,
            "F1": score.value,
            "interval": f"{score.low:.3f}–{score.high:.3f}",
            "precision": score.more["precision"],
            "recall": score.more["recall"],
            **by,
        },
    )


def _held_out() -> list[Row]:
    """Each lot of the pack's examples by a model of the others."""
    lots = load_pack("kr").data("social/examples.yaml")
    rows = []
    for number, (name, mine) in enumerate(lots.items(), 1):
        others = [row for lot, found in lots.items() if lot != name for row in found]
        rows.append(
            Row(
                f"lot {number}, held out from the model",
                {"cases": len(mine), "F1": f1(trained(others), mine)},
            )
        )
    return rows


def _found(context: Context, texts: Sequence[str]) -> list[Any]:
    ready = prepare(checks(("social_commerce.market_posts",)), context, "post")
    return list(ready.findings(_records(texts)))


def _records(texts: Sequence[str]) -> pa.RecordBatch:
    schema = KINDS["post"].schema
    rows = [dict.fromkeys(schema.names) | {"post_id": str(n), "text": text} for n, text in enumerate(texts)]
    return pa.RecordBatch.from_pylist(rows, schema=schema)


def _speed(context: Context) -> Row:
    """All labelled posts over and over: half of them sell, which is the slow side."""
    lines = [*_lines(_CASES / "posts.jsonl"), *_lines(_CASES / "second/posts.jsonl")]
    batch = _records((lines * (_SPEED // len(lines) + 1))[:_SPEED])
    ready = prepare(checks(("social_commerce.market_posts",)), context, "post")
    list(ready.findings(batch.slice(0, 500)))
    started = time.process_time()
    count = len(list(ready.findings(batch)))
    seconds = time.process_time() - started
    return Row(
        "posts a processor second", {"cases": _SPEED, "alarms": count, "per second": round(_SPEED / seconds)}
    )


def _lines(path: Path) -> list[str]:
    return [json.loads(line)["post"]["text"] for line in path.read_text("utf-8").splitlines()]

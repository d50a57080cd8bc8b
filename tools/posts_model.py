"""Trains the model of posts that sell on the pack's examples, and says what it gives on a lot that was held out.

python -m tools.posts_model [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from mapae.app.context import make_context
from mapae.contract.run import make_batch, prepare
from mapae.measures.social_commerce.market_posts import market_posts
from mapae.measures.social_commerce.model import FILE, PostModel, fit, save
from mapae.model.records import KINDS
from mapae.pack import load_pack

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Hold each lot out in turn, then train on all of them."""
    lots: Mapping[str, list[dict[str, Any]]] = load_pack("kr").data("social/examples.yaml")
    for name in lots:
        others = [row for lot, rows in lots.items() if lot != name for row in rows]
        print(f"{name:<8} held out: F1 {f1(trained(others), lots[name]):.3f} of {len(lots[name])}")
    if "--check" not in sys.argv:
        save(trained([row for rows in lots.values() for row in rows]), ROOT / "mapae/packs/kr" / FILE)


def trained(rows: list[dict[str, Any]]) -> PostModel:
    """The model of these examples."""
    return fit([row["text"] for row in rows], [row["sells"] for row in rows])


def f1(model: PostModel, rows: list[dict[str, Any]]) -> float:
    """F1 of the check with this model."""
    schema = KINDS["post"].schema
    records = [
        dict.fromkeys(schema.names) | {"post_id": str(n), "text": row["text"]} for n, row in enumerate(rows)
    ]
    batch = make_batch("post", pa.RecordBatch.from_pylist(records, schema=schema))
    ready = prepare((market_posts(model),), make_context("kr", date(2026, 11, 25), "none"), "post")
    found = {int(item.subject_id) for item in ready.judge(batch)}
    wanted = {n for n, row in enumerate(rows) if row["sells"]}
    return 2 * len(found & wanted) / max(1, len(found) + len(wanted))


if __name__ == "__main__":
    main()

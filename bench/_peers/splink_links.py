"""Run in .venv/peers: {"left": [{"id", "title", "price"}], "right": […]} → {"pairs": [[left, right, weight]], "seconds"}.

splink as its guides advise for two tables without labels: blocking by rules, u from random pairs, m by expectation
maximisation in two passes, match weight as the score.
"""

from __future__ import annotations

import json
import re
import sys
import time
from typing import Any

import pyarrow as pa
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on


def shaped(row: dict[str, Any]) -> dict[str, Any]:
    """A record as splink wants it: words, the longest word with a digit as its code, price as a number."""
    words = re.findall(r"\w+", row["title"].lower())
    codes = sorted((word for word in words if re.search(r"\d", word) and len(word) > 3), key=len)
    price = re.sub(r"[^0-9.]", "", row["price"] or "")
    return {
        "unique_id": row["id"], "title": " ".join(words), "tokens": sorted(set(words)),
        "code": codes[-1] if codes else None, "first": words[0] if words else None,
        "price": float(price) if price.replace(".", "", 1).isdigit() else None,
    }  # fmt: skip


def price_comparison() -> cl.CustomComparison:
    """Prices within 5 %, within 20 %, or further apart."""
    near = "abs(price_l - price_r) / greatest(price_l, price_r, 0.01) < {}"
    levels = [
        cll.NullLevel("price"),
        cll.CustomLevel(near.format(0.05), "within 5 %"),
        cll.CustomLevel(near.format(0.2), "within 20 %"),
        cll.ElseLevel(),
    ]
    return cl.CustomComparison(output_column_name="price", comparison_levels=levels)


def main() -> None:
    asked = json.load(sys.stdin)
    db = DuckDBAPI()
    start = time.perf_counter()
    tables = [
        db.register(pa.Table.from_pylist([shaped(row) for row in asked[side]]), table_name=f"{side}_table")
        for side in ("left", "right")
    ]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.ArrayIntersectAtSizes("tokens", [8, 6, 5, 4, 3, 2, 1]),
            cl.JaroWinklerAtThresholds("title", [0.95, 0.88, 0.8, 0.7]),
            cl.ExactMatch("code").configure(term_frequency_adjustments=True),
            price_comparison(),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("code"),
            block_on("tokens", arrays_to_explode=["tokens"]),
        ],
    )
    linker = Linker(tables, settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match([block_on("code")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in ("code", "first"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(rule))
    found = linker.inference.predict(threshold_match_probability=0.001).as_pyarrow_table()
    columns = [found[name].to_pylist() for name in ("unique_id_l", "unique_id_r", "match_weight")]
    own = {row["id"] for row in asked["left"]}
    pairs = [[a, b, weight] if a in own else [b, a, weight] for a, b, weight in zip(*columns, strict=True)]
    print(json.dumps({"pairs": pairs, "seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()

"""Tables of shares that a lawyer can read (tests/packs/kr/market_shares.yaml), decided by the check."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from mapae.measures.market_power.dominance import CHECK
from tests.measures.market_power.tables import judged

CASES = yaml.safe_load((Path(__file__).parents[2] / "packs/kr/market_shares.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_each_case_is_decided_as_it_says(case, tmp_path):
    lines = ["market,period,firm,group,value,low,high,currency"]
    for name, amount in (case.get("won") or case["percent"]).items():
        low, high = amount if isinstance(amount, list) else ("", "")
        known = "" if amount is None or isinstance(amount, list) else f"{float(amount):.10g}"
        ends = ",".join(f"{float(end):.10g}" if end else "" for end in (low, high))
        lines.append(
            f"m,2025,{name},{case.get('groups', {}).get(name, '')},{known},{ends},{'KRW' if 'won' in case else '%'}"
        )
    found = judged(tmp_path, CHECK, "market_share", "\n".join(lines), as_of=case["as_of"])
    assert {row["group"]: row["presumed"] for row in found.tables["shares"].to_pylist()} == case["presumed"]

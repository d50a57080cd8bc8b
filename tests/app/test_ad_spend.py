"""Declared advertising spend is held against the least and most that ad libraries show, by platform or advertiser."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapae.app.ad_spend import spend_against
from mapae.errors import InputError

LIBRARY = """ad_archive_id,page_name,ad_delivery_start_time,spend,currency,publisher_platforms
1,Lumibay,2026-03-01,"lower_bound: 1000000, upper_bound: 1499999",KRW,facebook
2,Lumibay,2026-03-05,"lower_bound: 2000000, upper_bound: 2499999",KRW,instagram
3,Dalmart,2026-03-05,"lower_bound: 100, upper_bound: 499",KRW,instagram
"""
HEAD = "firm,period,value,currency\n"


def told(folder: Path, declared: str, by: str = "platform") -> dict[str, tuple[float, float | None, str]]:
    (folder / "library.csv").write_text(LIBRARY, "utf-8")
    (folder / "declared.csv").write_text(HEAD + declared, "utf-8")
    rows = spend_against((folder / "library.csv",), folder / "declared.csv", by)  # type: ignore[arg-type]
    return {row[by]: (row["seen_low"], row["seen_high"], row["answer"]) for row in rows}


def test_what_was_declared_is_below_within_or_above_what_was_seen(tmp_path):
    found = told(tmp_path, "facebook,2026,1200000,KRW\nInstagram,2026,5000,KRW\nyoutube,2026,7,KRW\n")
    assert found == {
        "facebook": (1_000_000, 1_499_999, "within what was seen"),
        "instagram": (2_000_100, 2_500_498, "below what was seen"),
        "youtube": (0, 0, "nothing was seen"),
    }


def test_an_advertisers_own_figure_is_held_against_its_adverts_on_all_platforms(tmp_path):
    found = told(tmp_path, "Lumibay,2026,9000000,KRW\n", "advertiser")
    assert found["Lumibay"] == (3_000_000, 3_999_998, "above what was seen")
    assert found["Dalmart"][2] == "not declared"


@pytest.mark.parametrize(
    "row", ["facebook,2026,-4,KRW", "facebook,soon,4,KRW", ",2026,4,KRW", "facebook,2026,,KRW"]
)
def test_a_declared_figure_that_cannot_be_one_is_told_by_its_row(tmp_path, row):
    with pytest.raises(InputError, match="record 2"):
        told(tmp_path, f"instagram,2026,1,KRW\n{row}\n")

"""Screening adverts writes which of them belong together beside the findings."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from mapae.app.screen import Request, screen


def test_screening_adverts_writes_campaigns_with_the_flagged_ones_counted(tmp_path: Path) -> None:
    rows = [
        {"advert_id": "1", "text": "처방전 없이 졸피뎀 30정 12만원, 카톡: zzzshop1", "landing_url": ""},
        {"advert_id": "2", "text": "새 상품 입고, 카톡: zzzshop1", "landing_url": "https://zzz.example/"},
        {"advert_id": "3", "text": "가을 코트 할인", "landing_url": "https://coat.example/"},
    ]
    path = tmp_path / "adverts.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    screen(
        Request(
            (path,),
            tmp_path / "out",
            date(2026, 11, 24),
            kind="advert",
            measures=("illegal_ads",),
            lists="none",
            csv=True,
        )
    )
    found = pq.read_table(tmp_path / "out" / "campaigns.parquet").to_pylist()
    assert [(row["record_id"], row["flagged"], row["flagged_in_campaign"]) for row in found] == [
        ("1", True, 1),
        ("2", False, 1),
    ]
    assert found[1]["detail"] == "same campaign as 1 flagged adverts, by kakao"
    assert found[1]["links"][0]["seen"] == "zzzshop1"
    assert (found[1]["advertiser"], found[1]["title"]) == ("", "새 상품 입고, 카톡: zzzshop1")
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "1 of 2 adverts with a finding" in report
    assert f'href="#c-{found[0]["campaign_id"]}"' in report
    assert len((tmp_path / "out" / "campaigns.csv").read_text("utf-8-sig").splitlines()) == 3

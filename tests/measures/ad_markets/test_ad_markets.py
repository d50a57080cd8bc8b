"""Advertising markets: segments by name, the shares of 2017, clauses of advertising terms."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
import yaml

from mapae.app.context import make_context
from mapae.contract.run import prepare
from mapae.measures.ad_markets.segments import Segments
from mapae.measures.ad_markets.shares import CHECK as SHARES
from mapae.measures.ad_markets.terms import CHECK as TERMS
from mapae.model.records import KINDS
from tests.measures.market_power.tables import judged

CONTEXT = make_context("kr", date(2026, 11, 25), "none")
SEGMENTS = Segments(CONTEXT.pack.data("markets/ads.yaml"))


@pytest.mark.parametrize(
    ("market", "segment"),
    [
        ("video advertising", "video"), ("동영상 광고", "video"), ("Online video ads (Korea)", "video"),
        ("Search ads", "search"), ("검색광고 시장", "search"), ("social media advertising", "social"),
        ("display ad market", "display"), ("DSP", "buy_side"), ("공급측 광고기술(SSP)", "sell_side"),
        ("ad exchange", "exchange"), ("광고 검증", "ad_verification"), ("온라인 광고", "online"), ("视频广告", "video"),
        ("open market leads", None), ("video streaming", None), ("오픈마켓", None), ("search engines", None),
    ],
)  # fmt: skip
def test_a_market_is_told_by_its_name(market, segment):
    found = SEGMENTS.of(market)
    assert (found.key if found else None) == segment


def published():
    (row,) = CONTEXT.pack.data("markets/ads.yaml")["published"]
    lines = [
        f"video advertising,{row['period']},{firm},value,{share}" for firm, share in row["shares"].items()
    ]
    return "\n".join(["market,period,firm,basis,value", *lines])


def test_the_published_video_shares_of_2017_make_all_three_presumed(tmp_path):
    found = judged(tmp_path, SHARES, "market_share", published())
    (one,) = found.findings
    assert one.reference_id == "ad_market:video/2017/value"
    assert "presumed dominant: YouTube, Facebook, Naver" in [reason.detail for reason in one.reasons]
    row = found.tables["ad_markets"].to_pylist()[0]
    assert (row["segment"], row["presumed"]) == ("video", ["YouTube", "Facebook", "Naver"])
    assert row["cr3_low"] == row["cr3_high"] == pytest.approx(80.4)


def test_partial_data_give_bounds_and_say_on_what_it_hangs(tmp_path):
    text = "market,period,firm,basis,value,low,high\nsearch ads,2024,A,value,45,,\n"
    text += "search ads,2024,B,value,,10,40\nsearch ads,2024,C,value,9,,\n"
    (one,) = judged(tmp_path, SHARES, "market_share", text).findings
    said = " | ".join(reason.detail for reason in one.reasons)
    assert "depends on unknowns: A" in said and "presumed while B has" in said


def test_a_table_without_advertising_markets_says_nothing(tmp_path):
    found = judged(
        tmp_path,
        SHARES,
        "market_share",
        "market,period,firm,value\nopen market,2024,A,90\nopen market,2024,B,10\n",
    )
    assert not list(found.findings) and not found.tables


CLAUSES = [
    ("ad_tying", "Advertisers must use our ad server to measure campaigns on the network."),
    ("ad_tying", "To access search ads, advertisers are required to also purchase display ads."),
    ("ad_tying", "광고주는 동영상 광고 지면을 구매하려면 회사의 광고구매 솔루션을 반드시 이용하여야 한다."),
    (
        "ad_self_preference",
        "Publishers that use our ad server shall give our exchange the first opportunity to bid on every impression.",
    ),
    ("data_exclusivity", "Publishers may not send bid requests to competing exchanges."),
    (
        "ad_tying",
        "YouTube inventory is available for purchase only through the company's demand-side platform.",
    ),
    ("ad_tying", "Reservation inventory can only be purchased through our buying tool."),
    ("ad_tying", "플랫폼 지면의 광고는 당사 광고 관리자를 통해서만 구매할 수 있습니다."),
    ("ad_tying", "广告主必须使用平台的广告管理工具进行投放。"),
    (
        "ad_self_preference",
        "Bids from our own exchange receive priority: we prioritise our ad exchange before other buyers.",
    ),
    ("ad_self_preference", "회사는 자사 광고 거래소의 입찰을 우선 낙찰합니다."),
    (
        "data_exclusivity",
        "Publishers may not display ads served by any competing ad network on the same page.",
    ),
    (
        "data_exclusivity",
        "매체사는 경쟁사 광고 SDK를 설치하거나 이용하여서는 안 됩니다.",
    ),
]
PLAIN = [
    "If you choose to use our ad server, additional fees apply.",
    "Adverts must not contain misleading claims or third-party trademarks.",
    "광고주는 심사를 통과한 광고만 게재할 수 있습니다.",
    "We do not prioritise our own exchange; all buyers are treated alike.",
]


def terms(text):
    given = {"document_id": "d", "doc_kind": "ad_policy", "text": f"{text} Advertising terms."}
    schema = KINDS["policy"].schema
    columns = [pa.array([given.get(item.name)], item.type) for item in schema]
    found = prepare([TERMS], CONTEXT, "policy").findings(pa.RecordBatch.from_arrays(columns, schema=schema))
    return {one.reference_id.partition(":")[2] for one in found}


@pytest.mark.parametrize(("kind", "text"), CLAUSES)
def test_a_clause_of_advertising_terms_is_found(kind, text):
    assert kind in terms(text)


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_advertising_terms_are_left_alone(text):
    assert not terms(text)


def test_every_pattern_of_the_pack_has_a_title_in_three_languages():
    for name in ("terms", "ad_terms"):
        for entry in yaml.safe_load((CONTEXT.pack.root / f"markets/{name}.yaml").read_text("utf-8"))[
            "kinds"
        ].values():
            assert set(entry["title"]) == {"en", "ko", "zh"} and {"en", "ko"} <= set(entry["note"])

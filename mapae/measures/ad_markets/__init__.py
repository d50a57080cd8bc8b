"""Measure ad_markets: who dominates digital advertising."""

from mapae.contract import MeasureCard
from mapae.measures.ad_markets.shares import CHECK as SHARES
from mapae.measures.ad_markets.terms import CHECK as TERMS

__all__ = ["CARD"]

CARD = MeasureCard(
    key="ad_markets",
    title={"ko": "디지털 광고 시장", "en": "Advertising markets", "zh": "数字广告市场"},
    who_acts="공정거래위원회",
    on_whom="platforms and intermediaries of digital advertising",
    provisions=("MRF 5", "MRF 6", "MRF 45"),
    kinds=("market_share", "policy"),
    checks=(SHARES, TERMS),
)

"""Measure market_power: antimonopoly law against abuse that hurts local merchants."""

from mapae.contract import MeasureCard
from mapae.measures.market_power.complaints import CHECK as COMPLAINTS
from mapae.measures.market_power.dominance import CHECK as DOMINANCE
from mapae.measures.market_power.fees import CHECK as FEES
from mapae.measures.market_power.prices import CHECK as PRICES
from mapae.measures.market_power.rank import CHECK as RANK
from mapae.measures.market_power.settlement import CHECK as SETTLEMENT
from mapae.measures.market_power.terms import CHECK as TERMS

__all__ = ["CARD"]

CARD = MeasureCard(
    key="market_power",
    title={"ko": "시장지배력", "en": "Market power", "zh": "市场支配力"},
    who_acts="공정거래위원회",
    on_whom="firms and their affiliates, acts abroad with effect in Korea included (MRF 3)",
    provisions=("MRF 5", "MRF 6", "MRF 45", "LRD 8", "LRD 10", "LRD 11"),
    kinds=("market_share", "search_result", "policy", "fee", "settlement", "price_cost", "complaint"),
    checks=(DOMINANCE, RANK, TERMS, FEES, SETTLEMENT, PRICES, COMPLAINTS),
)

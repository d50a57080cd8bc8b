"""Measure social_commerce: deals on social networks: the network's duties, posts that sell, and who the seller is."""

from mapae.contract import MeasureCard
from mapae.measures.social_commerce.market_posts import MARKET_POSTS
from mapae.measures.social_commerce.networks import DUTIES
from mapae.measures.social_commerce.sellers import SELLERS

__all__ = ["CARD"]

CARD = MeasureCard(
    key="social_commerce",
    title={"ko": "사회관계망 거래", "en": "Deals on social networks", "zh": "社交网络交易"},
    who_acts="공정거래위원회",
    on_whom="providers of electronic bulletin boards, and those who sell there",
    provisions=("ECA 9-2", "ECD 11-3", "ECA 13"),
    kinds=("policy", "post"),
    checks=(DUTIES, MARKET_POSTS, SELLERS),
)

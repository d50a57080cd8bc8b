"""Measure illegal_ads: adverts and posts that promote illegal goods, make unlawful claims or deceive; claims on listings."""

from mapae.contract import MeasureCard
from mapae.measures.illegal_ads.check import CHECK as CLASSES
from mapae.measures.illegal_ads.claims import CHECK as CLAIMS

__all__ = ["CARD"]

CARD = MeasureCard(
    key="illegal_ads",
    title={"ko": "불법 상품 광고", "en": "Adverts for illegal goods", "zh": "违法商品广告"},
    who_acts="식품의약품안전처; 방송미디어통신심의위원회; 공정거래위원회",
    on_whom="advertisers, and the platforms that show their adverts to people in Korea",
    provisions=("FLA 8", "COS 13", "MED 24", "MED 26", "PHA 61-2", "TM 108", "NET 44-7", "YPA 28", "ECA 21"),
    kinds=("advert", "post", "listing"),
    checks=(CLASSES, CLAIMS),
)

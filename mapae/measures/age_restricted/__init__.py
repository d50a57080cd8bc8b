"""Measure age_restricted: goods that minors may not buy, and whether age and identity are verified before they show."""

from mapae.contract import MeasureCard
from mapae.measures.age_restricted.check import CHECK

__all__ = ["CARD"]

CARD = MeasureCard(
    key="age_restricted",
    title={
        "ko": "청소년 유해 물건과 연령 확인",
        "en": "Adult goods and minors",
        "zh": "未成年人禁售商品与年龄核验",
    },
    who_acts="성평등가족부; 방송미디어통신심의위원회",
    on_whom="sellers and intermediaries that offer goods of harmful classes to visitors in Korea",
    provisions=("YPA 2", "YPA 16", "YPA 28", "YPD 17", "NET 42"),
    kinds=("listing",),
    checks=(CHECK,),
)

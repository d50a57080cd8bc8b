"""Measure counterfeits: signs of a fake in what a listing says, costs and shows."""

from mapae.contract import MeasureCard
from mapae.measures.counterfeits.check import CHECK
from mapae.measures.counterfeits.pictures import CHECK as PICTURES

__all__ = ["CARD"]

CARD = MeasureCard(
    key="counterfeits",
    title={"ko": "가품", "en": "Counterfeits", "zh": "假冒商品"},
    who_acts="지식재산처; 관세청",
    on_whom="sellers and intermediaries that offer or supply copies of protected marks to Korea",
    provisions=("TM 2", "TM 108", "TM 110", "TM 230", "CUS 235"),
    kinds=("listing", "advert", "post"),
    checks=(CHECK, PICTURES),
)

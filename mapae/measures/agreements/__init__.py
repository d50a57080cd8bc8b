"""Measure agreements: what platforms promised or must do, recomputed from raw events, and declared beside observed."""

from mapae.contract import MeasureCard
from mapae.measures.agreements.check import CHECK

__all__ = ["CARD"]

CARD = MeasureCard(
    key="agreements",
    title={"ko": "자율협약 이행", "en": "Agreements kept", "zh": "自律协议履行"},
    who_acts="공정거래위원회",
    on_whom="operators that signed an agreement, and those whose duties show in events",
    provisions=("APA 48", "ECA 9-2", "ECD 11-3", "ECD 25-2"),
    kinds=("event",),
    checks=(CHECK,),
)

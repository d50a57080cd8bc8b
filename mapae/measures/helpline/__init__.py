"""Measure helpline: consumers' messages triaged, their rights and last days told, the responsible body named."""

from mapae.contract import MeasureCard
from mapae.measures.helpline.check import CHECK
from mapae.measures.helpline.surges import CHECK as SURGES

__all__ = ["CARD"]

CARD = MeasureCard(
    key="helpline",
    title={"ko": "소비자 상담 창구", "en": "A helpline for consumers", "zh": "消费者热线"},
    who_acts="한국소비자원; 공정거래위원회",
    on_whom="offshore operators, their local agents, bulletin-board providers",
    provisions=("ECA 17", "ECA 18", "ECA 20", "ECA 9-2", "ECA 26"),
    kinds=("complaint",),
    checks=(CHECK, SURGES),
)

"""Measure privacy: what operators' privacy policies disclose, item by item."""

from mapae.contract import MeasureCard
from mapae.measures.privacy.check import CHECK

__all__ = ["CARD"]

CARD = MeasureCard(
    key="privacy",
    title={"ko": "개인정보 처리방침 점검", "en": "Privacy policies inspected", "zh": "隐私政策检查"},
    who_acts="개인정보보호위원회",
    on_whom="controllers who process personal data of people in Korea",
    provisions=("PIPA 30", "PIPA 28-8", "PIPA 31-2"),
    kinds=("policy",),
    checks=(CHECK,),
)

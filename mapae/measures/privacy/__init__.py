"""Measure privacy: what operators' privacy policies disclose, item by item, and whether their apps do as is said."""

from mapae.contract import MeasureCard
from mapae.measures.privacy.apps_check import CHECK as APPS
from mapae.measures.privacy.check import CHECK as POLICIES

__all__ = ["CARD"]

CARD = MeasureCard(
    key="privacy",
    title={
        "ko": "앱과 개인정보 처리방침 점검",
        "en": "Apps and privacy policies inspected",
        "zh": "应用与隐私政策检查",
    },
    who_acts="개인정보보호위원회",
    on_whom="controllers who process personal data of people in Korea",
    provisions=("PIPA 30", "PIPA 28-8", "PIPA 31-2", "NET 22-2", "NETD 9-2", "PIPA 29", "PIPD 30"),
    kinds=("policy", "app"),
    checks=(POLICIES, APPS),
)

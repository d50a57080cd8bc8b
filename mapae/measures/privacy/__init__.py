"""Measure privacy: what policies disclose, item by item; unfair clauses of terms; whether apps do as is said."""

from mapae.contract import MeasureCard
from mapae.measures.privacy.apps_check import CHECK as APPS
from mapae.measures.privacy.check import CHECK as POLICIES
from mapae.measures.privacy.terms_check import CHECK as TERMS

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
    provisions=(
        *("PIPA 30", "PIPA 28-8", "PIPA 31-2", "PIPA 16", "PIPA 29", "PIPD 30"),
        *("NET 22-2", "NETD 9-2", "CON 19", "ECA 35", "ECA 36"),
    ),
    kinds=("policy", "app"),
    checks=(POLICIES, TERMS, APPS),
)

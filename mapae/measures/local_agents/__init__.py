"""Measure local_agents: offshore operators appoint a local agent who handles consumers' inquiries."""

from mapae.contract import MeasureCard
from mapae.measures.local_agents.duty import DUTY
from mapae.measures.local_agents.pages import PUBLICATION

__all__ = ["CARD"]

CARD = MeasureCard(
    key="local_agents",
    title={"ko": "국내대리인", "en": "Local agents", "zh": "境内代理人"},
    who_acts="공정거래위원회; 개인정보보호위원회; 방송미디어통신위원회",
    on_whom="operators without an address in Korea above the thresholds of each law",
    provisions=("ECA 20-5", "PIPA 31-2", "NET 32-5", "TBA 22-8"),
    kinds=("operator", "policy"),
    checks=(DUTY, PUBLICATION),
)

"""Measure consignments: incoming lines ranked by risk under a budget, and parcels that tell of copies or tricks."""

from mapae.contract import MeasureCard
from mapae.measures.consignments.parcels_brands import CHECK as BRANDS
from mapae.measures.consignments.parcels_codes import CHECK as CODES
from mapae.measures.consignments.parcels_goods import CHECK as GOODS
from mapae.measures.consignments.parcels_limits import CHECK as LIMITS
from mapae.measures.consignments.parcels_senders import CHECK as SENDERS
from mapae.measures.consignments.parcels_split import CHECK as SPLIT

__all__ = ["CARD"]

CARD = MeasureCard(
    key="consignments",
    title={"ko": "반입 물품 검사", "en": "Incoming goods inspected", "zh": "进口货物查验"},
    who_acts="관세청",
    on_whom="declaration lines of goods that come in",
    provisions=("CUS 94", "CUS 235", "CUS 246-3", "CUS 254-2", "CUSR 45", "CUSR 79-2"),
    kinds=("consignment",),
    checks=(BRANDS, GOODS, LIMITS, SPLIT, SENDERS, CODES),
)

"""Measure consignments: incoming declaration lines ranked by risk under an inspection budget."""

from mapae.contract import MeasureCard

__all__ = ["CARD"]

CARD = MeasureCard(
    key="consignments",
    title={"ko": "반입 물품 검사", "en": "Incoming goods inspected", "zh": "进口货物查验"},
    who_acts="관세청",
    on_whom="declaration lines of goods that come in",
    provisions=("CUS 235", "CUS 246-3", "CUS 254-2"),
    kinds=("consignment",),
    checks=(),
)

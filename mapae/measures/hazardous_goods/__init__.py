"""Measure hazardous_goods: recalls, blocked ingredients, the certification mark, laboratory results."""

from mapae.contract import MeasureCard
from mapae.measures.hazardous_goods.kc import CHECK as KC
from mapae.measures.hazardous_goods.lab import CHECK as LAB
from mapae.measures.hazardous_goods.recalls import CHECK as RECALLS
from mapae.measures.hazardous_goods.substances import CHECK as SUBSTANCES

__all__ = ["CARD"]

CARD = MeasureCard(
    key="hazardous_goods",
    title={
        "ko": "위해 물품과 식·의약품",
        "en": "Dangerous goods and health products",
        "zh": "危险商品与健康产品",
    },
    who_acts="산업통상부 국가기술표준원; 식품의약품안전처; 기후에너지환경부; 공정거래위원회; 관세청",
    on_whom="sellers, intermediaries and purchase agents that offer unsafe goods or blocked ingredients to Korea",
    provisions=(
        "PSF 9-4",
        "PSF 10-2",
        "KID 30",
        "ELEC 10",
        "ELEC 19",
        "ELEC 26",
        "CHM 35",
        "COS 15",
        "IFA 25-3",
    ),
    kinds=("listing", "advert", "post", "lab_result"),
    checks=(RECALLS, SUBSTANCES, KC, LAB),
)

"""Measure market_statistics: the boom and the harm in figures that can be traced, kept apart and reproduced.

series.py    a series: definition, unit, source, values with the day each became known
catalogue.py the pack's series and which of them are never mixed
offices.py   tables as statistics offices give them
long.py      tables with one figure a row
rates.py     complaints by the users of their operator
figures.py   the check of figures that others published, against the series
suppress.py  small cells kept out, and others with them so that none can be had by subtraction
snapshot.py  an identifier over data and query
"""

from mapae.contract import MeasureCard
from mapae.measures.market_statistics.figures import CHECK as FIGURES

__all__ = ["CARD"]

CARD = MeasureCard(
    key="market_statistics",
    title={
        "ko": "해외직구와 피해의 통계",
        "en": "The boom and the harm in figures",
        "zh": "海外直购与损害的统计",
    },
    who_acts="공정거래위원회; 한국소비자원",
    on_whom="offshore and domestic operators, by the same counts",
    provisions=FIGURES.provisions,
    kinds=FIGURES.kinds,
    checks=(FIGURES,),
)

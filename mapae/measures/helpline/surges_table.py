"""OUT/surges.parquet: every alarm of every series, and the last day of each series that was looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
import pyarrow as pa

from mapae.contract import titled
from mapae.detect.surges.decide import Rules
from mapae.measures.helpline.surges_read import Counted
from mapae.measures.helpline.surges_replay import Surge
from mapae.measures.helpline.surges_words import About

__all__ = ["table"]

_WORDS = {
    "series": {"en": "Series", "ko": "계열", "zh": "序列"},
    "value": {"en": "Value", "ko": "값", "zh": "值"},
    "day": {"en": "Day", "ko": "날짜", "zh": "日期"},
    "observed": {"en": "Received", "ko": "접수", "zh": "收到"},
    "expected": {"en": "Expected", "ko": "예상", "zh": "预期"},
    "bound": {"en": "At most by chance", "ko": "우연의 상한", "zh": "偶然上限"},
    "window_observed": {"en": "Received in 7 days", "ko": "7일 접수", "zh": "7日收到"},
    "window_expected": {"en": "Expected in 7 days", "ko": "7일 예상", "zh": "7日预期"},
    "p": {"en": "p", "ko": "p", "zh": "p"},
    "q": {"en": "q", "ko": "q", "zh": "q"},
    "alarm": {"en": "Alarm", "ko": "경보", "zh": "警报"},
    "words": {"en": "Words that rose", "ko": "늘어난 낱말", "zh": "增多的词"},
}


def table(
    rows: pl.DataFrame, found: Sequence[Surge], told: Mapping[int, About], counted: Counted, rules: Rules
) -> pa.Table:
    """The rows with the series' names and the words of their surge; alarms first, the newest day first."""
    names = pl.DataFrame(counted.series, schema=["series", "value"], orient="row").with_row_index("at")
    named = rows.join(
        names.with_columns(pl.col("at").cast(pl.Int64)), on="at", how="left", maintain_order="left"
    )
    named = named.with_columns(pl.Series("words", _words(rows, found, told), pl.List(pl.String)))
    ordered = named.sort("alarm", "day", "q", "at", descending=[True, True, False, False])
    return titled(ordered.select(*_WORDS).to_arrow(), _title(counted, rules), _WORDS)


def _words(rows: pl.DataFrame, found: Sequence[Surge], told: Mapping[int, About]) -> list[list[str]]:
    by_series: dict[int, list[tuple[Surge, list[str]]]] = {}
    for at, surge in enumerate(found):
        risen = told[at].risen.get("text", []) if at in told else []
        by_series.setdefault(surge.at, []).append((surge, [each.word for each in risen]))
    return [
        next(
            (words for surge, words in by_series.get(at, ()) if alarm and surge.first <= day <= surge.last),
            [],
        )
        for at, day, alarm in rows.select("at", "day", "alarm").iter_rows()
    ]


def _title(counted: Counted, rules: Rules) -> dict[str, str]:
    en = f"Surges of complaints: alarms, and the last day of each series; false alarms at most {rules.fdr:.1%} of a day's"
    ko = f"상담 급증: 경보와 계열별 마지막 날; 하루 경보 가운데 거짓은 {rules.fdr:.1%} 이하"
    zh = f"投诉激增：警报及各序列最后一日；每日警报中误报不超过{rules.fdr:.1%}"
    if counted.undated:
        en += f"; {counted.undated:,} without a day are not counted"
        ko += f"; 날짜 없는 {counted.undated:,}건 제외"
        zh += f"；不含无日期的{counted.undated:,}件"
    if counted.turned:
        en += "; day and month stood the wrong way round and were turned"
        ko += "; 일과 월이 뒤바뀐 날짜를 바로잡음"
        zh += "；已更正日月颠倒的日期"
    return {"en": en, "ko": ko, "zh": zh}

"""Long tables of statistics offices: one figure a row, its period in a column of its own (KOSIS: 시점, PRD_DE)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapae.text.periods import Period, named_period, period

__all__ = ["LongRow", "long_rows"]

_PERIODS = frozenset(
    "시점 기간 연도 년도 연월 년월 분기 기준연도 기준년월 period time date year month prdde timeperiod 时间 年份 时期".split()
)
_VALUES = frozenset("데이터 값 수치 수치값 통계값 dt value values obsvalue data figure 数值 数据 值".split())
_COMPACT = re.compile(r"(\d{4})(\d{2})")
_SIGNS = re.compile(r"[\W_]+")
_MOSTLY = 0.8  # of the cells below the period's heading that name a period


@dataclass(frozen=True, slots=True)
class LongRow:
    """One row: the words of its other columns, its period as written and read, its figure as written; places from 0."""

    labels: tuple[str, ...]
    head: str
    period: Period
    text: str
    row: int
    column: int


def long_rows(rows: Sequence[Sequence[str]]) -> list[LongRow] | None:
    """The rows of a long table in reading order; None where there is no heading of periods beside one of figures."""
    for at, row in enumerate(rows):
        folded = [_SIGNS.sub("", text).casefold() for text in row]
        places = [
            [column for column, text in enumerate(folded) if text in names] for names in (_PERIODS, _VALUES)
        ]
        if len(places[0]) == 1 and len(places[1]) == 1:
            found = list(_read(rows[at + 1 :], at + 1, places[0][0], places[1][0]))
            return found if len(found) >= _MOSTLY * _filled(rows[at + 1 :], places[1][0]) else None
    return None


def _filled(rows: Sequence[Sequence[str]], column: int) -> int:
    return max(1, sum(len(row) > column and bool(row[column]) for row in rows))


def _read(rows: Sequence[Sequence[str]], first: int, when: int, value: int) -> Iterator[LongRow]:
    for number, row in enumerate(rows, first):
        if len(row) > max(when, value) and row[value] and (at := _period(row[when])):
            labels = tuple(text for place, text in enumerate(row) if place not in (when, value) and text)
            yield LongRow(labels, row[when], at, row[value], number, value)


def _period(text: str) -> Period | None:
    """The period of a cell; 202402 is a month where periods stand in a column of their own."""
    compact = _COMPACT.fullmatch(text)
    if compact and 1 <= int(compact[2]) <= 12:
        return period(f"{compact[1]}-{compact[2]}")
    return named_period(text)

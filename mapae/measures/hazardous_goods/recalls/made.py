"""Months of manufacture that a listing tells: in words, as a week of a year, as a date code in the notice's order."""

from __future__ import annotations

import re

__all__ = ["made_months", "written_months"]

_MADE = re.compile(
    r"manufactur|production|made|mfg|built|제조|생산|년산|년식|出厂|生产|年产|年款|年式", re.IGNORECASE
)
_DATED = re.compile(
    r"date ?code|데이트 ?코드|제조 ?코드|생산 ?코드|라벨|标签|batch|date ?stamp|날짜|배치|日期|批次|批号|刻字|钢印",
    re.IGNORECASE,
)
_MONTHS = {name: i for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DATES = [
    (re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[년年./-]\s?(\d{1,2})(?!\d)"), "ym"),
    (re.compile(r"(?<![\d-])\d{1,2}[-./](\d{1,2})[-./]((?:19|20)\d\d)(?!\d)"), "my"),
    (re.compile(r"(?<![\d./])(\d{1,2})/((?:19|20)\d\d)(?!\d)"), "my"),
    (re.compile(r"(?<![\d./-])(0[1-9]|1[0-2])[/-](\d\d)(?![\d/-])"), "my2"),
    (re.compile(r"(?<![\d./])(2\d|1[5-9])/(0?[1-9]|1[0-2])(?![\d/])"), "ym2"),
    (re.compile(r"(?<!\d)(\d\d)\s?[년年]\s?(\d{1,2})\s?[월月]"), "ym2"),
    (re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? ?((?:19|20)\d\d)", re.IGNORECASE), "Mmy"),
]  # fmt: skip
_SHORT = re.compile(r"(?<![\w./-])(0?[1-9]|1[0-2])/(1\d|2\d)(?![\w/-])")
_LABEL = re.compile(
    r"label|sticker|tag|inside|mfg|date|made|라벨|스티커|제조|날짜|안쪽|택|标签|贴纸|日期|内侧|吊牌",
    re.IGNORECASE,
)
_WEEK = re.compile(
    r"\bweek (?P<w1>\d{1,2})(?: of|,)? (?P<y1>20\d\d)\b"
    r"|(?<!\d)(?P<y2>20\d\d)\s?[년年]\s?[제第]?(?P<w2>\d{1,2})\s?[주周週]",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?!\d)(?=\s?(?:년\s?(?:산|식|형|제조|생산|\d|산)|年(?:款|产|生产|式)|"
    r"\s*(?:production|model|manufactur|made|년식|label|version)|형|산|시즌|season))"
    r"|(?:manufactur\w*|made|production|produced|mfg|build|제조|생산)\D{0,12}(?<!\d)((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)


def made_months(text: str, *, short: bool = False) -> list[tuple[str, str, int, int]]:
    """Months of manufacture that a text names: (first, last, start, end); a year alone is all its months.

    short: also `3/25` beside words of a label, where the notice tells months in that form.
    """
    found = []
    for match in _SHORT.finditer(text) if short else ():
        if _LABEL.search(text[max(0, match.start() - 32) : match.end() + 12]):
            month = f"20{match[2]}-{int(match[1]):02d}"
            found.append((month, month, *match.span()))
    for pattern, order in _DATES:
        for match in pattern.finditer(text):
            around = text[max(0, match.start() - 24) : match.end() + 16]
            if not (_MADE.search(around) or (order in ("my2", "ym2") and _DATED.search(around))):
                continue
            month = _month(match, order)
            if month:
                found.append((month, month, match.start(), match.end()))
    for match in _WEEK.finditer(text):
        parts = match.groupdict()
        year, week = parts["y1"] or parts["y2"], int(parts["w1"] or parts["w2"])
        if month_number := _of_week(week):
            month = f"{year}-{month_number:02d}"
            found.append((month, month, *match.span()))
    if not found:
        for match in _YEAR.finditer(text):
            year = match[1] or match[2]
            found.append((f"{year}-01", f"{year}-12", match.start(), match.end()))
    return found


def _month(match: re.Match[str], order: str) -> str:
    a, b = match[1], match[2]
    if order == "Mmy":
        year, month = int(b), _MONTHS[a[:3].casefold()]
    elif order in ("ym", "ym2"):
        year, month = int(a), int(b)
    else:
        year, month = int(b), int(a)
    year += 2000 if year < 100 else 0
    return f"{year}-{month:02d}" if 1 <= month <= 12 else ""


def written_months(text: str, order: str) -> list[tuple[str, str, int, int]]:
    """Months of date codes of four digits in the order that the notice tells (`WWYY`, `YYMM`)."""
    found = []
    for match in re.finditer(r"(?<![\w.,-])\d{4}(?![\w-])", text) if order else ():
        head = re.split(r"\d", text[max(0, match.start() - 24) : match.start()])[-1]
        if not _DATED.search(head):
            continue
        year, part = (match[0][:2], match[0][2:]) if order.startswith("YY") else (match[0][2:], match[0][:2])
        month = _of_week(int(part)) if "WW" in order else int(part)
        if 1 <= month <= 12:
            found.append((f"20{year}-{month:02d}", f"20{year}-{month:02d}", *match.span()))
    return found


def _of_week(week: int) -> int:
    """The month in which a week of the year begins; 0 where there is no such week."""
    return min(12, (week - 1) * 7 // 30 + 1) if 1 <= week <= 53 else 0

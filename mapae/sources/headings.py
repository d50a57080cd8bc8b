"""What headings, and the lines above them, say of amounts: 매출액(억원), (단위: 백만원), Revenue [USD mn]."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["bare", "basis_above", "counted", "unit_above", "unit_of"]

_OPEN, _CLOSE = r"[(（\[【]", r"[)）\]】]"
_SAID = r"(?:단위|units?|单位|單位)\s*[:：]?\s*"
_BEHIND = re.compile(
    rf"(.+?)\s*{_OPEN}\s*(?:{_SAID})?([^()（）\[\]【】\d]+?)\s*{_CLOSE}\s*(?:\d\)|\*+)?\s*", re.I | re.S
)
_ABOVE = re.compile(rf"(?<![^\W_]){_SAID}([^()（）\[\]【】\n]+?)\s*(?:{_CLOSE}|\n|$)", re.I)
_PARTED = re.compile(r"\s*[,，、/·;]\s*")
_COUNTS = "조|십억|억|천만|백만|십만|만|천|兆|亿|億|百万|万|萬|千"
_OWN = re.compile(rf"\d\s*(?:{_COUNTS})")
_UNIT = re.compile(rf"({_COUNTS})\s*(\w*)")
_MONEY = re.compile(
    r"매출|금액|거래액|광고비|원\b|sales|revenue|turnover|spend|gmv|krw|usd|金额|销售额|营业额", re.I
)
_LEAST = 4  # letters of a word that tells a basis inside a title
_SHARES = frozenset({"%", "％", "percent", "퍼센트"})


def bare(name: str) -> str | None:
    """The heading without the unit in brackets behind it; None where there is none."""
    match = _BEHIND.fullmatch(name)
    return match[1] if match else None


def unit_of(name: str) -> str | None:
    """The unit in brackets behind a heading; None where there is none."""
    match = _BEHIND.fullmatch(name)
    return match[2] if match else None


def unit_above(text: str) -> str | None:
    """The unit that the lines above a header name for amounts; None for none, for shares only, or for several."""
    found = [
        unit for match in _ABOVE.finditer(text) for unit in _PARTED.split(match[1]) if unit not in _SHARES
    ]
    return found[0] if len(set(found)) == 1 else None


def basis_above(text: str, heads: Mapping[str, str]) -> str | None:
    """The basis that the lines above a header name (월간 이용자 수); None for none, for several, where they tell of money.

    heads: words of headings as signs, without spaces and case, by what they tell.
    """
    if _MONEY.search(text):
        return None
    said = re.sub(r"[\W_]+", "", text).casefold()
    found = {basis for head, basis in heads.items() if len(head) >= _LEAST and head in said}
    return found.pop() if len(found) == 1 else None


def counted(cell: str, unit: str) -> tuple[str, str] | None:
    """A cell that counts in words itself, whole, and the unit left for it: `1조 2,000` under 억원 is 1조 2,000억, in 원.

    None where the cell has no such word or the unit counts in none.
    """
    match = _UNIT.fullmatch(unit.strip())
    if match is None or not _OWN.search(cell):
        return None
    return cell + match[1] if cell.rstrip()[-1].isdigit() else cell, match[2] or "원"

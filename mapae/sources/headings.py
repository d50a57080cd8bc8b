"""What headings, and the lines above them, say of amounts: 매출액(억원), (단위: 백만원), Revenue [USD mn]."""

from __future__ import annotations

import re

__all__ = ["bare", "unit_above", "unit_of"]

_OPEN, _CLOSE = r"[(（\[【]", r"[)）\]】]"
_SAID = r"(?:단위|units?|单位|單位)\s*[:：]?\s*"
_BEHIND = re.compile(
    rf"(.+?)\s*{_OPEN}\s*(?:{_SAID})?([^()（）\[\]【】\d]+?)\s*{_CLOSE}\s*(?:\d\)|\*+)?\s*", re.I | re.S
)
_ABOVE = re.compile(rf"(?<![^\W_]){_SAID}([^()（）\[\]【】\n]+?)\s*(?:{_CLOSE}|\n|$)", re.I)
_PARTED = re.compile(r"\s*[,，、/·;]\s*")
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

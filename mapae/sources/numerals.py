"""Amounts written in words of Hangul or Han: 만원, 이만 오천원, 百二十元."""

from __future__ import annotations

import re

__all__ = ["spelt"]

_DIGITS = {
    letter: value
    for letters in ("영일이삼사오육칠팔구", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖")
    for value, letter in enumerate(letters)
} | {"两": 2, "兩": 2}
_SMALL = {"십": 10, "백": 100, "천": 1000, "十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_AMOUNT = re.compile(rf"([{''.join((*_DIGITS, *_SMALL, *_LARGE))}\s]+)(?:원|元|块|圓|円)\s*(?:정|整)?")


def spelt(text: str) -> int | None:
    """The amount, or None where the whole text is no numeral with the money's name behind it."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        return None
    total = part = digit = 0
    for letter in match[1].replace(" ", ""):
        if letter in _DIGITS:
            digit = _DIGITS[letter]
        elif letter in _SMALL:
            part += (digit or 1) * _SMALL[letter]
            digit = 0
        else:
            total += (part + digit or 1) * _LARGE[letter]
            part = digit = 0
    return total + part + digit

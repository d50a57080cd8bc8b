"""Codes that makers print on goods (models, serials, lots, dates): found in text, folded, shaped, held against ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Code", "codes_in", "fold_code", "in_range", "is_measure", "shape"]

_TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9](?:[A-Za-z0-9]|[-./_+](?=[A-Za-z0-9])|\+)*")
_DIGIT = re.compile(r"[0-9]")
_MEASURE = re.compile(
    r"\d+([.,]\d+)?(-?(ml|l|oz|ounces?|g|kg|mg|lb|lbs|pounds?|cm|mm|m|in|inch|inches|ft|feet|foot|v|volts?|w|kw|watts?|mah|ah|"
    r"wh|kwh|hz|khz|mhz|ghz|gb|tb|mb|hp|psi|btu|btus|cc|qt|quarts?|cups?|pcs?|packs?|pieces?|pc|ct|counts?|st|nd|rd|th|x|k|"
    r"fl|mph|rpm|db|p|d|pk|years?|months?|t|speed|gallons?|liters?|litre|drawers?|person|hours?|hrs?|min|days?|weeks?|way|"
    r"piece|steps?|degrees?|percent|amps?|a|in1|c|yr|y|yo|wheels?|lumens?|kids?|sets?|tiers?|series|gen|core|wire|part|seat))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it stands (start, end in the text), folded to capitals and digits."""

    text: str
    start: int
    end: int
    folded: str


def fold_code(text: str) -> str:
    """Capitals and digits only; a plus stays, since makers tell versions by it."""
    return "".join(char for char in text.upper() if char.isascii() and (char.isalnum() or char == "+"))


def is_measure(text: str) -> bool:
    """A number alone of up to three digits, or a number with a unit (10000mAh, 14-ounce, 3mm)."""
    if re.fullmatch(
        r"\d+(?:GB|TB|mAh)-\d+(?:GB|TB|mAh)|\d+-[A-Za-z][a-z]+|\d+-?in-?\d+|\d{1,3}\+", text, re.IGNORECASE
    ):
        return True
    found = _MEASURE.fullmatch(text)
    if re.fullmatch(r"\d{3,}[1-46-9][A-Z]", text) or (
        re.fullmatch(r"\d{4}[A-Z]", text) and int(text[:4]) % 25
    ):
        return False  # `2551W`, `4155W`: nobody counts watts so finely
    return bool(found) and (found[2] is not None or len(fold_code(text)) <= 3)  # type: ignore[index]


def codes_in(text: str) -> Iterator[Code]:
    """Tokens that hold a digit and are no measure, in order."""
    for found in _TOKEN.finditer(text):
        token = found[0]
        if _DIGIT.search(token) and not is_measure(token):
            folded = fold_code(token)
            if len(folded) >= 2:
                yield Code(token, found.start(), found.start() + len(token), folded)


def shape(folded: str) -> str:
    """A letter for each character: A letter, 9 digit, + plus."""
    return "".join("9" if char.isdigit() else "A" if char.isalpha() else char for char in folded)


_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


def in_range(text: str, low: str, high: str) -> bool | None:
    """Whether a code lies in low…high; None where it is not of their shape.

    A longer code is judged by its head (first four digits of a serial). `22/11` stands in `21/3`…`23/10` by year and
    month, `AUG24` in `JAN08`…`MAR17` too.
    """
    dated = [_dated(part) for part in (text, low, high)]
    if all(part is not None for part in dated[1:]):
        return None if dated[0] is None else dated[1] <= dated[0] <= dated[2]  # type: ignore[operator]
    code, low, high = fold_code(text), fold_code(low), fold_code(high)
    if len(low) == len(high) and low:
        head = code[: len(low)]
        return low <= head <= high if shape(head) in (shape(low), shape(high)) else None
    parts = [re.fullmatch(r"(.*?)(\d+)", part) for part in (code, low, high)]
    if not all(parts) or len({part[1] for part in parts}) != 1:  # type: ignore[index]
        return None
    number, first, last = (int(part[2]) for part in parts)  # type: ignore[index]
    return first <= number <= last if abs(len(code) - len(low)) <= 2 else None


def _dated(text: str) -> tuple[int, int] | None:
    if found := re.fullmatch(r"(\d\d)/(\d{1,2})", text):
        return int(found[1]), int(found[2])
    folded = fold_code(text)
    if len(folded) == 5 and folded[:3] in _MONTHS and folded[3:].isdigit():
        return int(folded[3:]), _MONTHS.index(folded[:3]) + 1
    return None

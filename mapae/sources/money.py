"""Amounts of money as shops write them: "₩12,900", "12.900,50 €", "US $3.99-5.20", "1만 2천원", "1.299.000₫".

Own rules, because price-parser knows neither ranges nor 만/万 nor which currencies have no cents (measured in
bench/sources.py). The table of signs and words is profiles/money.yaml.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from mapae.sources.numerals import spelt

__all__ = ["Money", "currency_named", "domain_currency", "parse_money"]

MOST = 1e15  # beyond it a number is no amount of money
_NUMBER = r"\d+(?:[.,'’٬\u00a0\u202f ]\d{2,3}(?!\d))*(?:[.,]\d+)?"
_RANGE = re.compile(r"\s*(?:-|–|—|~|〜|～|∼|to|a|bis|至|到|부터)\s*", re.IGNORECASE)
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?\Z")
_MINUS = ("-", "−", "△", "▲")  # triangles are what accounts in Korea and Japan write for a loss
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+\Z")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount. low: the amount or the lower end of a range, None where the text says that there is none.

    currency: ISO 4217, None where no sign tells it. more: the text says more than the amount (a range, a second price).
    """

    low: float | None
    currency: str | None = None
    more: bool = False


@cache
def _table() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "profiles/money.yaml").read_text("utf-8"))
    signs = {sign.casefold(): code for code, names in data["signs"].items() for sign in names}
    data["codes"] = frozenset(data["codes"].split())
    signs |= {code.casefold(): code for code in data["codes"]}
    signs |= dict.fromkeys(data["plain"], "")
    data["signs"] = signs
    letters = sorted(signs, key=len, reverse=True)
    # a sign of Latin letters is a word of its own or stands at a digit
    data["find"] = re.compile(
        "|".join(
            rf"(?<![^\W\d_]){re.escape(s)}(?![^\W\d_])"
            if s[0].isascii() and s[-1].isalpha()
            else re.escape(s)
            for s in letters
        )
    )
    times = "|".join(sorted(map(re.escape, data["times"]), key=len, reverse=True))
    data["part"] = re.compile(rf"({_NUMBER})\s*(?:((?:{times}){{1,2}})(?![a-z])\s*)?")
    data["time"] = re.compile(times)
    for name in ("whole", "comma"):
        data[name] = frozenset(data[name].split())
    data["free"], data["none"] = frozenset(data["free"]), frozenset(data["none"])
    return data


def parse_money(text: str, currency: str | None = None) -> Money | None:
    """The amount in the text, the lower one of a range; None where there is no amount to be understood.

    currency: what the record says its money is; it settles whether "10.000" is ten or ten thousand and what "$" means.
    Never raises.
    """
    return _parsed(text[:200], currency)


@lru_cache(maxsize=65_536)
def _parsed(text: str, currency: str | None) -> Money | None:
    table = _table()
    text = unicodedata.normalize("NFKC", text).strip().casefold()
    before, arrow, now = _arrow(text)
    if arrow and (fallen := _parsed(now, currency)) is not None and fallen.low is not None:
        return Money(fallen.low, fallen.currency or _currency(before, currency, table)[0], True)
    if text in table["none"]:
        return Money(None)
    if text in table["free"]:
        return Money(0.0)
    if _PLAIN.match(text) and not (_GROUPED.match(text) and currency in table["whole"]):
        value = float(text)
        return Money(value) if abs(value) <= MOST else None
    found, places = _currency(text, currency, table)
    parts = _parts(text, found or currency, table)
    if not parts:
        amount = spelt(text)
        return None if amount is None else Money(float(amount), found)
    first = _nearest(parts, places)
    start, _, value = parts[first]
    if value > MOST:
        return None
    if (
        text[:start].rstrip(" $€£¥₩").endswith(_MINUS)
        and first == 0
        and not text[:start].rstrip(" -−△▲$€£¥₩")
    ):
        value = -value
    return Money(value, found, len(parts) > 1)


def _arrow(text: str) -> tuple[str, str, str]:
    """What stands before and behind the last arrow, which shops draw from the old price to the new."""
    before, arrow, now = re.sub(r"->|=>|⇒|➔|➜|▶", "→", text).rpartition("→")
    return before, arrow, now.strip()


def _currency(text: str, said: str | None, table: dict[str, Any]) -> tuple[str | None, list[tuple[int, int]]]:
    """The first sign that tells a currency, and the places of all signs. A plain sign tells it with what was said."""
    places, result, plain = [], None, ""
    for match in table["find"].finditer(text):
        places.append(match.span())
        code = table["signs"][match[0]]
        result = result or code or None
        plain = plain or ("" if code else match[0])
    if result == "CNY" and said == "TWD":
        result = "TWD"
    if result or not plain:
        return result, places
    if plain == "$":
        return (said if said in table["dollars"] else None if said else "USD"), places
    if plain == "¥":
        return (said if said in ("JPY", "CNY") else None if said else "CNY"), places
    return said if said in ("SEK", "NOK", "DKK") else None, places


def _parts(text: str, currency: str | None, table: dict[str, Any]) -> list[tuple[int, int, float]]:
    """Numbers with their places; those that follow each other with 만, 천 … are one."""
    result: list[tuple[int, int, float]] = []
    last = math.inf
    for match in table["part"].finditer(text):
        factor = math.prod(float(table["times"][word]) for word in table["time"].findall(match[2] or ""))
        value = _number(match[1], currency, table) * factor
        if result and match.start() == result[-1][1] and last > factor and last > 1:
            result[-1] = (result[-1][0], match.end(), result[-1][2] + value)
        else:
            result.append((match.start(), match.end(), value))
        last = factor
    return result


def _nearest(parts: list[tuple[int, int, float]], places: list[tuple[int, int]]) -> int:
    """Which number is the price: the first that stands at a currency sign, the first of all where none does.

    In a range the sign may stand at the upper end only ("3.99-5.20 US$"); then it is the lower one.
    """
    for index, (start, end, _) in enumerate(parts):
        if any(0 <= start - sign[1] <= 1 for sign in places):
            return index
        if any(0 <= sign[0] - end <= 1 for sign in places):
            return 0 if len(parts) == 2 else index
    return 0


def _number(digits: str, currency: str | None, table: dict[str, Any]) -> float:
    digits = re.sub(r"['’٬\u00a0\u202f ]", "", digits)
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        thousands = "," if digits.rfind(".") > digits.rfind(",") else "."
        return float(_decimal(digits.replace(thousands, "")))
    sign = "." if points else ","
    if points + commas == 0:
        return float(digits)
    tail = len(digits) - digits.rfind(sign) - 1
    grouped = points + commas > 1 or (
        tail == 3 and len(digits) - tail - 1 <= 3 and not digits.startswith("0")
    )
    if sign == "." and points == 1 and grouped:
        grouped = currency in table["whole"] or currency in table["comma"]
    return float(digits.replace(sign, "") if grouped else _decimal(digits))


def _decimal(digits: str) -> str:
    """The last separator is the decimal point, the others separate thousands."""
    whole, _, cents = digits.replace(",", ".").rpartition(".")
    return f"{whole.replace('.', '') or '0'}.{cents or '0'}"


def currency_named(heading: str, unit: str | None) -> str | None:
    """The currency that a column's heading names: in its unit in brackets (판매가(원)) or as a code in it (price_usd)."""
    table = _table()
    code = table["signs"].get(unicodedata.normalize("NFKC", unit).strip().casefold()) if unit else None
    if code:
        return str(code)
    codes = (word.upper() for word in re.split(r"[\W_]+", heading))
    return next((code for code in codes if code in table["codes"]), None)


def domain_currency(host: str) -> str | None:
    """The money of the country a host name is registered in; also `us.shop.com` and `kr.shop.com`."""
    parts = host.casefold().split(".")
    codes: dict[str, str] = _table()["domains"]
    if len(parts[-1]) == 2 and parts[-1] in codes and parts[-1] != "co":
        return codes[parts[-1]]
    return codes.get(parts[0]) if len(parts) > 2 else None

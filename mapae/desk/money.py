"""Sums as people read them: `35,000원`, `KRW 35,000`, `35,000韩元`. Data (JSON, CSV, the API) keeps number and ISO code."""

from __future__ import annotations

import re
from decimal import Decimal

from babel.numbers import get_currency_name, get_currency_precision
from django.utils.translation import get_language

__all__ = ["CURRENCIES", "coded", "currency_title", "money", "reworded"]

CURRENCIES = (
    "KRW",
    "USD",
    "CNY",
    "EUR",
    "JPY",
    "HKD",
    "SGD",
    "GBP",
)  # what one can pay or be paid in by a form
# what is said right behind a number; for all others the name that the Unicode locale data (CLDR) has
_SAID = {
    "ko": {"KRW": "원", "USD": "달러", "CNY": "위안", "JPY": "엔", "EUR": "유로", "GBP": "파운드"},
    "zh": {"CNY": "元人民币"},
}
_CODED = re.compile(r"([\d,]+(?:\.\d+)?) ([A-Z]{3})")


def money(amount: Decimal | int | None, currency: str, language: str = "") -> str:
    """The sum in the language (ko, en, zh), else that of the page; empty where there is none.

    Fractions are those that the currency has, and none where the sum is whole: `12.50달러`, `12달러`, `35,000원`.
    """
    if not amount:
        return ""
    tongue = (language or get_language() or "ko")[:2]
    number = _number(amount, get_currency_precision(currency))
    if tongue not in ("ko", "zh"):
        return f"{currency} {number}".strip()
    if short := _SAID[tongue].get(currency):
        return f"{number}{short}"
    name = get_currency_name(currency, locale=tongue)
    return f"{number}{name}" if tongue == "zh" and name != currency else f"{number} {name}".strip()


def coded(amount: Decimal | None, currency: str) -> str:
    """The sum as data keeps it, in no language: `12,900 KRW`; empty where there is none."""
    return f"{_number(amount, 2)} {currency}" if amount else ""


def reworded(told: str) -> str:
    """What `coded` wrote, as the page's language says it; anything else as it stands."""
    found = _CODED.fullmatch(told)
    return money(Decimal(found[1].replace(",", "")), found[2]) if found else told


def currency_title(currency: str) -> str:
    """What a list of currencies shows: `원 (KRW)`; in English the code alone, as it stands before the number."""
    tongue = (get_language() or "ko")[:2]
    if tongue not in ("ko", "zh"):
        return currency
    return f"{get_currency_name(currency, locale=tongue)} ({currency})"


def _number(amount: Decimal | int, digits: int) -> str:
    text = f"{Decimal(amount):,.{digits}f}"
    return text.removesuffix("." + "0" * digits)

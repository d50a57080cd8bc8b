"""Safety limits: a measured value of a substance in a class of goods against the limit of the law (LAW-KR D)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from mapae.errors import FactError
from mapae.law.book import LawBook
from mapae.law.questions.case import Case

__all__ = ["LimitVerdict", "judge", "limit"]

_FOUND = frozenset({"detected", "found", "present", "positive", "yes", "검출", "양성", "检出", "阳性"})
_ABSENT = frozenset(
    {"not detected", "nd", "n.d.", "absent", "negative", "no", "불검출", "음성", "未检出", "阴性"}
)


@dataclass(frozen=True, slots=True)
class LimitVerdict:
    """outcome; the limit in `unit` (upper end of a range, `low` its lower end); value over limit; the provision.

    `unknown`: no limit is on record for these goods and this substance, or the units cannot be compared.
    """

    outcome: Literal["pass", "fail", "unknown"]
    limit: float | None = None
    unit: str = ""
    multiple: float | None = None
    provision: str = ""
    low: float | None = None
    parameter: str = ""


def judge(
    product_class: str, substance: str, value: Any, unit: str, as_of: date, book: LawBook
) -> LimitVerdict:
    """Whether a value keeps the limit as of a day; a value exactly at the limit does.

    Goods, substance and unit by their key or any name in limits.yaml (ko, en, zh; case and spaces folded); value a
    number or a word of finding. Per cent, mg/kg, ppm, µg/g are converted exactly.
    """
    words = book.pack.data("limits.yaml")
    product, element = _key(words["products"], product_class), _key(words["substances"], substance)
    if product is None or element is None:
        return LimitVerdict("unknown")
    name = words["products"][product]["table"]
    dated = book.parameter(name, as_of)
    entry = dated.value.get(element) if dated else None
    if entry is None:
        return LimitVerdict("unknown")
    provision = book.pack.parameters[name].provision
    if entry.get("absent"):
        found = _found(value)
        outcome: Literal["pass", "fail", "unknown"] = (
            "unknown" if found is None else "fail" if found else "pass"
        )
        return LimitVerdict(outcome, 0.0, entry["unit"], None, provision, None, name)
    amount = _converted(value, unit, entry["unit"], words["units"])
    return _against(amount, entry, provision, name)


def _against(amount: Fraction | None, entry: Mapping[str, Any], provision: str, name: str) -> LimitVerdict:
    high, low = Fraction(str(entry["max"])), entry.get("min")
    low_end = None if low is None else Fraction(str(low))
    if amount is None:
        return LimitVerdict("unknown", float(high), entry["unit"], None, provision, low, name)
    kept = amount <= high and (low_end is None or low_end <= amount)
    multiple = float(amount / high) if low_end is None and high else None
    return LimitVerdict(
        "pass" if kept else "fail", float(high), entry["unit"], multiple, provision, low, name
    )


def _found(value: Any) -> bool | None:
    """Whether something was found: a word of finding, or a number above zero."""
    if isinstance(value, str):
        word = value.strip().casefold()
        if word in _FOUND or word in _ABSENT:
            return word in _FOUND
    number = _amount(value)
    return None if number is None else number > 0


def _converted(value: Any, unit: str, into: str, units: Mapping[str, Any]) -> Fraction | None:
    """The value in another unit of the same measure; None where they measure different things."""
    source, target = _key(units, unit), _key(units, into)
    if source is None or target is None or units[source]["of"] != units[target]["of"]:
        return None
    if isinstance(value, str) and value.strip().casefold() in _ABSENT:
        return Fraction(0)
    number = _amount(value)
    if number is None:
        return None
    return number * Fraction(str(units[source]["factor"])) / Fraction(str(units[target]["factor"]))


def _amount(value: Any) -> Fraction | None:
    if isinstance(value, bool):
        return None
    try:
        return Fraction(str(value).replace(",", "").strip())
    except (ValueError, ZeroDivisionError):
        return None


def _key(words: Mapping[str, Any], given: str) -> str | None:
    """The key whose own name or listed names equal the given one after folding."""
    wanted = _fold(given)
    for key, entry in words.items():
        names = entry.get("names", ()) if isinstance(entry, Mapping) else entry
        if wanted == _fold(key) or any(wanted == _fold(name) for name in names):
            return key
    return None


def _fold(name: object) -> str:
    text = unicodedata.normalize("NFKC", str(name)).casefold().replace("μ", "u").replace("µ", "u")
    return "".join(char for char in text if not char.isspace() and char != "_")


def limit(case: Case) -> str:
    """`pass` or `fail`; FactError where no limit is on record or the unit does not fit."""
    given = [case.facts.get(key) for key in ("product", "substance", "value", "unit")]
    if any(item is None for item in given):
        raise FactError("product, substance, value and unit are needed", where="facts", mend="give all four")
    product, substance, value, unit = given
    verdict = judge(str(product), str(substance), value, str(unit), case.as_of, case.book)
    if verdict.outcome == "unknown":
        raise FactError(
            f"no limit for {substance} in {product} measured in {unit}",
            where="substance",
            mend="limits on record are in law/chm, law/cos and law/kid",
        )
    case.law(verdict.parameter)
    return verdict.outcome

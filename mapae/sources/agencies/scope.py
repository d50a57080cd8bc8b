"""What limits a notice, in the form that the screen for recalls reads: codes, ranges, periods of manufacture, sizes.

codes, prefixes, excluded, colours, sizes, printed, years: lists of texts; ranges: pairs of codes; made: pairs of months
`YYYY-MM`, "0000-00" and "9999-12" where open; all: true where no model is left out. Other keys only inform.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mapae.detect.recall_codes import codes_in

__all__ = ["BadScope", "checked_scope", "hazard_class", "periods_in", "scope_of"]

_LISTS = ("codes", "prefixes", "excluded", "colours", "sizes", "printed", "years")
_PAIRS = ("ranges", "made")
_MOST = 400
_MONTH = re.compile(
    r"(?<!\d)(?P<y1>(?:19|20)\d\d)\s*[년年./-]\s*(?P<m1>1[0-2]|0?[1-9])(?!\d)(?:\s*[월月./-]\s*\d{1,2}(?!\d)\s*[일日]?)?"
    r"|(?<!\d)(?P<y2>(?:19|20)\d\d)(?P<m2>0[1-9]|1[0-2])\d\d(?!\d)"
    r"|(?<![\d/.-])\d{1,2}[./-](?P<m3>1[0-2]|0?[1-9])[./-](?P<y3>(?:19|20)\d\d)(?!\d)"
    r"|(?<![\d/.-])(?P<m4>1[0-2]|0?[1-9])[./-](?P<y4>(?:19|20)\d\d)(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_BEFORE = re.compile(r"이전|까지|before|until|prior|up to|以前|之前", re.IGNORECASE)
_AFTER = re.compile(r"이후|부터|after|since|from|以后|之后", re.IGNORECASE)


class BadScope(ValueError):
    """A scope of a form that no check could read."""


def scope_of(parts: Mapping[str, list[str]]) -> dict[str, Any]:
    """The texts by key, with the codes of `batches` and the periods of `made_text` in the form that checks read."""
    found: dict[str, Any] = dict(parts)
    codes = (code.text for text in parts.get("batches", ()) for code in codes_in(text))
    if listed := list(dict.fromkeys(codes))[:_MOST]:
        found["codes"] = listed
    if periods := [period for text in parts.get("made_text", ()) if (period := periods_in(text))]:
        found["made"] = periods
    return found


def checked_scope(scope: Mapping[str, Any]) -> dict[str, Any]:
    """The scope as it is; BadScope where one of the keys that checks read has another form than theirs."""
    for key in _LISTS:
        if key in scope and not _texts(scope[key]):
            raise BadScope(f"scope.{key} must be a list of texts")
    for key in _PAIRS:
        pairs = scope.get(key, [])
        if not isinstance(pairs, list) or not all(_texts(pair) and len(pair) == 2 for pair in pairs):
            raise BadScope(f"scope.{key} must be a list of pairs of texts")
    if not all(str(year).isdigit() for year in scope.get("years", ())):
        raise BadScope("scope.years must be a list of years")
    return dict(scope)


def periods_in(text: str) -> list[str]:
    """First and last month of manufacture that a text names; empty where it names none."""
    months = [_month(match) for match in _MONTH.finditer(text)]
    if not months:
        years = sorted(_YEAR.findall(text))
        months = [f"{years[0]}-01", f"{years[-1]}-12"] if years else []
    if len(months) == 1 and _BEFORE.search(text):
        return ["0000-00", months[0]]
    if len(months) == 1 and (_AFTER.search(text) or re.search(r"[~～]\s*$", text)):
        return [months[0], "9999-12"]
    return [min(months), max(months)] if months else []


def hazard_class(texts: Iterable[str]) -> str:
    """The class of the danger that the texts speak of (hazards.yaml), `other` where none, empty without a text."""
    said = [text.casefold() for text in texts]
    for text in said:
        for name, words in _hazards().items():
            if any(word in text for word in words):
                return name
    return "other" if said else ""


@cache
def _hazards() -> dict[str, tuple[str, ...]]:
    data = yaml.safe_load((Path(__file__).parent / "hazards.yaml").read_text("utf-8"))
    return {name: tuple(str(word).casefold() for word in words) for name, words in data.items()}


def _month(match: re.Match[str]) -> str:
    year = next(match[f"y{n}"] for n in range(1, 5) if match[f"y{n}"])
    month = next(match[f"m{n}"] for n in range(1, 5) if match[f"m{n}"])
    return f"{year}-{int(month):02d}"


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)

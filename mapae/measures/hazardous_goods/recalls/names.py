"""Measures, model years and ages in a recall's product name, held against those of a listing's title."""

from __future__ import annotations

import re

from mapae.measures.hazardous_goods.recalls.limits import Limit
from mapae.measures.hazardous_goods.recalls.notice import Recall
from mapae.measures.hazardous_goods.recalls.view import View
from mapae.measures.hazardous_goods.recalls.words import Words

__all__ = ["hold_names", "measures_in"]

_UNITS = {
    "lb": "lbs?|pounds?|파운드|磅",
    "oz": "oz|ounces?|온스|盎司",
    "w": "w|watts?|와트|瓦",
    "mah": "mah|毫安",
    "ml": "ml|밀리리터|毫升",
    "qt": "qt|quarts?|쿼트|夸脱",
    "in": r"inch|inches|인치|英寸|寸|(?<=\d)in(?!\s?\d)",
    "drawer": r"drawers?|단\s?(?:서랍|수납)|[抽斗](?!柜门)",
    "speed": "speed|단|速",
    "gal": "gallons?|갤런|加仑",
}
_MEASURE = re.compile(
    r"(?<![\d.])(\d+(?:[.,]\d+)?)[\s-]?(?:"
    + "|".join(f"(?P<{key}>{words})" for key, words in _UNITS.items())
    + r")(?![a-z])"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?!\s?(?:년\s?구매|年\s?购|년에))")
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6"} | {
    sign: str(number) for number, sign in enumerate("一二三四五六七八九", 1)
}
_GENERATION = re.compile(
    r"(?<![a-z0-9])(?:(\d{1,2})(?:st|nd|rd|th)|(first|second|third|fourth|fifth|sixth))[\s-]gen(?:eration)?(?![a-z])(?!\s(?:intel|core|i\d|amd))"
    r"|(?<!intel )(?<!core )(?<![a-z])gen(?:eration)?[\s.]?(\d{1,2})(?![\d.])"
    r"|(?<!\d)(\d{1,2})\s?세대(?!\s?(?:인텔|cpu|i\d|코어))|第?([一二三四五六七八九]|(?<!\d)\d{1,2})代(?!\s?(?:酷睿|i\d|处理器|购))"
)
_YOUNG = frozenset({"kids", "baby"})
_GROWN = frozenset({"adult", "men", "women"})


def measures_in(folded: str) -> dict[str, set[float]]:
    """Unit → figures of a folded text."""
    found: dict[str, set[float]] = {}
    for match in _MEASURE.finditer(folded):
        figure = (
            match[1].replace(",", "") if re.fullmatch(r"\d+,\d{3}", match[1]) else match[1].replace(",", ".")
        )
        found.setdefault(str(match.lastgroup), set()).add(float(figure))
    return found


def hold_names(recall: Recall, view: View, words: Words) -> list[Limit]:
    """What of the product's name the title contradicts: another measure, another model year, goods for another age."""
    found = []
    title = view.folded["title"]
    wanted = measures_in(" ".join((recall.named, *recall.scope.get("measures", ()))))
    seen = measures_in(f"{title} {view.folded['model']}") if wanted else {}
    if any(seen.get(unit) and not figures & seen[unit] for unit, figures in wanted.items()):
        found.append(Limit(False, "measure", "title", 0, 0))
    years = set(recall.scope.get("years", ()))
    told = {match[1]: match.span(1) for match in _YEAR.finditer(title)}
    told |= {year: (0, 0) for year in _YEAR.findall(view.folded["model"]) if year not in told}
    if years and told:
        mine = sorted(years & told.keys())
        found.append(Limit(bool(mine), "year", "title", *(told[mine[0]] if mine else (0, 0))))
    found += _generation(recall, view)
    found += [
        Limit(False, "make", "title", 0, 0)
        for group in words.opposites
        if _shut_out(_made_as(group, recall.named), _made_as(group, title))
    ]
    ages = {words.qualities[word] for word in re.findall(r"[a-z]+", recall.named) if word in words.qualities}
    if ages & _YOUNG and not ages & _GROWN:
        spoken = {
            key for word, key in words.qualities.items() if key in _YOUNG | _GROWN and _stands(word, title)
        }
        if spoken & _GROWN and not spoken & _YOUNG:
            found.append(Limit(False, "age", "title", 0, 0))
    return found


def _shut_out(wanted: set[str], told: set[str]) -> bool:
    return bool(wanted and told) and not wanted & told


def _made_as(group: dict[str, str], folded: str) -> set[str]:
    """Which of makes that shut each other out a text names (gas, electric)."""
    return {make for make, pattern in group.items() if re.search(pattern, folded)}


def _generation(recall: Recall, view: View) -> list[Limit]:
    """Another generation than the one that the notice is limited to."""
    wanted = generations_in(f"{recall.named} {' '.join(recall.scope.get('generations', ()))}")
    if not wanted:
        return []
    lead = view.folded["description"][:200]
    told = generations_in(f"{view.folded['title']} | {view.folded['model']} | {lead}")
    return [Limit(False, "generation", "title", 0, 0)] if told and not wanted & told else []


def generations_in(folded: str) -> set[str]:
    """Numbers of generations that a text names (`5th generation`, `Gen 6`, `3세대`, `二代`), those of processors left out."""
    found = set()
    for match in _GENERATION.finditer(folded):
        number = next(part for part in match.groups() if part)
        found.add(_ORDINALS.get(number, number))
    return found


def _stands(word: str, folded: str) -> bool:
    if not word.isascii():
        return len(word) > 1 and word in folded
    return re.search(rf"(?<![a-z]){re.escape(word)}(?:'?s)?(?![a-z])", folded) is not None

"""Periods of manufacture and model years that a notice names."""

from __future__ import annotations

import re

__all__ = ["made_in", "model_years", "sold_until"]

_MONTHS = {name: i for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DATE = (
    r"(?:(?P<{0}m>Jan\w*|Feb\w*|Mar\w*|Apr\w*|May|June?|July?|Aug\w*|Sep\w*|Oct\w*|Nov\w*|Dec\w*)\.?\s+(?:\d{{1,2}},?\s+)?)?"
    r"(?P<{0}y>(?:19|20)\d\d)"
)
_MADE = re.compile(
    r"(?:manufactur\w*|made|produc(?:ed|tion)|built|assembled)\b[^.;]{0,60}?(?:between|from|in|during)\s+"
    + _DATE.format("a") + r"(?:\s*(?:and|through|to|until|-|–)\s*(?:the end of )?" + _DATE.format("b") + ")?",
    re.IGNORECASE,
)  # fmt: skip
_MADE_BEFORE = re.compile(
    r"(?:manufactur\w*|made|produc(?:ed|tion)|built)\b[^.;]{0,40}?(?P<how>before|prior to|after|since)\s+"
    + _DATE.format("a"),
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:manufactur\w*|made|produc(?:ed|tion)|built|date codes?|dated)\b[^.;]{0,40}?\s" + _DATE.format("a")
    + r"\s*(?:\([^)]{0,20}\)\s*)?(?:and|or) (?P<how>earlier|before|prior|later|after)",
    re.IGNORECASE,
)  # fmt: skip
_SOLD = re.compile(r"(?:through|to|until|and)\s+" + _DATE.format("b"), re.IGNORECASE)
_MODEL_YEAR = re.compile(
    r"[Mm]odel [Yy]ears? "
    r"((?:19|20)\d\d(?:,? (?:and|or) (?:19|20)\d\d|, (?:19|20)\d\d|\s*(?:-|–|through|to)\s*(?:19|20)\d\d)*)"
)


_CODED = re.compile(r"\bYY of ((?:\d\d(?:,? (?:and |or )?|, ))*\d\d)\b")  # years of a date code


def made_in(text: str) -> list[tuple[str, str]]:
    """Periods of manufacture as (first month, last month), `YYYY-MM`; "0000-00" and "9999-12" where open."""
    found = []
    for match in _MADE.finditer(text):
        low = _month(match["am"], match["ay"], 1)
        high = _month(match["bm"], match["by"], 12) if match["by"] else _month(match["am"], match["ay"], 12)
        found.append((low, high))
    for match in _MADE_BEFORE.finditer(text):
        day = _month(match["am"], match["ay"], 1)
        if match["how"].lower() in ("before", "prior to"):
            found.append(("0000-00", _before(day)))
        else:
            found.append((day, "9999-12"))
    for match in _UNTIL.finditer(text):
        day = _month(match["am"], match["ay"], 1 if match["how"].lower() in ("later", "after") else 12)
        found.append((day, "9999-12") if match["how"].lower() in ("later", "after") else ("0000-00", day))
    for match in _CODED.finditer(text):
        years = sorted(f"20{year}" for year in re.findall(r"\d\d", match[1]))
        found.append((f"{years[0]}-01", f"{years[-1]}-12"))
    return list(dict.fromkeys(found))


def sold_until(text: str) -> str:
    """The last month in which the goods were sold, where the text names the end of every period; empty where it does not."""
    if re.search(r"\b(?:since|present|currently|ongoing)\b", text, re.IGNORECASE):
        return ""
    return max((_month(match["bm"], match["by"], 12) for match in _SOLD.finditer(text)), default="")


def model_years(text: str) -> list[str]:
    """Model years named, each year of a range."""
    years: list[str] = []
    for run in _MODEL_YEAR.findall(text):
        for low, high in re.findall(r"(\d{4})(?:\s*(?:-|–|through|to)\s*(\d{4}))?", run):
            years += [str(year) for year in range(int(low), int(high or low) + 1)]
    return list(dict.fromkeys(years))


def _month(name: str | None, year: str, default: int) -> str:
    number = _MONTHS.get(name[:3].lower(), default) if name else default
    return f"{year}-{number:02d}"


def _before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02d}"

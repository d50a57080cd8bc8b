"""Reads the pack's wording of letters: sentences by kind and language, labels, marks of points, citations of articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mapae.desk.documents.letter import Point
from mapae.desk.law import book

__all__ = [
    "LANGUAGES", "article_title", "cite", "compelling", "form", "label", "marked_points", "wording", "written",
]  # fmt: skip

LANGUAGES = ("ko", "en", "zh")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def wording(name: str) -> Any:
    """A file of the pack's documents folder: a kind of document, `service`, `reasons` …"""
    return book().pack.data(f"documents/{name}.yaml")


def form(section: str) -> Any:
    """A section of the form: labels, say, force, columns …"""
    return wording("form")[section]


def label(key: str, language: str) -> str:
    """A label of the form."""
    said: str = form("labels")[key][language]
    return said


def cite(provision: str, language: str) -> str:
    """`PSF 10-2` as the language cites it: 「제품안전기본법」 제10조의2."""
    regime, _, number = provision.partition(" ")
    article, _, branch = number.partition("-")
    titles = book().pack.data("pack.yaml")["regimes"][regime]
    law = form("laws_zh").get(regime, titles["ko"]) if language == "zh" else titles[language]
    pattern: str = form("cite")[language]["branch" if branch else "plain"]
    return pattern.format(law=law, article=article, branch=branch)


def article_title(provision: str, language: str) -> str:
    """The article's own heading."""
    if language == "zh" and (title := form("articles_zh").get(provision)):
        return str(title)
    titles = book().pack.provisions[provision].title
    return titles.get(language) or titles["ko"]


def written(on: date, language: str) -> str:
    """A day as letters of the language write it: 2026. 9. 22. (Decree on administrative affairs 7(5)), 22 September 2026."""
    pattern: str = form("dates")[language]
    return pattern.format(year=on.year, month=on.month, day=on.day, name=_MONTHS[on.month - 1])


def compelling(text: str) -> list[str]:
    """Words in the text that compel, in any language; guidance and requests have none."""
    patterns: Mapping[str, Sequence[str]] = wording("compelling")
    found = (
        match.group()
        for rows in patterns.values()
        for pattern in rows
        for match in re.finditer(pattern, text, re.IGNORECASE)
    )
    return sorted(set(found))


def marked_points(points: Sequence[Point], language: str, depth: int = 0) -> Iterator[tuple[int, str, str]]:
    """(depth, mark, text) of every point in reading order: 1. 가. 1) in Korean. A lone point has no mark."""
    marks, letters = form("marks")[language], form("letters")[language]
    for place, point in enumerate(points):
        pattern: str = marks[min(depth, len(marks) - 1)]
        mark = pattern.format(n=place + 1, letter=letters[place % len(letters)])
        yield depth, mark if len(points) > 1 else "", point.text
        yield from marked_points(point.points, language, depth + 1)

"""One page over several reports: what was found by measure and kind, striking findings, duties, names that are one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mapae.report.template import render_page

__all__ = ["Overview", "Part", "SameName", "render_overview"]


@dataclass(frozen=True, slots=True)
class Part:
    """The report of one record kind: where it is, the records read, findings by measure."""

    kind: str
    link: str
    records: int
    measures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SameName:
    """Two names compared: one or not, how sure, why."""

    a: str
    b: str
    same: bool
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """What the page shows.

    shown: rows of FINDING_SCHEMA with `around`; duties: (day, operator, article, answer, reasons); titles of measures
    and provisions by key, then language.
    """

    as_of: date
    seconds: float
    parts: tuple[Part, ...]
    measures: Mapping[str, Mapping[str, str]]
    provisions: Mapping[str, Mapping[str, str]]
    shown: tuple[Mapping[str, Any], ...]
    duties: tuple[tuple[date, str, str, str, tuple[str, ...]], ...] = ()
    names: tuple[SameName, ...] = ()
    language: str = "en"


def render_overview(page: Overview) -> str:
    """The whole HTML document."""
    rows = [
        (
            key,
            [(part, part.measures[key]) for part in page.parts if part.measures.get(key)],
            sum(part.measures.get(key, 0) for part in page.parts),
        )
        for key in page.measures
    ]
    days = sorted({day for day, *_ in page.duties})
    table: dict[tuple[str, str], dict[date, tuple[str, tuple[str, ...]]]] = {}
    for day, operator, article, answer, reasons in page.duties:
        table.setdefault((operator, article), {})[day] = (answer, reasons)
    return render_page(
        "overview.html.j2",
        page.language,
        page=page,
        rows=rows,
        days=days,
        duties=table,
        records=sum(part.records for part in page.parts),
        findings=sum(total for *_, total in rows),
    )

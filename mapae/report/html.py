"""The report: one HTML file without any outside request, in English and Korean, for screen, phone and paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mapae.model.finding import SEVERITIES
from mapae.report.campaigns import Campaigns
from mapae.report.tables import ShownTable
from mapae.report.template import render_page

__all__ = ["Page", "render"]

Counts = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True)
class Page:
    """What a report shows.

    counts: (measure, check, severity) → findings, without those of checks on trial, which are `shadow` in number;
    shown: the findings shown, rows of FINDING_SCHEMA with `around`; manifest: as written; titles of measures and
    provisions by key, then language; campaigns: of a screening of adverts or posts, None for other records; tables: what
    checks that judge all records together left beside the findings; sheets: pages of single records beside the report.
    """

    counts: Counts
    shown: list[dict[str, Any]]
    manifest: Mapping[str, Any]
    shadow: int = 0
    measures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    provisions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    language: str = "en"
    campaigns: Campaigns | None = None
    tables: Sequence[ShownTable] = ()
    sheets: Sequence[str] = ()


def render(page: Page) -> str:
    """The whole HTML document."""
    total = sum(page.counts.values())
    return render_page(
        "page.html.j2",
        page.language,
        page=page,
        total=total,
        left=total - len(page.shown),
        rows=_by_measure(page),
        checks=_by_check(page.counts),
        severities=tuple(reversed(SEVERITIES)),
        read=sum(item["rows_read"] for item in page.manifest["inputs"]),
        rejected=sum(item["rows_rejected"] for item in page.manifest["inputs"]),
    )


def _by_measure(page: Page) -> list[tuple[str, dict[str, int], int]]:
    """Rows of the summary: measure, findings by severity, all; a measure that found nothing has its row too."""
    table: dict[str, dict[str, int]] = {key: {} for key in page.measures}
    for (measure, _, severity), count in page.counts.items():
        row = table.setdefault(measure, {})
        row[severity] = row.get(severity, 0) + count
    return [(measure, row, sum(row.values())) for measure, row in table.items()]


def _by_check(counts: Counts) -> list[tuple[str, int]]:
    table: dict[str, int] = {}
    for (_, check, _), count in counts.items():
        table[check] = table.get(check, 0) + count
    return sorted(table.items(), key=lambda item: (-item[1], item[0]))

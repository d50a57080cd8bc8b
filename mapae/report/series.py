"""The report of series as a page: a chart and a table each, sources, methods, what is never mixed, how to repeat it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from mapae.report.charts import Point, chart
from mapae.report.template import render_page

__all__ = ["brief", "figure_text", "render_series", "series_words", "short_period"]


def render_series(said: Mapping[str, Any], *, command: str, language: str = "en") -> str:
    """The whole HTML document. said: as mapae.app.statistics gives it; command: what makes the same figures again."""
    charts = {
        one["key"]: Markup(_chart(one, language)) for one in said["series"]
    }  # the chart escapes what it is given
    return render_page(
        "series.html.j2",
        language,
        said=said,
        charts=charts,
        words=series_words(),
        command=command,
        figure=figure_text,
    )


@cache
def series_words() -> Mapping[str, Mapping[str, str]]:
    """What the page says, by key and language."""
    text = Path(__file__).with_name("series.yaml").read_text("utf-8")
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return found


def figure_text(value: float | None) -> str:
    """A figure with thousands, without decimals where it has none."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")


def _chart(one: Mapping[str, Any], language: str) -> str:
    points = [
        Point(short_period(row["period"]), row["value"], brief(row["value"]), row["partial"])
        for row in one["values"]
        if row["value"] is not None
    ]
    return chart(points, one["title"].get(language) or one["title"]["en"], one["key"].replace(".", "-"))


def short_period(period: str) -> str:
    """`2025-01..2025-10` as `2025-01–10`."""
    begin, dots, end = period.partition("..")
    return f"{begin}–{end[5:] if end[:4] == begin[:4] else end}" if dots else begin


def brief(value: float) -> str:
    """A figure for a chart: millions and more with their sign."""
    for size, sign in ((1e12, "T"), (1e9, "B"), (1e6, "M")):
        if abs(value) >= size:
            return f"{value / size:,.2f}".rstrip("0").rstrip(".") + f" {sign}"
    return figure_text(value)

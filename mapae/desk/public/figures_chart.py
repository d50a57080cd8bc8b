"""Bars as SVG: told apart without colour (solid overseas, striped domestic), each with its name and value in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

__all__ = ["bars"]

_WIDTH, _ROW, _BAR, _LABEL = 360, 46, 15, 15


def bars(rows: Sequence[dict[str, Any]], title: str, key: str, *, share: bool) -> SafeString:
    """A bar for each row that is shown; empty where none is. key: tells its stripes from those of other charts.

    Shares are drawn on 0–100 %, days up to the longest.
    """
    shown = [row for row in rows if row["value"] is not None]
    if not shown:
        return SafeString("")
    most = 1.0 if share else max(1.0, *(row["value"] for row in shown))
    parts = format_html_join("", "{}", ((_bar(row, at, most, key),) for at, row in enumerate(shown)))
    said = "; ".join(f"{row['name']} {row['shown']}" for row in shown)
    return format_html(
        '<svg class="bar" viewBox="0 0 {} {}" role="img" aria-label="{}: {}" xmlns="http://www.w3.org/2000/svg">'
        '<defs><pattern id="stripes-{}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="6" height="6" fill="none"/><rect width="3" height="6" fill="currentColor"/></pattern></defs>{}</svg>',
        _WIDTH, _ROW * len(shown), title, said, key, parts,
    )  # fmt: skip


def _bar(row: dict[str, Any], at: int, most: float, key: str) -> SafeString:
    top = at * _ROW
    length = round((_WIDTH - 2) * row["value"] / most, 1)
    fill = "currentColor" if row["group"] == "overseas" else f"url(#stripes-{key})"
    return format_html(
        '<text x="0" y="{}" font-size="15" font-weight="{}" fill="currentColor">{}</text>'
        '<text x="{}" y="{}" font-size="15" text-anchor="end" fill="currentColor">{}</text>'
        '<rect x="1" y="{}" width="{}" height="{}" fill="none" stroke="currentColor" stroke-opacity=".45"/>'
        '<rect x="1" y="{}" width="{}" height="{}" fill="{}" fill-opacity=".8"/>',
        top + _LABEL, "700" if row["whole"] else "400", row["name"],
        _WIDTH, top + _LABEL, row["shown"],
        top + _LABEL + 6, _WIDTH - 2, _BAR,
        top + _LABEL + 6, length, _BAR, fill,
    )  # fmt: skip

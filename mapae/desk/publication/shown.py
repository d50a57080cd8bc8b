"""A release as pages show it: rows in the visitor's language, months side by side, ranks only where numbers bear them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.law import said
from mapae.desk.parties.models import Operator
from mapae.desk.public.figures_chart import bars
from mapae.desk.publication.cells import said_in
from mapae.desk.publication.models import Release

__all__ = ["absent", "figure_of", "figures_of", "row_of"]

_MONTHS = 6  # months beside each other on the page; all of them are in the files
Row = dict[str, Any]


def figures_of(release: Release, only: set[str] | None = None) -> list[Row]:
    """Every figure of the release. only: keys of operators; then the sides as a whole and these."""
    names = {row.key: str(row) for row in Operator.objects.all()}
    by_figure: dict[str, list[Row]] = defaultdict(list)
    for row in release.figures:
        by_figure[row["figure"]].append(row)
    return [_figure(release, each, by_figure[each["key"]], names, only) for each in said_in()["figures"]]


def figure_of(release: Release, key: str) -> Row | None:
    """One figure with every month it covers."""
    return next((each for each in figures_of(release) if each["key"] == key), None)


def absent(rows: list[Row]) -> list[str]:
    """Sides of which nothing was counted though the other has rows, by name: beside each other they stand always."""
    sides = {row["side"] for row in rows if row["whole"]}
    names = {"overseas": _("All overseas"), "domestic": _("All domestic")}
    return [name for side, name in names.items() if sides and side not in sides]


def _figure(
    release: Release, definition: Row, rows: list[Row], names: dict[str, str], only: set[str] | None
) -> Row:
    kind = definition["kind"]
    told = [row_of(row, kind, names) for row in rows]
    _rank([row for row in told if row["month"] == release.month], definition.get("better"))  # among all
    told = [row for row in told if only is None or row["whole"] or row["operator"] in only]
    months = sorted({row["month"] for row in told})[-_MONTHS:]
    newest = [row for row in told if row["month"] == release.month]
    title = said(definition["title"])
    return {
        "key": definition["key"],
        "kind": kind,
        "title": title,
        "definition": definition,
        "interval": said_in()["intervals"][kind],
        "query": release.queries.get(definition["key"], ""),
        "months": months,
        "lines": _lines(told, months),
        "newest": newest,
        "absent": absent(newest),
        "rows": told,
        "chart": bars(newest, title, f"{definition['key']}-m", share=kind == "share"),
    }


def row_of(row: Row, kind: str, names: dict[str, str]) -> Row:
    """A row of a figure in the visitor's language; names: operator → its name."""
    side = _("Overseas") if row["side"] == "overseas" else _("Domestic")
    whole = _("All overseas") if row["side"] == "overseas" else _("All domestic")
    return {
        **row,
        "group": row["side"],
        "side_name": side,
        "name": names.get(row["operator"], row["operator"]) or whole,
        "whole": not row["operator"],
        "shown": _shown(row["value"], kind),
        "from_to": _between(row, kind),
    }


def _shown(value: float | None, kind: str) -> str:
    if value is None:
        return ""
    if kind in ("total", "count"):
        return f"{value:,.0f}"
    if kind == "share":
        return f"{100 * value:.1f} %"
    return _("1 day") if value == 1 else _("%(days)s days") % {"days": f"{value:g}"}


def _between(row: Row, kind: str) -> str:
    low, high = row["low"], row["high"]
    if low is None or high is None:
        return ""
    if kind == "share":
        return f"{100 * low:.1f}–{100 * high:.1f} %"
    return f"{low:,.1f}–{high:,.1f}" if kind == "count" else f"{low:g}–{high:g}"


def _lines(rows: list[Row], months: list[str]) -> list[Row]:
    """A line for each side and operator, a cell for each month; empty where nothing was counted."""
    lines: dict[tuple[bool, str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        lines[not row["whole"], row["side"], row["name"]][row["month"]] = row
    return [
        {"name": key[2], "side_name": next(iter(found.values()))["side_name"], "whole": not key[0],
         "cells": [(month, found.get(month)) for month in months]}
        for key, found in sorted(lines.items())
    ]  # fmt: skip


def _rank(rows: list[Row], better: str | None) -> None:
    """Rank operators of both sides together where the figure has a better end and enough is counted."""
    least = said_in()["calendar"]["rank_from"]
    fit = [row for row in rows if not row["whole"] and row["n"] is not None and row["n"] >= least]
    if better is None or len(fit) < 2:
        return
    for row in fit:
        ahead = sum(
            each["value"] > row["value"] if better == "high" else each["value"] < row["value"] for each in fit
        )
        row["rank"] = ahead + 1

"""How many merchants reported, by platform, matter and month: ended months, small cells kept out, also as CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mapae.desk.merchants.counts import shown
from mapae.desk.merchants.matters import choices, least
from mapae.desk.parties.models import Operator
from mapae.report.safe import safe_cell

__all__ = ["page", "table"]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The months, the newest first."""
    months = [{"month": each.month, "lines": _lines(each.rows)} for each in shown()]
    context = {"months": months, "matters": [title for _key, title in choices("matters")], "least": least()}
    return render(request, "desk/public_merchants_figures.html", context)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Every cell as it is shown; `kept_out` is 1 where the count is below the least or would betray one that is."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["month", "operator", "matter", "n", "kept_out"])
    for each in shown():
        for row in each.rows:
            cells = (each.month, row["operator"] or "all", row["matter"] or "all")
            writer.writerow(
                [*map(safe_cell, cells), "" if row["n"] is None else row["n"], int(row["n"] is None)]
            )
    return HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")


def _lines(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A line a platform and one for all: its cells by matter, then the whole."""
    names = {each.key: str(each) for each in Operator.objects.all()}
    cells = {(row["operator"], row["matter"]): row["n"] for row in rows}
    keys = list(dict.fromkeys(row["operator"] for row in rows))
    order = [*(key for key, _title in choices("matters")), ""]
    return [
        {
            "name": names.get(key, key) or _("All platforms"),
            "cells": [cells.get((key, matter)) for matter in order],
        }
        for key in sorted(keys, key=lambda key: (not key, key))
    ]

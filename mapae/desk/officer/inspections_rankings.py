"""A ranking of consignments: the lines to inspect with their reasons, what came of each, the results as a file."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mapae.desk.agent.forms import told
from mapae.desk.findings.show import field_word
from mapae.desk.inspections.models import RESULTS, WAYS, RankedLine, Ranking
from mapae.desk.inspections.rankings import keep_result, results_csv, tallied
from mapae.desk.law import said
from mapae.desk.numbers import whole

__all__ = ["ranking_page", "ranking_result", "ranking_results"]

_PAGE = 20
_SHOWN = (
    "description",
    "hs6_code",
    "country_of_origin",
    "country_of_departure",
    "seller",
    "seller_id",
    "importer_id",
    "item_price",
    "net_mass",
    "value",
    "currency",
)
_DRIFTED = 0.25
_STATES = ("open", "done", "all")
_NOISE = re.compile(r"-?\d{1,15}\.\d{5,}")
_HISTORY = re.compile(r"(\w+(?: × \w+)*) (.*): (\d+) of (\d+) lines inspected before were found")


@require_safe
def ranking_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One page of the lines to inspect, the riskiest first. `state`: open, done, all; `after`: the place before the page."""
    ranking = get_object_or_404(Ranking, pk=pk)
    state, way = request.GET.get("state", "open"), request.GET.get("way", "")
    after = request.GET.get("after", "")
    found = ranking.selected.filter(place__gt=whole(after))
    if state in ("open", "done"):
        found = found.filter(result="") if state == "open" else found.exclude(result="")
    if way in WAYS:
        found = found.filter(way=way)
    rows = list(found.select_related("by").order_by("place")[: _PAGE + 1])
    moved = {name: index for name, index in ranking.manifest.get("drift", {}).items() if index > _DRIFTED}
    context = {
        "ranking": ranking,
        "lines": f"{ranking.lines:,}",
        "options": ranking.manifest.get("options", {}),
        "model": ranking.manifest.get("model", {}),
        "rows": [_row(line) for line in rows[:_PAGE]],
        "next": rows[_PAGE - 1].place if len(rows) > _PAGE else 0,
        "state": state if state in _STATES else "all",
        "way": way if way in WAYS else "",
        "ways": [(key, said(title)) for key, title in WAYS.items()],
        "results": [(key, said(title)) for key, title in RESULTS.items()],
        "tally": tallied(ranking),
        "moved": sorted(moved.items(), key=lambda pair: -pair[1]),
        "may_decide": request.user.is_officer,
    }
    return render(request, "desk/officer_ranking.html", context)


@require_POST
@told(lambda pk: reverse("ranking", args=(pk,)))
def ranking_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the inspection of a line gave, or take it back."""
    number = request.POST.get("line", "")
    line = get_object_or_404(RankedLine, ranking=pk, pk=whole(number))
    result = request.POST.get("result", "")
    keep_result(request.user, line, result)
    kept = said(RESULTS[result]) if result else _("result taken back")
    messages.success(request, f"{line.consignment_id}: {kept}")
    return redirect(f"{reverse('ranking', args=(pk,))}?state={request.POST.get('state', 'open')[:4]}")


@require_safe
def ranking_results(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines with a result as CSV, for `mapae train consignments FILE --out MODEL --update`."""
    ranking = get_object_or_404(Ranking, pk=pk)
    answer = HttpResponse(results_csv(ranking), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="results-{ranking.pk}.csv"'
    return answer


def _row(line: RankedLine) -> dict[str, Any]:
    cells = [(field_word(name), _tidy(line.record[name])) for name in _SHOWN if line.record.get(name)]
    return {
        "line": line,
        "way": said(WAYS[line.way]) if line.way in WAYS else line.way,
        "score": f"{line.score:.2f}",
        "critical": f"{line.critical:.2f}",
        "reasons": [_said(reason) for reason in line.reasons],
        "cells": cells,
        "result": said(RESULTS[line.result]) if line.result else "",
    }


def _tidy(cell: Any) -> Any:
    """A number without the digits that floating arithmetic left behind: 13870 for 13869.999999999998."""
    text = str(cell)
    return f"{float(text):.4f}".rstrip("0").rstrip(".") if _NOISE.fullmatch(text) else cell


def _said(reason: str) -> str:
    """A history of the ranking's model in words; another reason as it is."""
    read = _HISTORY.fullmatch(reason)
    if read is None:
        return reason
    names, values = read[1].split(" × "), read[2].split(" · ")
    told = zip(names, values, strict=True) if len(names) == len(values) else [(names[0], read[2])]
    alike = ", ".join(f"{field_word(name)} {value or '–'}" for name, value in told)
    return _("%(alike)s: %(found)s of %(known)s inspected before were found") % {
        "alike": alike,
        "found": read[3],
        "known": read[4],
    }

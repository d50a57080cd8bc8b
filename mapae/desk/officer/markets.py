"""Market power on the desk: tables of shares, who is presumed dominant and on what it hangs, what may follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mapae.desk import clock
from mapae.desk.agent.forms import told
from mapae.desk.citing import cited
from mapae.desk.law import book
from mapae.desk.markets.drawn import Drawn, drawn
from mapae.desk.markets.files import File, add_file, files_for, judged_file
from mapae.desk.public.law_entries import entry
from mapae.detect.markets.concentration import Bounds
from mapae.detect.markets.judged import THRESHOLDS, JudgedFirm, JudgedMarket
from mapae.detect.markets.said import market_name, reasons, span
from mapae.errors import FactError, InputError
from mapae.measures.market_power.consequences import agreed_remedy
from mapae.report.details import detail_in

__all__ = ["market_file", "markets_add", "markets_page", "markets_remedy"]

ANSWERS = {
    "yes": (gettext_lazy("Presumed dominant"), "warn"),
    "depends": (gettext_lazy("Depends on unknowns"), ""),
    "no": (gettext_lazy("Not presumed"), "good"),
}
_TOLD = ("MRF 6 no. 1", "MRF 6 no. 2", "depends")  # reasons that tell why, beside what the columns show
_MOST_LATE = 10_000
_LONG = re.compile(r"(?<![\w.,-])\d{5,}(?![a-z\d.,-])", re.I)
_RECORD = re.compile(r"record (\d+)(?=\)$)")
_ARTICLE = re.compile(r"\bMRF \d+(?:-\d+)?(?:\(\d+\))?")
STATUSES = {"in force": gettext_lazy("in force"), "announced, not law": gettext_lazy("announced, not law")}

BASES = {
    "value": gettext_lazy("value"),
    "users": gettext_lazy("users"),
    "traffic": gettext_lazy("traffic"),
    "volume": gettext_lazy("volume"),
}
COLUMNS = {
    "header": gettext_lazy("headings"),
    "market": gettext_lazy("market"),
    "firm": gettext_lazy("firm"),
    "period": gettext_lazy("period"),
    "basis": gettext_lazy("basis"),
    "unit": gettext_lazy("unit"),
    "currency": gettext_lazy("currency or unit"),
    "low": gettext_lazy("least"),
    "high": gettext_lazy("most"),
    "share": gettext_lazy("share"),
    "value": gettext_lazy("amount or share"),
}
UNITS = {"days": gettext_lazy("days"), "KRW": gettext_lazy("won")}


@require_safe
def markets_page(request: HttpRequest) -> HttpResponse:
    """Tables that the body keeps, and the form for another."""
    return render(request, "desk/officer_markets.html", {"files": files_for(request.user)[:200]})


@require_POST
@told(lambda: reverse("markets"))
def markets_add(request: HttpRequest) -> HttpResponse:
    """Keep a table and show it."""
    upload = request.FILES.get("file")
    if upload is None:
        raise InputError(_("Choose a table of market shares."))
    file = add_file(request.user, upload, request.POST.get("title", ""))
    messages.success(request, _("The table is kept by its content; it is judged anew whenever it is opened."))
    return redirect("market-file", file.pk)


@require_safe
@told(lambda pk: reverse("markets"))
def market_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One table by the law of a day: every figure with its source."""
    file = get_object_or_404(files_for(request.user), pk=pk)
    as_of = _day(request.GET.get("as_of"))
    try:
        judged = judged_file(file, as_of)
    except FactError as error:
        raise InputError(error.what, where=error.where, mend=error.mend) from error
    language = (get_language() or "ko")[:2]
    context = {
        "file": file,
        "as_of": as_of,
        "markets": [_market(number, one, judged, language) for number, one in enumerate(judged.read.judged)],
        "thresholds": _thresholds(as_of, language) if judged.read.judged else (),
        "drawn": [_side_by_side(one) for one in drawn(judged.read.judged)],
        "left_out": judged.read.left_out,
        "flaws": [*_flaws(judged, language)][:200],
    }
    return render(request, "desk/officer_market_file.html", context)


def _flaws(judged: File, language: str) -> Iterator[tuple[int, str, str, str]]:
    """(line of the file, column, reason, what stood there) of rows set aside and cells not read, in the order of the file."""

    def by_line(found: re.Match[str]) -> str:
        return f"line {judged.lines[int(found[1]) - 1]}"

    rows = [
        (
            judged.lines[one.row],
            COLUMNS.get(one.column, one.column),
            _RECORD.sub(by_line, one.reason),
            one.raw,
        )
        for one in judged.read.flaws
    ]
    cells = [(one.line, one.column or "", one.reason, one.raw) for one in judged.unread]
    for line, column, reason, raw in sorted([*rows, *cells], key=lambda one: one[0]):
        yield line, str(column), detail_in(reason, language), raw


@require_safe
@told(lambda: reverse("markets"))
def markets_remedy(request: HttpRequest) -> HttpResponse:
    """The agreed remedy by the law of a day: whether it is open, its steps with their periods, the levy for late days."""
    as_of, late = _day(request.GET.get("as_of")), _late(request.GET.get("late"))
    rows = list(_follows(list(agreed_remedy(book(), as_of)), (get_language() or "ko")[:2]))
    daily = book().value("mrf.92.levy_a_day", as_of)
    context = {
        "as_of": as_of,
        "late": late,
        "open": rows[:1],
        "steps": rows[1:],
        "levy": _levy(daily, late) if daily is not None and late is not None else "",
    }
    return render(request, "desk/officer_market_remedy.html", context)


def _levy(daily: int, late: int) -> str:
    numbers = {"days": f"{late:,}", "each": f"{daily:,}", "sum": f"{daily * late:,}"}
    return _("%(days)s days × %(each)s won a day: at most %(sum)s won") % numbers


def _late(text: str | None) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or int(text) > _MOST_LATE:
        raise InputError(_("Days late are a whole number of at most %(days)s.") % {"days": _MOST_LATE})
    return int(text)


def _day(text: str | None) -> date:
    try:
        found = parse_date(text) if text else None
    except ValueError:
        found = None
    return found or clock.today()


def _thresholds(as_of: date, language: str) -> list[dict[str, Any]]:
    """Every quantity that the verdicts used, as the law page tells it."""
    found = [entry(key, as_of, language) for key in THRESHOLDS]
    return [one | {"value": one["holds"]["value"], "source": one["holds"]["reference"]} for one in found]


def _market(number: int, judged: JudgedMarket, file: File, language: str) -> dict[str, Any]:
    return {
        "name": market_name(judged),
        "basis": BASES[judged.market.key.basis],
        "hhi": _both(judged.hhi),
        "change": _change(file.changes.get(number)),
        "leaders": [(f"CR{count}", f"{_both(joint)} %") for count, joint in judged.largest.items()],
        "notes": [detail_in(note, language) for note in judged.market.notes],
        "firms": [_firm(number, judged, firm, file, language) for firm in judged.firms],
    }


def _side_by_side(one: Drawn) -> dict[str, Any]:
    """Each firm's share and answer under each way the market is drawn, and whether the answers agree."""
    ways = [
        f"{definition}, {BASES[basis]}" if definition else str(BASES[basis]) for definition, basis in one.ways
    ]
    rows = [
        {
            "name": name,
            "cells": [
                (way, firm and (span(*firm.share), *ANSWERS[firm.verdict.answer]))
                for way, firm in zip(ways, firms, strict=True)
            ],
            "agree": len({firm.verdict.answer for firm in firms if firm}) == 1,
        }
        for name, firms in one.firms
    ]
    return {"name": " ".join(filter(None, (one.market, one.period))), "ways": ways, "firms": rows}


def _change(found: tuple[float, float, str] | None) -> str:
    if found is None:
        return ""
    ends = [f"{end:+,.1f}" for end in found[:2]]
    said = ends[0] if ends[0] == ends[1] else f"{ends[0]} – {ends[1]}"
    return _("%(change)s since %(period)s") % {"change": said, "period": found[2]}


def _both(bounds: Bounds) -> str:
    ends = [f"{end:,.1f}" for end in (bounds.low, bounds.high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} – {ends[1]}"


def _firm(number: int, judged: JudgedMarket, firm: JudgedFirm, file: File, language: str) -> dict[str, Any]:
    word, look = ANSWERS[firm.verdict.answer]
    why = reasons(judged, firm) if firm.verdict.answer != "no" else ()
    return {
        "name": firm.name,
        "firms": firm.firms if len(firm.firms) > 1 else (),
        "share": span(*firm.share),
        "sales": span(*firm.sales, str(UNITS["KRW"])) if firm.sales else "",
        "answer": word,
        "look": look,
        "why": [detail_in(one.detail, language) for one in why if one.matched in _TOLD],
        "rows": ", ".join(str(file.lines[row]) for row in firm.rows),
        "follows": list(_follows(file.of(number, firm), language)),
    }


def _follows(rows: list[dict[str, Any]], language: str) -> Iterator[dict[str, Any]]:
    for row in rows:
        said = row["what_ko"] if language == "ko" else row["what"]
        unit = UNITS.get(row["unit"], row["unit"]) if row["amount"] else ""
        state = STATUSES.get(row["status"], row["status"])
        source = _LONG.sub(lambda match: f"{int(match[0]):,}", detail_in(row["source"], language))
        source = _ARTICLE.sub(lambda match: cited(match[0]), source)
        yield row | {"said": said, "state": state, "unit": unit, "source": source}

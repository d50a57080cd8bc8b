"""Market power on the desk: tables of shares, who is presumed dominant and on what it hangs, what may follow."""

from __future__ import annotations

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
from mapae.desk.law import book
from mapae.desk.markets.files import File, add_file, files_for, judged_file
from mapae.detect.markets.concentration import Bounds
from mapae.detect.markets.judged import JudgedFirm, JudgedMarket, statute
from mapae.detect.markets.said import flip_sentences, market_name, span
from mapae.errors import FactError, InputError
from mapae.report.details import detail_in

__all__ = ["market_file", "markets_add", "markets_page"]

ANSWERS = {
    "yes": (gettext_lazy("Presumed dominant"), "warn"),
    "depends": (gettext_lazy("Depends on unknowns"), ""),
    "no": (gettext_lazy("Not presumed"), "good"),
}
STATUSES = {"in force": gettext_lazy("in force"), "announced, not law": gettext_lazy("announced, not law")}

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
        "markets": [_market(number, one, judged, as_of) for number, one in enumerate(judged.read.judged)],
        "left_out": judged.read.left_out,
        "flaws": [
            (one.row + 1, one.column, detail_in(one.reason, language), one.raw)
            for one in judged.read.flaws[:200]
        ],
    }
    return render(request, "desk/officer_market_file.html", context)


def _day(text: str | None) -> date:
    try:
        found = parse_date(text) if text else None
    except ValueError:
        found = None
    return found or clock.today()


def _market(number: int, judged: JudgedMarket, file: File, as_of: date) -> dict[str, Any]:
    language = (get_language() or "ko")[:2]
    return {
        "name": market_name(judged),
        "basis": judged.market.key.basis,
        "hhi": _both(judged.hhi),
        "cr3": f"{_both(judged.largest[judged.rule.firms])} %",
        "notes": [detail_in(note, language) for note in judged.market.notes],
        "firms": [_firm(number, judged, firm, file, as_of, language) for firm in judged.firms],
    }


def _both(bounds: Bounds) -> str:
    ends = [f"{end:,.1f}" for end in (bounds.low, bounds.high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} – {ends[1]}"


def _firm(
    number: int, judged: JudgedMarket, firm: JudgedFirm, file: File, as_of: date, language: str
) -> dict[str, Any]:
    word, look = ANSWERS[firm.verdict.answer]
    said = statute(judged, firm, book(), as_of) if firm.verdict.answer != "no" else None
    hangs = flip_sentences(judged, firm) if firm.verdict.answer == "depends" else ()
    return {
        "name": firm.name,
        "firms": firm.firms if len(firm.firms) > 1 else (),
        "share": span(*firm.share),
        "sales": span(*firm.sales, "KRW") if firm.sales else "",
        "answer": word,
        "look": look,
        "hangs": [detail_in(one, language) for one in hangs],
        "law": said.reasons if said else (),
        "rows": ", ".join(str(row + 1) for row in firm.rows),
        "follows": list(_follows(file.of(number, firm), language)),
    }


def _follows(rows: list[dict[str, Any]], language: str) -> Iterator[dict[str, Any]]:
    for row in rows:
        said = row["what_ko"] if language == "ko" else row["what"]
        unit = UNITS.get(row["unit"], row["unit"]) if row["amount"] else ""
        yield row | {"said": said, "state": STATUSES.get(row["status"], row["status"]), "unit": unit}

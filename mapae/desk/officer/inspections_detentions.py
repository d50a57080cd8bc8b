"""Files of held goods: the list by the next last day, one file with its steps, the form of its facts, the document."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mapae.app.law.detention_said import WORDS, detention_page, step_said
from mapae.desk import clock
from mapae.desk.agent.forms import told
from mapae.desk.findings.models import Finding
from mapae.desk.inspections.detentions import (
    DAYS,
    FLAGS,
    TEXTS,
    change,
    detentions_for,
    end,
    hold,
    read,
    suggested,
)
from mapae.desk.inspections.models import Detention
from mapae.desk.inspections.parcels import KIND
from mapae.desk.inspections.sheets import language
from mapae.desk.numbers import whole
from mapae.desk.scope import cases_for

__all__ = ["detention", "detention_add", "detention_document", "detention_verb", "detentions"]


@require_safe
def detentions(request: HttpRequest) -> HttpResponse:
    """Open files, the next last day first, then closed ones; the form of a new file, filled from a finding (`finding`)."""
    today, spoken = clock.today(), language()
    found = [read(row, today) for row in detentions_for(request.user)[:300]]
    found.sort(key=lambda held: (held.detention.closed_at is not None, held.next_day or date.max))
    finding = _finding(request.GET.get("finding", ""))
    rows = [
        {
            "row": held.detention,
            "outcome": WORDS[held.file.outcome][spoken],
            "next": held.next_day,
            "brand": held.detention.facts.get("brand", ""),
            "goods": held.detention.facts.get("goods", ""),
            "late": any(step.state == "over" for step in held.file.steps),
        }
        for held in found
    ]
    given = suggested(finding) if finding else {"recorded": "on"}
    context = {"rows": rows, "finding": finding, "fields": _fields(given), "may": request.user.is_officer}
    return render(request, "desk/officer_detentions.html", context)


@require_POST
@told(lambda: reverse("detentions"))
def detention_add(request: HttpRequest) -> HttpResponse:
    """Open a file."""
    finding = _finding(request.POST.get("finding", ""))
    number = finding.subject_id if finding else request.POST.get("consignment_id", "")
    made = hold(request.user, number, request.POST, finding)
    messages.success(request, _("The file is open; its days run from the notice of the hold."))
    return redirect("detention", made.pk)


@require_safe
def detention(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: where it stands, each step with its working, the facts to change."""
    row = _row(request, pk)
    held, spoken = read(row, clock.today()), language()
    case = row.finding.case if row.finding else None
    context = {
        "row": row,
        "case": case if case and cases_for(request.user).filter(pk=case.pk).exists() else None,
        "outcome": WORDS[held.file.outcome][spoken],
        "next": held.next_day,
        "steps": [
            {"step": step, "title": WORDS[step.key][spoken], "said": step_said(step, spoken)}
            for step in held.file.steps
        ],
        "fields": _fields({name: value for name, value in row.facts.items() if value not in (False, None)}),
        "may": request.user.is_officer,
    }
    return render(request, "desk/officer_detention.html", context)


@require_POST
@told(lambda pk, verb: reverse("detention", args=(pk,)))
def detention_verb(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """`change` keeps the facts, `end` closes the file or opens it again."""
    row = _row(request, pk)
    if verb == "end":
        end(request.user, row)
    else:
        change(request.user, row, request.POST)
    messages.success(request, _("Kept."))
    return redirect("detention", pk)


@require_safe
def detention_document(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as a document that stands alone."""
    row = _row(request, pk)
    answer = HttpResponse(detention_page(read(row, clock.today()).file, language()))
    answer.headers["Content-Disposition"] = f'attachment; filename="detention-{row.pk}.html"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _row(request: HttpRequest, pk: int) -> Detention:
    return get_object_or_404(detentions_for(request.user), pk=pk)


def _finding(number: str) -> Finding | None:
    return Finding.objects.filter(pk=whole(number), subject_kind=KIND).first()


def _fields(given: dict[str, Any]) -> dict[str, Any]:
    """The form's fields with what they hold: (name, words, value)."""
    words = {
        "notified_on": _("Right holder told on"),
        "requested_on": _("Hold asked for on"),
        "held_notice_on": _("Right holder told of the hold on"),
        "proved_on": _("Suit or complaint proved on"),
        "release_requested_on": _("Release asked for on"),
        "recorded": _("The right is recorded at customs"),
        "sme": _("The right holder is a small or medium firm"),
        "releaser_sme": _("Who asks for release is a small or medium firm"),
        "extended": _("Ten more days were given"),
        "ex_officio": _("Held by customs of its own motion"),
        "counterfeit_mark": _("The goods bear a forged or similar mark: no release"),
        "brand": _("Mark"),
        "right_holder": _("Right holder"),
        "declarant": _("Declarant"),
        "goods": _("Goods"),
        "quantity": _("Quantity"),
        "origin": _("Origin"),
    }
    return {
        "value": given.get("value_krw", ""),
        "days": [(name, words[name], given.get(name, "")) for name in DAYS],
        "flags": [(name, words[name], bool(given.get(name))) for name in FLAGS],
        "texts": [(name, words[name], given.get(name, "")) for name in TEXTS],
    }

"""Inspections: documents, apps, rankings and held goods; the sheet of one document or app with the decisions on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mapae.desk.agent.forms import told
from mapae.desk.cases.titles import ITEM_KINDS
from mapae.desk.findings.accept import accept, open_cases
from mapae.desk.findings.models import FINDING_STATES, Finding, Subject
from mapae.desk.inspections.models import Ranking
from mapae.desk.inspections.sheets import (
    KINDS,
    Line,
    compared_app,
    inspected,
    language,
    lines,
    of_finding,
    sheets,
)
from mapae.desk.law import said
from mapae.desk.numbers import wholes
from mapae.desk.scope import cases_for
from mapae.errors import InputError
from mapae.report.inspection import render_inspection, sheet_data
from mapae.report.inspection_pdf import can_print, printed

__all__ = ["finding_sheet", "inspections_page", "sheet_accept", "sheet_file", "sheet_page"]

_PRIVACY = ("", "privacy")


@require_safe
def inspections_page(request: HttpRequest) -> HttpResponse:
    """What there is to inspect: documents and apps of the newest runs, rankings of consignments."""
    rankings = Ranking.objects.annotate(
        chosen=Count("selected"), known=Count("selected", filter=~Q(selected__result=""))
    )
    found = [
        {
            "subject": one,
            "kind": said(ITEM_KINDS[one.kind]),
            "platform": one.platform,
            "as_of": one.run.manifest.get("as_of", ""),
        }
        for one in sheets()
    ]
    return render(request, "desk/officer_inspections.html", {"sheets": found, "rankings": rankings[:50]})


@require_safe
def sheet_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every item of the document or app, what was found on it and what was decided."""
    subject = _subject(pk)
    found = lines(subject)
    waiting = [line for line in found if line.finding.state == "new"]
    officer = request.user.is_officer
    first = next((line.finding for line in waiting if line.finding.operator_id), None)
    context = {
        "subject": subject,
        "title": _title(subject, found),
        "kind": said(ITEM_KINDS[subject.kind]),
        "facts": _facts(subject),
        "lines": [_row(line) for line in found],
        "counts": _counts(found),
        "compared": compared_app(subject, _as_of(subject, found)) if subject.kind == "app" else (),
        "permissions": _permissions(subject),
        "may_decide": officer and bool(waiting),
        "ready": first is not None,
        "unnamed": next((line.finding for line in waiting if not line.finding.operator_id), None),
        "cases": open_cases(request.user, first) if officer and first else (),
        "forms": _forms(subject),
    }
    return render(request, "desk/officer_sheet.html", context)


@require_safe
@told(lambda pk, form: reverse("sheet", args=(pk,)))
def sheet_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The inspection sheet of a policy as a file: html or pdf."""
    subject = _subject(pk)
    if form not in _forms(subject):
        raise Http404
    sheet, spoken = inspected(subject, _as_of(subject, lines(subject))), language()
    if form == "pdf":
        content, media = printed(sheet_data(sheet, spoken)), "application/pdf"
    else:
        content, media = render_inspection(sheet, spoken).encode(), "text/html; charset=utf-8"
    answer = HttpResponse(content, content_type=media)
    name = "".join(char if char.isascii() and char.isalnum() else "-" for char in subject.subject_id)[:60]
    answer.headers["Content-Disposition"] = f'attachment; filename="{name.strip("-") or "policy"}.{form}"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_safe
def finding_sheet(request: HttpRequest, number: int) -> HttpResponse:
    """To the sheet of the document or app that a finding is about."""
    subject = of_finding(get_object_or_404(Finding, pk=number, subject_kind__in=KINDS))
    if subject is None:
        raise Http404
    return redirect("sheet", subject.pk)


@require_POST
@told(lambda pk: reverse("sheet", args=(pk,)))
def sheet_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the ticked items into one case, each decided by itself since each was seen."""
    subject = _subject(pk)
    ticked = set(wholes(request.POST.getlist("ids")))
    chosen = [line.finding for line in lines(subject) if line.finding.pk in ticked]
    if not chosen:
        raise InputError(_("Choose at least one item."), mend="")
    wanted = request.POST.get("case", "")
    case = cases_for(request.user).filter(number=wanted).first() if wanted not in ("", "new") else None
    if wanted not in ("", "new") and case is None:
        raise Http404
    with transaction.atomic():
        for finding in chosen:
            title = request.POST.get("title", "").strip() or _title(subject, ())
            (case,) = accept(
                request.user, [finding], case=case, new=case is None and wanted == "new", title=title
            )
    text = _("Items accepted into case %(case)s: %(number)s.")
    messages.success(request, text % {"case": case, "number": len(chosen)})
    return redirect("sheet", pk)


def _subject(pk: int) -> Subject:
    return get_object_or_404(Subject.objects.select_related("run"), pk=pk, kind__in=KINDS)


def _title(subject: Subject, found: list[Line] | tuple[Line, ...]) -> str:
    named = next((line.finding.subject_title for line in found if line.finding.subject_title), "")
    return str(named or subject.platform or subject.subject_id)


def _as_of(subject: Subject, found: list[Line]) -> Any:
    """The day whose law the run was screened by."""
    return found[0].finding.as_of if found else subject.run.started_at.date()


def _forms(subject: Subject) -> list[str]:
    """Files there are of the sheet: of privacy policies only."""
    if subject.kind != "policy" or subject.record.get("doc_kind", "") not in _PRIVACY:
        return []
    return ["html", "pdf"] if can_print() else ["html"]


def _facts(subject: Subject) -> list[tuple[str, str]]:
    names = {
        "operator": _("Operator"),
        "url": _("Address"),
        "fetched_at": _("Fetched"),
        "language": _("Language"),
        "version": _("Version"),
    }
    told = [(word, str(subject.record[name])) for name, word in names.items() if subject.record.get(name)]
    return [
        (_("Number"), subject.subject_id),
        *told,
        (_("Law as of"), str(subject.run.manifest.get("as_of", ""))),
    ]


def _row(line: Line) -> dict[str, Any]:
    return {"line": line, "finding": line.finding, "state": said(FINDING_STATES[line.finding.state])}


def _counts(found: list[Line]) -> list[tuple[str, str, int]]:
    """Items by status: (words, look, number)."""
    told: dict[tuple[str, str], int] = {}
    for line in found:
        if line.status:
            told[line.said, line.look] = told.get((line.said, line.look), 0) + 1
    return [(words, look, number) for (words, look), number in told.items()]


def _permissions(subject: Subject) -> list[dict[str, Any]]:
    """Those that the package asks for, the dangerous ones first."""
    import orjson

    try:
        facts = orjson.loads(subject.record.get("apk") or "{}")
    except orjson.JSONDecodeError:
        return []
    asked = facts.get("permissions") if isinstance(facts, dict) else None
    rows = [row for row in asked or () if isinstance(row, dict) and row.get("name")]
    return sorted(rows, key=lambda row: ("dangerous" not in str(row.get("level")), str(row["name"])))[:300]

"""The table of a case's items: taken away, filled in, sent back; lines that were not taken are kept and told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mapae.desk.agent.forms import told
from mapae.desk.agent.home import case_of
from mapae.desk.answers.drafts import drafts_for
from mapae.desk.answers.models import AnswerFile
from mapae.desk.answers.table import COLUMNS, rejects_csv, take_file, write_csv
from mapae.desk.cases import evidence
from mapae.desk.scope import cases_for, items_for
from mapae.desk.uploads import keep_upload

__all__ = ["download", "file_page", "rejects", "upload"]


def download(request: HttpRequest, number: str) -> HttpResponse:
    """The items as CSV, drafts filled in."""
    case = case_of(request, number)
    items = items_for(request.user).filter(case=case).order_by("pk")
    drafts = {draft.item_id: draft for draft in drafts_for(request.user, case)}
    return _csv(write_csv(items, drafts), f"{number}-answers.csv")


@require_POST
@told(lambda number: reverse("agent-case", args=[number]))
def upload(request: HttpRequest, number: str) -> HttpResponse:
    """Good lines become drafts; the page that follows tells what became of each line."""
    case, sent = case_of(request, number), request.FILES.get("table")
    if sent is None:
        messages.error(request, _("Choose a file."))
        return redirect("agent-case", number=number)
    kept = keep_upload(sent, by=request.user)
    file = take_file(request.user, case, evidence.read(kept), kept)
    return redirect("agent-file", pk=file.pk)


def file_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What was taken from a file and what was not."""
    return render(request, "desk/agent_file.html", {"file": _file(request, pk), "columns": COLUMNS})


def rejects(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines that were not taken, to be mended and sent again."""
    file = _file(request, pk)
    return _csv(rejects_csv(file), f"{file.case.number}-rejects.csv")


def _file(request: HttpRequest, pk: int) -> AnswerFile:
    mine = AnswerFile.objects.filter(firm_id=request.user.firm_id, case__in=cases_for(request.user))
    return get_object_or_404(mine.select_related("case", "by"), pk=pk)


def _csv(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

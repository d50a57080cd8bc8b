"""The agent's first page, one case, and the letters served in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString

from mapae.desk.agent.discarding import discarded
from mapae.desk.agent.forms import fields_for
from mapae.desk.agent.workspace import clocks_shown, documents_of, items_of, tasks
from mapae.desk.cases import evidence
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document
from mapae.desk.documents.render import html, pdf
from mapae.desk.officer.documents import letter_of
from mapae.desk.scope import cases_for, documents_for, operators_for

__all__ = ["case_of", "case_page", "home", "letter", "letter_pdf"]


def home(request: HttpRequest) -> HttpResponse:
    """What is asked, how binding it is, by when; next due first."""
    done = request.GET.get("show") == "done"
    context = {
        "tasks": tasks(request.user, done=done),
        "done": done,
        "operators": list(operators_for(request.user)),
    }
    return render(request, "desk/agent_home.html", context)


def case_page(request: HttpRequest, number: str) -> HttpResponse:
    """A case: its served documents, clocks, and items to answer one by one or together."""
    case = case_of(request, number)
    items = items_of(request.user, case)
    context = {
        "case": case,
        "tasks": documents_of(request.user, case),
        **clocks_shown(request.user, case),
        "items": items,
        "drafts": sum(1 for item in items if item.draft),
        "waiting": sum(1 for item in items if item.waits),
        "submits": request.user.role == "agent",
        "discarded": discarded(request, number),
        "files": case.answer_files.filter(firm_id=request.user.firm_id)[:5],
        **fields_for(),
    }
    return render(request, "desk/agent_case.html", context)


def letter(request: HttpRequest, code: str) -> HttpResponse:
    """A served letter as it was approved."""
    document = _document(request, code)
    context = {"document": document, "letter": SafeString(html(letter_of(document)))}
    return render(request, "desk/agent_letter.html", context)


def letter_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The served letter as a file."""
    document = _document(request, code)
    content = evidence.read(document.pdf) if document.pdf else pdf(letter_of(document))
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{document.code}.pdf"'
    return response


def case_of(request: HttpRequest, number: str) -> Case:
    """The case, or 404 where it is not the person's."""
    return get_object_or_404(cases_for(request.user).select_related("operator", "lead"), number=number)


def _document(request: HttpRequest, code: str) -> Document:
    return get_object_or_404(documents_for(request.user).select_related("case"), code=code)

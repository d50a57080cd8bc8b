"""Drafting: what may be asked, then the form, prefilled from the case's items and findings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from mapae.desk.cases.actions import run
from mapae.desk.cases.actions.draft import PARTS
from mapae.desk.cases.models import Case
from mapae.desk.documents.compose import ORIGINAL
from mapae.desk.documents.ladder import announceable, ladder
from mapae.desk.documents.models import Document
from mapae.desk.documents.queries import language_for, prefilled
from mapae.desk.documents.rows import reason_of
from mapae.desk.documents.wording import LANGUAGES, form, wording
from mapae.desk.law import book
from mapae.desk.numbers import wholes
from mapae.desk.scope import cases_for, documents_for
from mapae.errors import MapaeError
from mapae.workflow import document_kinds

__all__ = ["edit", "new"]


def new(request: HttpRequest, number: str) -> HttpResponse:
    """The ladder of the case; with ?kind= the form of that kind."""
    case = get_object_or_404(cases_for(request.user), number=number)
    kinds = document_kinds(book())
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    if kind not in kinds:
        steps = [
            {"step": step, "force": form("force")[step.kind.force]} for step in ladder(case, request.user)
        ]
        notice = {
            "kind": kinds["prior_notice"],
            "shown": all(row["step"].kind.key != "prior_notice" for row in steps),
        }
        return render(
            request, "desk/officer_document_ladder.html", {"case": case, "steps": steps, "notice": notice}
        )
    if request.method == "POST" and (made := _drafted(request, case, kind=kind)):
        return redirect("document", made.code)
    return _form(request, case, kind, None)


def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change one's own draft."""
    document = get_object_or_404(documents_for(request.user).select_related("case"), code=code)
    if request.method == "POST" and (made := _drafted(request, document.case, document=document)):
        return redirect("document", made.code)
    return _form(request, document.case, document.kind, document)


def _drafted(request: HttpRequest, case: Case, **what: Any) -> Document | None:
    """The draft as posted; None, with a message, where it is refused."""
    post, language = request.POST, _language(request, case, what.get("document"))
    items = list(case.items.filter(pk__in=wholes(post.getlist("items"))))
    reasons = {
        str(item.pk): words
        for item in items
        if (words := post.get(f"reason-{item.pk}", "").strip()) and words != reason_of(item, ORIGINAL)
    }
    translated = {name: post.get(f"{name}-translated", "") for name in PARTS}
    for item in items:
        words = post.get(f"reason-{item.pk}-translated", "").strip()
        if words and words != reason_of(item, language):
            translated[f"reason-{item.pk}"] = words
    try:
        made: Document = run(
            "draft", request.user, case, items=items, language=language, reasons=reasons,
            disclosure=post.get("disclosure", "partial"), confirmed=bool(post.get("confirmed")),
            translated=translated,
            **{name: post.get(name, "") for name in PARTS}, **what,
        )  # fmt: skip
    except MapaeError as error:
        messages.error(request, error.what)
        return None
    messages.success(request, _("The draft is kept. Another person approves it."))
    return made


def _form(request: HttpRequest, case: Case, key: str, document: Document | None) -> HttpResponse:
    kind, language = document_kinds(book())[key], _language(request, case, document)
    values = prefilled(case, key, language, document)
    if request.method == "POST":
        values.update({name: request.POST.get(name, "") for name in PARTS})
        values["translated"] = {name: request.POST.get(f"{name}-translated", "") for name in PARTS}
        values["confirmed"] = bool(request.POST.get("confirmed"))
        _keep_chosen(request, values["items"])
    context = {
        "case": case,
        "kind": kind,
        "force": form("force")[kind.force],
        "document": document,
        "values": values,
        "language": language,
        "translates": language != ORIGINAL,
        "languages": LANGUAGES,
        "disclosures": form("disclosure"),
        "disclosure": request.POST.get("disclosure") or (document.disclosure if document else "partial"),
        "intended": announceable(case, request.user.body.key) if kind.announces else {},
        "wants_facts": any(row.get("block") == "facts" for row in wording(key)["points"]),
    }
    return render(request, "desk/officer_document_form.html", context)


def _keep_chosen(request: HttpRequest, rows: list[dict[str, Any]]) -> None:
    """What was chosen and written before the refusal stays in the form."""
    chosen = set(request.POST.getlist("items"))
    for row in rows:
        row["chosen"] = str(row["item"].pk) in chosen
        row["reason"] = request.POST.get(f"reason-{row['item'].pk}", row["reason"])
        row["translated"] = request.POST.get(f"reason-{row['item'].pk}-translated", row["translated"])


def _language(request: HttpRequest, case: Case, document: Document | None) -> str:
    """Of the form, else of the document, else of the addressee (letters know ko, en, zh)."""
    wanted = request.POST.get("language") or request.GET.get("language")
    found = wanted or (document.language if document else language_for(case))
    return found if found in LANGUAGES else ORIGINAL

"""Anyone verifies a letter by its code: body, number, date, addressee, kind, and whether a file is the one issued."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from mapae.desk.documents.queries import public_facts
from mapae.desk.law import book
from mapae.desk.uploads import LIMITS
from mapae.workflow import document_kinds

__all__ = ["letter", "proof", "verify"]


def verify(request: HttpRequest) -> HttpResponse:
    """The form for a code; with ?code= on to its page."""
    code = "".join(char for char in request.GET.get("code", "").upper() if char.isalnum() or char == "-")[:20]
    if code.strip("-"):
        return redirect("letter", code)
    return render(request, "desk/public_letters.html", {"code": code})


def letter(request: HttpRequest, code: str) -> HttpResponse:
    """What may be known of the letter; a posted file or hash is compared with the two that were issued."""
    facts = public_facts(code)
    if facts is None:
        return render(request, "desk/public_letter.html", {"facts": None}, status=404)
    matches = None
    if request.method == "POST" and (told := _hash(request)):
        matches = told in (facts["sha256_json"], facts["sha256_pdf"])
    context = {"facts": facts, "kind": document_kinds(book())[facts["kind"]], "matches": matches}
    return render(request, "desk/public_letter.html", context)


def proof(request: HttpRequest, code: str) -> HttpResponse:
    """The same facts as JSON."""
    facts = public_facts(code)
    if facts is None:
        raise Http404
    return JsonResponse(facts)


def _hash(request: HttpRequest) -> str:
    """SHA-256 of the posted file (read in parts, not kept), else the one that was typed."""
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("sha256", "").strip().lower()
    if file.size is None or file.size > LIMITS.size:
        return "too large to be a letter"
    counted = hashlib.sha256()
    for part in file.chunks():
        counted.update(part)
    return counted.hexdigest()

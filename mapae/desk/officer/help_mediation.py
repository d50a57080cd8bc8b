"""The file for the settlement commission, as PDF and as data; it names the consumer, so a look is noted."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mapae.desk.audit.models import record
from mapae.desk.helpline.mediation_file import as_json
from mapae.desk.helpline.mediation_paper import pdf
from mapae.desk.helpline.models import Complaint
from mapae.desk.officer.help_page import complaint_or_404

__all__ = ["mediation_json", "mediation_pdf"]


@require_safe
def mediation_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """On paper."""
    found = _opened(request, number)
    return _file(pdf(found), "application/pdf", f"{found.number}.pdf")


@require_safe
def mediation_json(request: HttpRequest, number: str) -> HttpResponse:
    """As data."""
    found = _opened(request, number)
    return _file(as_json(found), "application/json", f"{found.number}.json")


def _opened(request: HttpRequest, number: str) -> Complaint:
    """Only for those cleared for personal data."""
    found = complaint_or_404(request.user, number)
    if not request.user.cleared:
        raise PermissionDenied
    record(request.user, "read_personal", f"complaint:{found.pk}", file="mediation")
    return found


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

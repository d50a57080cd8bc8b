"""The calendar address of an officer: making it anew, and what stands behind it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from mapae.desk.audit.models import record
from mapae.desk.cases.feed import feed_of, new_token, person_of

__all__ = ["calendar_feed", "calendar_new"]


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar, in its person's language; 404 for a void address."""
    user = person_of(token)
    if user is None:
        raise Http404
    with override(user.language):
        content = feed_of(user)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def calendar_new(request: HttpRequest) -> HttpResponse:
    """Make the address anew; calendars that use the old one no longer get anything."""
    new_token(request.user)
    record(request.user, "calendar_address", f"user:{request.user.pk}")
    messages.success(request, _("The calendar has a new address; the old one is void."))
    return redirect("overdue")

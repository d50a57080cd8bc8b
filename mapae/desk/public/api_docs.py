"""The description of the API as a page of our own: operations, errors, events; nothing is fetched from elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mapae.desk.accounts.tokens import SCOPES
from mapae.desk.api.access import LARGEST
from mapae.desk.api.catalogue import groups, shapes
from mapae.desk.api.limits import A_MINUTE, OPEN_A_MINUTE
from mapae.desk.api.problems import kinds
from mapae.desk.api.telling import events

__all__ = ["page"]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """How to call, every operation, every error, every event."""
    context = {
        "groups": groups(),
        "shapes": shapes(),
        "problems": list(kinds().values()),
        "events": list(events().values()),
        "scopes": SCOPES,
        "limit": A_MINUTE,
        "open_limit": OPEN_A_MINUTE,
        "largest": LARGEST // 1_000_000,
        "here": settings.PUBLIC_URL,
    }
    return render(request, "desk/public_api.html", context)

"""Tokens for the person's own systems: made with scopes and an end, shown once, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.accounts.tokens import DAYS, granted, make_token, revoke_token, scopes_for
from mapae.desk.api.limits import A_MINUTE
from mapae.errors import MapaeError

__all__ = ["ROLES", "revoke", "tokens"]

ROLES = ("officer", "auditor", "agent", "headquarters")  # who has scopes to give


@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """The person's tokens; a new one is shown on this answer only and never again."""
    user, shown = request.user, ""
    if request.method == "POST":
        sent = request.POST
        name = sent.get("name", "").replace("\0", "").strip()[:80]
        days = int(sent["days"]) if sent.get("days", "") in map(str, DAYS) else 0
        try:
            _made, shown = make_token(user, name, days, sent.getlist("scope"))
        except MapaeError as error:
            messages.error(request, error.what)
    context = {
        "rows": _rows(user),
        "scopes": scopes_for(user),
        "lengths": DAYS,
        "shown": shown,
        "limit": A_MINUTE,
    }
    return render(request, "desk/public_tokens.html", context)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The token opens nothing any more."""
    user = request.user
    revoke_token(user, get_object_or_404(user.tokens, pk=pk))
    messages.success(request, _("The token is void now."))
    return redirect("tokens")


def _rows(user: User) -> list[dict[str, object]]:
    now = clock.now()
    rows = user.tokens.select_related("user").order_by("-created_at", "-pk")
    return [
        {
            "token": each,
            "scopes": granted(each),
            "over": each.expires_at is not None and each.expires_at <= now,
        }
        for each in rows
    ]

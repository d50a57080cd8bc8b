"""What every page's frame shows: navigation by role, training banner, demo clock."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mapae.desk import clock
from mapae.desk.routes import routes

__all__ = ["NAVIGATION", "shell"]

# role → (route name, label); anonymous visitors see "public"
NAVIGATION: dict[str, tuple[tuple[str, Any], ...]] = {
    "officer": (
        ("inbox", _("Inbox")),
        ("complaints", _("Complaints")),
        ("cases", _("Cases")),
        ("documents", _("Documents")),
        ("overdue", _("Due dates")),
        ("contests", _("Objections")),
        ("operators", _("Operators")),
        ("inspections", _("Inspections")),
        ("agreements", _("Agreements")),
        ("markets", _("Market power")),
        ("merchant-reports", _("Merchants")),
        ("rights-list", _("Rights holders")),
        ("figures", _("Figures")),
    ),
    "auditor": (("audit", _("Audit")), ("cases", _("Cases")), ("figures", _("Figures"))),
    "admin": (("people", _("People")), ("audit", _("Audit")), ("operators", _("Operators"))),
    "agent": (
        ("agent-home", _("To do")),
        ("agent-complaints", _("Complaints")),
        ("agent-merchants", _("Merchants")),
        ("agent-figures", _("Figures")),
        ("tokens", _("API tokens")),
    ),
    "headquarters": (
        ("agent-home", _("To do")),
        ("agent-complaints", _("Complaints")),
        ("agent-merchants", _("Merchants")),
        ("agent-figures", _("Figures")),
        ("tokens", _("API tokens")),
    ),
    "public": (
        ("help", _("Get help")),
        ("rights", _("Rights calculator")),
        ("product-check", _("Check a product")),
        ("merchants", _("For merchants")),
        ("rights-holders", _("For rights holders")),
        ("register", _("Register of agents")),
        ("figures", _("Figures")),
        ("verify-letter", _("Check a letter")),
        ("promises", _("Promises")),
        ("networks", _("Networks")),
        ("law", _("Articles of law")),
    ),
}


@cache
def _names() -> frozenset[str]:
    return frozenset(route.name for route in routes())


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame."""
    user = getattr(request, "user", None)
    role = user.role if user is not None and user.is_authenticated else "public"
    return {
        "training": settings.TRAINING,
        "navigation": [entry for entry in NAVIGATION.get(role, ()) if entry[0] in _names()],
        "desk_now": clock.now(),
        "role": role,
    }

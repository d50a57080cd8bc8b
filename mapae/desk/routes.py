"""Every address of the desk with who may call it; urls are built from these tables, so none is without a rule."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

__all__ = ["AREAS", "Route", "patterns", "routes"]

View = Callable[..., HttpResponse]
# everyone: anybody · signed_in · link: whoever holds the signed link (the view checks it) · training: training mode only
# · else roles of mapae.workflow.states.ROLES
AREAS = ("public", "officer", "agent", "seller", "training")


@dataclass(frozen=True, slots=True)
class Route:
    """An address: Django path, view, name, who may call it."""

    path: str
    view: View
    name: str
    who: tuple[str, ...]


def routes() -> Iterator[Route]:
    """The routes of every area (`mapae.desk.<area>.routes.ROUTES`), in order."""
    for area in AREAS:
        yield from importlib.import_module(f"mapae.desk.{area}.routes").ROUTES


def patterns() -> list[URLPattern]:
    """URL patterns with their guards."""
    return [path(route.path, _guarded(route), name=route.name) for route in routes()]


def _guarded(route: Route) -> View:
    @wraps(route.view)
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "training" in route.who and not settings.TRAINING:
            raise Http404
        if not {"everyone", "link", "training"} & set(route.who):
            user = request.user
            if not user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if "signed_in" not in route.who and user.role not in route.who:
                raise PermissionDenied
        return route.view(request, *args, **kwargs)

    return view

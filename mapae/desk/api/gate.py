"""What every answer of the API has in common: errors as problems, limits in the headers, ETags, nothing kept by browsers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from mapae.desk.api.limits import show
from mapae.desk.api.problems import MEDIA_TYPE, of_status, problem

__all__ = ["PREFIX", "Gate"]

PREFIX = "/api/v1"


class Gate:
    """Middleware, the innermost: it touches addresses of the API only."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponse]) -> None:
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        response = self.inner(request)
        if not request.path.startswith(PREFIX):
            return response
        response = _as_problem(response)
        show(request, response)
        _keep_short(request, response)
        return _conditional(request, response)


def _as_problem(response: HttpResponse) -> HttpResponse:
    """Errors that Django itself gave as a page (404, 405, 400, 500)."""
    if response.status_code < 400 or response.get("Content-Type", "").startswith(MEDIA_TYPE):
        return response
    made = problem(of_status(response.status_code), status=response.status_code)
    if "Allow" in response:
        made["Allow"] = response["Allow"]
    return made


def _keep_short(request: HttpRequest, response: HttpResponse) -> None:
    patch_vary_headers(response, ["Accept-Language", "Authorization"])
    if "Authorization" in request.headers or response.status_code != 200 or request.method != "GET":
        response["Cache-Control"] = "private, no-cache" if request.method == "GET" else "no-store"
    else:
        response["Cache-Control"] = "public, max-age=60"


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """ETag of what was read; 304 where the caller has it already."""
    if request.method != "GET" or response.status_code != 200 or response.streaming:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    found: HttpResponse = get_conditional_response(request, etag=etag, response=response)
    if found.status_code == 304:
        show(request, found)
    return found

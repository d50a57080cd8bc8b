"""What pages behind a secret address of merchants and rights holders share: found or 404, not too often, careful headers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from mapae.desk.public.helpline_link import careful, often, tell_error, too_often
from mapae.errors import MapaeError

__all__ = ["by_secret"]

A_MINUTE = 40


def by_secret(find: Callable[[str], Any], page: str, *, only_post: bool = False) -> Any:
    """Decorate a view of (request, found, link): `find` gives what stands behind the address; errors become messages on
    `page`, the name of its route; told in its own language unless another was chosen. Each view counts by itself, so
    that whoever fetches many files is not kept from the page."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, link: str, **more: Any) -> HttpResponse:
            found = find(link)
            if found is None:
                raise Http404
            if often(f"{page}:{view.__name__}:{found.pk}", A_MINUTE):
                return too_often(request)
            if only_post and request.method != "POST":
                return redirect(page, link=link)
            chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
            with translation.override(translation.get_language() if chosen else found.language):
                try:
                    return careful(view(request, found, link, **more))
                except MapaeError as error:
                    tell_error(request, error)
                    return careful(redirect(page, link=link))

        return guarded

    return decorate

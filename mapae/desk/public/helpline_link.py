"""What every page behind a consumer's secret address shares: found or 404, not too often, its language, careful headers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from mapae.desk.helpline.consumer.opened import is_open
from mapae.desk.helpline.links import find
from mapae.desk.helpline.models import Complaint
from mapae.errors import InputError, MapaeError

__all__ = ["by_link", "careful", "nowhere", "often", "said_of", "tell_error", "too_often"]

A_MINUTE = 40  # calls of one address


def by_link(*, opened: bool = False, only_post: bool = False) -> Any:
    """Decorate a view of (request, complaint): found by its address, told in its language; errors become messages.

    opened: only where a code was given; else back to the status.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, link: str, **more: Any) -> HttpResponse:
            complaint = find(link)  # 24 random bytes: nobody guesses them
            if complaint is None:
                return nowhere(request, _("There is no complaint at this address"), _lost())
            if often(f"help:{complaint.pk}", A_MINUTE):
                return too_often(request)
            if only_post and request.method != "POST":
                return redirect("help-follow", link=link)
            if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
                return careful(_done(view, request, complaint, opened, more))
            with translation.override(complaint.language):
                return careful(_done(view, request, complaint, opened, more))

        return guarded

    return decorate


def _lost() -> str:
    return _(
        "Look whether the address is whole: it ends in 32 characters. It stands in every message that we sent you."
    )


def _done(
    view: Callable[..., HttpResponse],
    request: HttpRequest,
    complaint: Complaint,
    opened: bool,
    more: dict[str, Any],
) -> HttpResponse:
    follow = redirect("help-follow", link=complaint.link)
    if opened and not is_open(request, complaint):
        messages.info(request, _("Open your data with a code first."))
        return redirect(f"{reverse('help-follow', args=[complaint.link])}#open")
    try:
        return view(request, complaint, **more)
    except MapaeError as error:
        tell_error(request, error)
        return follow


def tell_error(request: HttpRequest, error: MapaeError) -> None:
    """The error as a message, a sentence or two."""
    messages.error(request, f"{said_of(error)} {error.mend}".strip())


def said_of(error: MapaeError) -> str:
    """What is wrong; of a file, which one."""
    return f"{error.where}: {error.what}" if error.where and type(error) is InputError else error.what


def careful(response: HttpResponse) -> HttpResponse:
    """The address is a secret: it goes to no other site, into no index and no cache."""
    response.headers["Referrer-Policy"] = (
        "same-origin"  # not "no-referrer": browsers would send forms with Origin: null
    )
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response


def often(key: str, most: int, seconds: int = 60) -> bool:
    """Whether this is one call too many within the time."""
    cache.add(key, 0, seconds)
    try:
        return bool(cache.incr(key) > most)
    except ValueError:  # it ended between the two calls
        return False


def nowhere(request: HttpRequest, heading: str, text: str) -> HttpResponse:
    """404 for who holds an address that leads nowhere: why that may be, and where to go on."""
    context = {
        "heading": heading,
        "text": text,
        "back": reverse("help"),
        "back_label": _("Tell us what happened"),
    }
    return careful(render(request, "desk/plain.html", context, status=404))


def too_often(request: HttpRequest, seconds: int = 60) -> HttpResponse:
    """429, in words; seconds: after which the next call counts anew."""
    text = (
        _("Please wait a minute and try again.")
        if seconds <= 60
        else _("Please try again in an hour. If it is urgent, call the consumer line 1372.")
    )
    response = render(request, "desk/plain.html", {"heading": _("Too many calls"), "text": text}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response

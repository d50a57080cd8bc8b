"""The law that the desk reads, for everybody: its articles and quantities as of a day, with reference and history."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mapae.desk import clock
from mapae.desk.citing import address, key_of
from mapae.desk.law import book
from mapae.desk.public.law_entries import contents, entry

__all__ = ["law", "law_entry"]

_SORTS = (
    ("quantity", _("Quantities the article sets")),
    ("clock", _("Periods counted by it")),
    ("document", _("Documents that rest on it")),
    ("act", _("Acts of bodies")),
    ("measure", _("Measures whose checks name it")),
)
_KEPT = 3600  # seconds that a visitor's browser may keep the page


@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """Every law of the pack, article by article; ?q= narrows, ?on= reads it as of another day."""
    on, asked = _day(request), request.GET.get("q", "").strip()[:60]
    if found := key_of(asked):
        return redirect(address(found))
    context = {"laws": contents(asked, on, _language()), "asked": asked, "on": on, **_read_on()}
    return _kept(request, render(request, "desk/public_laws.html", context))


@require_safe
def law_entry(request: HttpRequest, key: str) -> HttpResponse:
    """One article or quantity as of a day."""
    found, on = key_of(key), _day(request)
    if found is None:
        raise Http404
    told = entry(found, on, _language())
    depends = [(title, [row for row in told["depends"] if row["sort"] == sort]) for sort, title in _SORTS]
    context = {"entry": told, "on": on, "depends": [row for row in depends if row[1]], **_read_on()}
    return _kept(request, render(request, "desk/public_law.html", context))


def _read_on() -> dict[str, object]:
    pack = book().pack.data("pack.yaml")
    return {"read_on": pack["law_read_on"], "text_of": pack["law_text_of"]}


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return clock.today()


def _language() -> str:
    return (get_language() or "ko")[:2]


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Visitors without an account may keep the page for an hour; with one, the frame is theirs alone."""
    patch_vary_headers(response, ("Cookie", "Accept-Language"))
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, max_age=60)
    else:
        patch_cache_control(response, public=True, max_age=_KEPT)
    return response

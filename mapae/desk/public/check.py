"""The product check: a share text, address, model or barcode, and what is known of it; safety notices as an Atom feed."""

from __future__ import annotations

from collections.abc import Set
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mapae.app.product_check import MOST, Known, safety_notices
from mapae.desk import clock
from mapae.desk.api.limits import by_address
from mapae.desk.api.problems import Problem
from mapae.desk.findings.names import reference_name
from mapae.desk.helpline.product import MOST_SHOWN, look_up
from mapae.desk.law import said
from mapae.desk.public.helpline_link import too_often

__all__ = ["alerts", "product_check"]


@require_safe
def product_check(request: HttpRequest) -> HttpResponse:
    """The form (all in the address), and what is known. Nothing of it is kept; calls count as those of the API do."""
    text, today = request.GET.get("q", "")[:MOST].strip(), clock.today()
    context: dict[str, Any] = {"text": text, "most": MOST, "today": today}
    if text:
        try:
            by_address(request)
        except Problem:
            return too_often(request)
        looked = look_up(text, today)
        found = looked.checked
        context |= {
            "found": found,
            "sure": [_row(each) for each in found.known if each.sure][:MOST_SHOWN],
            "alike": [_row(each) for each in found.known if not each.sure][:MOST_SHOWN],
            "doing": _doing({each.kind for each in found.known if each.sure}),
            "taken_down": looked.taken_down,
            "reported": looked.reported,
        }
    return render(request, "desk/public_check.html", context)


@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """The newest safety notices of the lists as an Atom feed (RFC 4287)."""
    place = request.build_absolute_uri(reverse("product-check"))
    feed = feedgenerator.Atom1Feed(
        title=_("Safety notices"), link=place, description=_("Recalled products"), language=get_language(),
        feed_url=request.build_absolute_uri(), author_name="Mapae",
    )  # fmt: skip
    for each in safety_notices(clock.today()):
        day = datetime.combine(date.fromisoformat(each.date), datetime.min.time(), UTC)
        words = " · ".join(filter(None, (each.title, _hazard(each))))
        feed.add_item(
            title=each.title, link=each.url or place, description=escape(words), unique_id=f"urn:mapae:{each.reference_id}",
            pubdate=day, updateddate=day,
        )  # fmt: skip
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _row(each: Known) -> dict[str, Any]:
    address = each.url if each.url.startswith(("https://", "http://")) else ""
    source = reference_name(each.reference_id)
    return {
        "known": each,
        "source": source,
        "hazard": _hazard(each),
        "seen": ", ".join(each.seen),
        "address": address,
    }


def _doing(kinds: Set[str]) -> list[str]:
    """What one can do about what is known for sure, a sentence or two a kind."""
    words = {
        "recalled": _(
            "Do not buy it. If you have it, stop using it and do what the notice says. You may also call off the purchase."
        ),
        "blocked": _(
            "It may not be brought into Korea, so customs can stop the parcel. Do not take it or put it on your skin."
        ),
    }
    return [told for kind, told in words.items() if kind in kinds]


def _hazard(each: Known) -> str:
    return said(_hazards()[each.hazard]) if each.hazard in _hazards() else ""


@cache
def _hazards() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load(
        files("mapae.desk.public").joinpath("check.yaml").read_text("utf-8")
    )
    return found

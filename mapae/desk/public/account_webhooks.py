"""Webhooks of the person's own systems: registered, tried, ended; what became of the last messages."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mapae.desk.api.endpoints import MOST, end, own, ping, register
from mapae.desk.api.models import Delivery
from mapae.desk.api.problems import Problem, kinds
from mapae.desk.api.telling import events, told_of
from mapae.desk.documents.models import OUTBOX_STATES
from mapae.desk.law import said

__all__ = ["ROLES", "webhook_do", "webhooks"]

ROLES = ("officer", "agent")
_SHOWN = 20


@never_cache
def webhooks(request: HttpRequest) -> HttpResponse:
    """The addresses and their last messages; the secret of a new one is shown on this answer only."""
    user, made = request.user, None
    if request.method == "POST":
        sent = request.POST
        url, about = sent.get("url", "").strip(), sent.get("about", "").replace("\0", "").strip()[:120]
        try:
            made = register(user, url, about, sent.getlist("event"))
        except Problem as error:
            kind = kinds()[error.slug]
            messages.error(request, f"{said(kind.title)}. {said(kind.means)}")
    rows = list(own(user))
    last = Delivery.objects.filter(endpoint__in=rows).select_related("outbox", "endpoint").order_by("-pk")
    names = set(told_of(user))
    context = {
        "made": made,
        "rows": rows,
        "deliveries": [(each, OUTBOX_STATES[each.outbox.state]) for each in last[:_SHOWN]],
        "events": [told for told in events().values() if told.name in names],
        "most": MOST,
        "entered": request.POST if request.method == "POST" and made is None else {},
    }
    return render(request, "desk/public_webhooks.html", context)


@require_POST
def webhook_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """test or end."""
    found = get_object_or_404(own(request.user), pk=pk)
    if verb == "test":
        ping(found)
        messages.success(request, _("A test message waits to be sent; look below in a few seconds."))
    elif verb == "end":
        end(request.user, found)
        messages.success(request, _("Nothing more is sent there."))
    else:
        raise Http404
    return redirect("webhooks")

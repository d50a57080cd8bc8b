"""A rights holder's page: its rights, fakes reported in bulk, what became of them, the share that proved false."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mapae.desk.cases.actions import Refused
from mapae.desk.merchants.opened import is_open, open_with, shut
from mapae.desk.public.helpline_fields import sent
from mapae.desk.public.merchants_link import by_secret
from mapae.desk.public.rights_holders import RIGHT, add_right_of
from mapae.desk.rights import register
from mapae.desk.rights.bulk import COLUMNS, take_batch
from mapae.desk.rights.models import Right, RightsHolder
from mapae.desk.rights.score import score
from mapae.desk.rights.words import CLAIM_STATES, HOLDER_STATES, RIGHT_STATES
from mapae.desk.uploads import ACCEPT
from mapae.errors import InputError

__all__ = ["act", "page"]


@by_secret(register.find, "rights-page")
def page(request: HttpRequest, holder: RightsHolder, link: str) -> HttpResponse:
    """State for whoever holds the address; the rest behind the number."""
    opened = is_open(request, holder)
    context: dict[str, Any] = {
        "holder": holder,
        "link": link,
        "open": opened,
        "state": HOLDER_STATES[holder.state],
        "code": request.session.pop(f"rights-code-{holder.pk}", "") if opened else "",
        "address": request.build_absolute_uri(reverse("rights-page", args=[link])),
    }
    if opened:
        counts = dict(holder.claims.order_by().values_list("state").annotate(n=Count("pk")))
        context |= {
            "rights": _rights(holder),
            "kinds": register.kinds(),
            "batches": list(holder.batches.annotate(taken=Count("claims"))[:50]),
            "counts": [(CLAIM_STATES[key], counts.get(key, 0)) for key in CLAIM_STATES],
            "score": score(holder),
            "reasons": list(register.reasons().items()),
            "columns": ", ".join(COLUMNS),
            "accept": ",".join(ACCEPT),
        }
    return render(request, "desk/public_rights_page.html", context)


@by_secret(register.find, "rights-page", only_post=True)
def act(request: HttpRequest, holder: RightsHolder, link: str) -> HttpResponse:
    """Open or shut the page, add a right, report listings."""
    doing = request.POST.get("do", "")
    if doing == "open":
        open_with(request, holder, request.POST.get("code", ""))
    elif not is_open(request, holder):
        raise Refused(_("Open the page with your number first."))
    elif doing == "shut":
        shut(request, holder)
    elif doing == "right":
        add_right_of(request, holder, sent(request, RIGHT))
        messages.success(request, _("Added. An officer looks it up and confirms it."))
    elif doing == "claims":
        upload = request.FILES.get("file")
        if upload is None:
            raise InputError(_("Choose a file of listings."))
        made = take_batch(holder, upload)
        told = {"taken": made.claims.count(), "refused": len(made.rejects)}
        messages.success(request, _("Listings taken: %(taken)s, refused: %(refused)s.") % told)
    return redirect("rights-page", link=link)


def _rights(holder: RightsHolder) -> list[tuple[Right, str, dict[str, str]]]:
    """Each right with its kind and state in words."""
    kinds = dict(register.kinds())
    return [(each, kinds.get(each.kind, each.kind), RIGHT_STATES[each.state]) for each in holder.rights.all()]

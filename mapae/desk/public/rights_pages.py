"""A rights holder's page: its rights, fakes reported in bulk, what became of each, the share that proved false."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mapae.desk.cases.actions import Refused
from mapae.desk.law import said
from mapae.desk.merchants.opened import is_open, open_with, shut
from mapae.desk.public.data_files import csv_file
from mapae.desk.public.helpline_fields import sent
from mapae.desk.public.merchants_link import by_secret
from mapae.desk.public.rights_holders import RIGHT, add_right_of
from mapae.desk.rights import outcomes, register
from mapae.desk.rights.bulk import COLUMNS, take_batch
from mapae.desk.rights.models import Right, RightsHolder
from mapae.desk.rights.score import score
from mapae.desk.rights.words import HOLDER_STATES, NEXT, RIGHT_STATES
from mapae.desk.uploads import ACCEPT
from mapae.errors import InputError
from mapae.report.safe import safe_cell

__all__ = ["act", "claims", "example", "page", "rejects"]

_SHOWN = 100  # claims on the page; all are in the file
_RESULT = ("file", "line", "url", "right", "reason", "seller", "state", "title", "why")


@by_secret(register.find, "rights-page")
def page(request: HttpRequest, holder: RightsHolder, link: str) -> HttpResponse:
    """State for whoever holds the address; the rest behind the number."""
    opened = is_open(request, holder)
    context: dict[str, Any] = {
        "holder": holder,
        "link": link,
        "open": opened,
        "state": HOLDER_STATES[holder.state],
        "next": NEXT[holder.state],
        "code": request.session.pop(f"rights-code-{holder.pk}", "") if opened else "",
        "address": request.build_absolute_uri(reverse("rights-page", args=[link])),
    }
    if opened:
        names = register.reasons()
        counts = outcomes.counted(holder)
        context |= {
            "rights": _rights(holder),
            "kinds": register.kinds(),
            "batches": list(holder.batches.annotate(taken=Count("claims"))[:50]),
            "counts": counts,
            "all": sum(n for _key, _title, n in counts),
            "claims": [(row, names.get(row.claim.reason, "")) for row in outcomes.rows(holder, _SHOWN)],
            "shown": _SHOWN,
            "score": score(holder),
            "reasons": list(names.items()),
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


@by_secret(register.find, "rights-page")
def claims(request: HttpRequest, holder: RightsHolder, link: str) -> HttpResponse:
    """Every claim with what became of it, as CSV; only where the number was given."""
    _opened(request, holder)
    names = register.reasons()
    table = [
        {
            "file": row.claim.batch.name, "line": row.claim.line, "url": row.claim.url, "right": str(row.claim.right),
            "reason": names.get(row.claim.reason, row.claim.reason), "seller": row.claim.seller, "state": row.key,
            "title": said(row.title), "why": said(row.why) if row.why else "",
        }
        for row in outcomes.rows(holder)
    ]  # fmt: skip
    return csv_file(f"{holder.number}-claims.csv", _RESULT, [_safe(row) for row in table])


@by_secret(register.find, "rights-page")
def rejects(request: HttpRequest, holder: RightsHolder, link: str, batch: int) -> HttpResponse:
    """Every line of a file that was refused, and why, as CSV; only where the number was given."""
    _opened(request, holder)
    found = holder.batches.filter(pk=batch).first()
    if found is None:
        raise Http404
    table = [_safe({"line": each["line"], "why": each["why"]}) for each in found.rejects]
    return csv_file(f"{holder.number}-refused-{found.pk}.csv", ("line", "why"), table)


@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """A file of listings to fill in: the heads, and two invented rows."""
    first = {
        "url": "https://shop.example/item/1",
        "right": "40-0000000",
        "reason": "fake_mark",
        "seller": "S-1",
    }
    second = {
        "url": "https://shop.example/item/2",
        "right": "40-0000000",
        "reason": "own_photo",
        "seller": "S-2",
    }
    return csv_file("listings-example.csv", COLUMNS, [first, second])


def _opened(request: HttpRequest, holder: RightsHolder) -> None:
    if not is_open(request, holder):
        raise Http404


def _safe(row: dict[str, Any]) -> dict[str, Any]:
    return {name: safe_cell(str(value)) for name, value in row.items()}


def _rights(holder: RightsHolder) -> list[tuple[Right, str, dict[str, str]]]:
    """Each right with its kind and state in words."""
    kinds = dict(register.kinds())
    return [(each, kinds.get(each.kind, each.kind), RIGHT_STATES[each.state]) for each in holder.rights.all()]

"""Rights holders register here, with proof; and whose claims often proved false is shown once enough are decided."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from mapae.desk.agent.forms import kept_files
from mapae.desk.helpline.intake import LANGUAGES
from mapae.desk.merchants.opened import opened
from mapae.desk.public.data_files import csv_file, parquet_file, queried
from mapae.desk.public.helpline_fields import day, sent
from mapae.desk.public.helpline_link import careful, often, tell_error, too_often
from mapae.desk.publication.cells import CELLS, as_parquet
from mapae.desk.rights import register
from mapae.desk.rights.models import ClaimSnapshot, RightsHolder
from mapae.desk.rights.published import FIGURE, current, published
from mapae.desk.uploads import ACCEPT
from mapae.errors import MapaeError

__all__ = ["RIGHT", "add_right_of", "cells_csv", "cells_parquet", "false_claims", "start"]

WHO = {"name": 120, "country": 2, "contact": 60, "email": 120, "phone": 30}
RIGHT = {"kind": 12, "mark": 120, "number": 24, "customs": 24, "ends_on": 10}
AN_HOUR = 20


def start(request: HttpRequest) -> HttpResponse:
    """The form, and the public scores."""
    data = sent(request, {**WHO, **RIGHT}) if request.method == "POST" else {"country": "KR"}
    failed = False
    if request.method == "POST":
        if often(f"rights:{request.META.get('REMOTE_ADDR', '')}", AN_HOUR, 3600):
            return too_often(request)
        try:
            return _registered(request, data)
        except MapaeError as error:
            tell_error(request, error)
            failed = True
    snapshot = current()
    context = {
        "data": data, "kinds": register.kinds(), "accept": ",".join(ACCEPT), "scores": published(snapshot),
        "snapshot": snapshot,
    }  # fmt: skip
    return careful(render(request, "desk/public_rights.html", context, status=422 if failed else 200))


def add_right_of(request: HttpRequest, holder: RightsHolder, data: dict[str, str]) -> None:
    """The right that the form tells, with its files."""
    register.add_right(
        holder, data["kind"], data["mark"], number=data["number"], customs=data["customs"], ends_on=day(data["ends_on"]),
        files=kept_files(request),
    )  # fmt: skip


def _registered(request: HttpRequest, data: dict[str, str]) -> HttpResponse:
    language = translation.get_language() or "ko"
    with transaction.atomic():
        made = register.register(
            language=language if language in LANGUAGES else "ko", **{name: data[name] for name in WHO}
        )
        add_right_of(request, made.holder, data)
    opened(request, made.holder)
    request.session[f"rights-code-{made.holder.pk}"] = made.code
    return redirect("rights-page", link=made.link)


@require_safe
def false_claims(request: HttpRequest, digest: str) -> HttpResponse:
    """The public scores of a snapshot: what they count, the query that gives them, the file it reads."""
    snapshot = get_object_or_404(ClaimSnapshot, digest=digest)
    file = queried(
        "cells", f"mapae-false-claims-{digest}.parquet", reverse("rights-scores-parquet", args=[digest])
    )
    context = {
        "snapshot": snapshot,
        "scores": published(snapshot),
        "query": snapshot.queries[FIGURE],
        "file": file,
    }
    return render(request, "desk/public_rights_query.html", context)


@require_safe
def cells_csv(request: HttpRequest, digest: str) -> HttpResponse:
    """The cells that the query reads."""
    snapshot = get_object_or_404(ClaimSnapshot, digest=digest)
    return csv_file(f"mapae-false-claims-{digest}.csv", CELLS.names, snapshot.cells)


@require_safe
def cells_parquet(request: HttpRequest, digest: str) -> HttpResponse:
    """The same cells as Parquet."""
    snapshot = get_object_or_404(ClaimSnapshot, digest=digest)
    return parquet_file(f"mapae-false-claims-{digest}.parquet", as_parquet(snapshot.cells))

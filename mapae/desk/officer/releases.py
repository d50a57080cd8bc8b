"""Officers' page of the releases: what was counted, when it comes out, what operators said, revisions and why."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mapae.desk import clock
from mapae.desk.agent.forms import told
from mapae.desk.publication.models import Release
from mapae.desk.publication.releases import calendar, revise

__all__ = ["releases", "revise_release"]


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """All releases, the newest first, and the calendar."""
    today = clock.today()
    every = list(Release.objects.defer("cells", "figures")[:60])
    waiting = {each.month for each in every if not each.is_public(today)}
    rows = [
        {
            "release": each,
            "public": each.is_public(today),
            "revisable": each.month not in waiting,
            "comments": each.comments.select_related("operator"),
        }
        for each in every
    ]
    context = {
        "rows": rows,
        "calendar": calendar(today),
        "approves": getattr(request.user, "approves", False),
    }
    return render(request, "desk/officer_releases.html", context)


@require_POST
@told(lambda month: reverse("officer-releases"))
def revise_release(request: HttpRequest, month: str) -> HttpResponse:
    """Count a month anew; only who approves documents of others may."""
    if not request.user.approves:
        raise PermissionDenied
    made = revise(request.user, month, request.POST.get("why", ""))
    messages.success(
        request, _("Counted anew; operators see it now, everybody from %(day)s.") % {"day": made.publish_on}
    )
    return redirect("officer-releases")

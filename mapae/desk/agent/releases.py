"""Figures of the firm's operators before they are published, and what the operator says of them."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mapae.desk import clock
from mapae.desk.agent.forms import told
from mapae.desk.publication.models import Release, ReleaseComment
from mapae.desk.publication.releases import calendar, comment, latest, upcoming
from mapae.desk.publication.shown import figures_of
from mapae.desk.scope import operators_for

__all__ = ["comment_on", "releases"]


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """What comes out in the next days, with the firm's operators only; sides as a whole stand beside them."""
    today = clock.today()
    own = list(operators_for(request.user))
    found = [
        {
            "release": each,
            "until": each.publish_on - timedelta(days=1),
            "figures": figures_of(each, {one.key for one in own}),
            "comments": _comments(each, own),
        }
        for each in (upcoming(today) if own else ())
    ]
    context = {"releases": found, "operators": own, "calendar": calendar(today), "latest": latest(today)}
    return render(request, "desk/agent_releases.html", context)


@require_POST
@told(lambda digest, key: reverse("agent-releases"))
def comment_on(request: HttpRequest, digest: str, key: str) -> HttpResponse:
    """Keep the comment of one operator; an empty one takes it back."""
    release = Release.objects.filter(digest=digest, previewed_from__lte=clock.today()).first()
    operator = operators_for(request.user).filter(key=key).first()
    if release is None or operator is None:
        raise Http404
    text = request.POST.get("text", "").strip()
    comment(request.user, release, operator, text, get_language() or "ko")
    messages.success(
        request,
        _("Kept. It is published with the figures.") if text else _("Taken back. No comment is published."),
    )
    return redirect("agent-releases")


def _comments(release: Release, own: list[object]) -> list[tuple[object, str, str]]:
    """(operator, its comment, what it said of the month before it was revised, where it says nothing of the revision)."""
    said = {each.operator_id: each.text for each in release.comments.all()}
    earlier = ReleaseComment.objects.filter(
        release__month=release.month, release__revision__lt=release.revision
    )
    before = {each.operator_id: each.text for each in earlier.order_by("release__revision")}
    return [
        (operator, said.get(key, ""), "" if key in said else before.get(key, ""))
        for operator in own
        if (key := operator.pk)  # type: ignore[attr-defined]
    ]

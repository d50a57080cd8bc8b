"""Rights holders for officers: who they are, how often their claims proved false, rights to confirm, claims to read first."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mapae.desk.agent.forms import told
from mapae.desk.audit.models import record
from mapae.desk.cases.actions import Refused
from mapae.desk.numbers import wholes
from mapae.desk.rights import register
from mapae.desk.rights.models import Claim, RightsHolder
from mapae.desk.rights.outcomes import counted
from mapae.desk.rights.score import score, scores
from mapae.desk.rights.to_inbox import dismiss, pass_on
from mapae.desk.rights.words import HOLDER_STATES, RIGHT_STATES
from mapae.desk.uploads import attached_or_404, download

__all__ = ["holder_do", "holder_file", "holder_page", "holders"]

_READ = 100  # claims of a page that are read one by one


@require_safe
def holders(request: HttpRequest) -> HttpResponse:
    """All of them, those that wait first."""
    rows = list(RightsHolder.objects.defer("contact", "email", "phone").prefetch_related("rights")[:500])
    found = scores(rows)
    shown = [
        {
            "holder": each,
            "state": HOLDER_STATES[each.state],
            "score": found[each.pk],
            "rights": list(each.rights.all()),
        }
        for each in sorted(rows, key=lambda each: each.state != "applied")
    ]
    return render(request, "desk/officer_rights.html", {"rows": shown})


@require_safe
def holder_page(request: HttpRequest, number: str) -> HttpResponse:
    """One holder: rights with proof, claims that wait, batches with their refusals."""
    holder = get_object_or_404(RightsHolder, number=number)
    officer = request.user.is_officer
    if officer and holder.email:
        record(request.user, "read_personal", f"holder:{holder.pk}")
    names = register.reasons()
    waiting = holder.claims.filter(state="waiting").select_related("right")[:_READ]
    context = {
        "holder": holder,
        "state": HOLDER_STATES[holder.state],
        "score": score(holder),
        "rights": [
            (
                each,
                dict(register.kinds()).get(each.kind, each.kind),
                RIGHT_STATES[each.state],
                each.attached,
            )
            for each in holder.rights.prefetch_related("files")
        ],
        "waiting": [(each, names.get(each.reason, each.reason)) for each in waiting],
        "batches": list(holder.batches.all()[:50]),
        "counts": counted(holder),
        "officer": officer,
        "decides": officer and holder.body_id in (None, request.user.body_id),
    }
    return render(request, "desk/officer_rights_holder.html", context)


@require_safe
def holder_file(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A proof of a right."""
    holder = get_object_or_404(RightsHolder, number=number)
    for right in holder.rights.prefetch_related("files"):
        if any(each.pk == pk for each in right.files.all()):
            return download(attached_or_404(right, pk))
    raise Http404


@require_POST
@told(lambda number: reverse("rights-holder", args=[number]))
def holder_do(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm or refuse a right; let claims into the inbox, or dismiss them."""
    holder = get_object_or_404(RightsHolder, number=number)
    doing, numbers = (
        request.POST.get("do", ""),
        wholes(request.POST.getlist("ids"))[:_READ],
    )
    if doing in ("confirm", "refuse"):
        right = holder.rights.filter(pk__in=numbers[:1]).first()
        if right is None:
            raise Refused(_("Choose a right."))
        register.decide_right(request.user, right, confirm=doing == "confirm")
        messages.success(request, _("Recorded."))
    elif doing in ("pass", "dismiss"):
        claims = Claim.objects.filter(holder=holder, pk__in=numbers).select_related("right")
        done = (pass_on if doing == "pass" else dismiss)(request.user, claims)
        messages.success(request, _("Claims decided: %(number)s.") % {"number": done})
    else:
        raise Refused(_("This cannot be done."), where=number)
    return redirect("rights-holder", number)

"""People of the desk, for administrators: invite, change role and rights, switch off, unlock, help with a lost phone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mapae.desk.accounts.codes import forget, has_code
from mapae.desk.accounts.locks import is_locked, unlock
from mapae.desk.accounts.models import User
from mapae.desk.accounts.people import change, invite, join_address
from mapae.desk.accounts.sessions import end_others, open_of
from mapae.desk.agent.forms import told
from mapae.desk.audit.models import record
from mapae.desk.bodies.models import Body
from mapae.desk.law import said
from mapae.desk.parties.models import AgentFirm
from mapae.workflow.states import ROLES

__all__ = ["people", "people_new", "person", "person_do"]


def people(request: HttpRequest) -> HttpResponse:
    """Everybody, with role, place and state; ?q= narrows."""
    asked = request.GET.get("q", "").strip()[:60]
    found = User.objects.select_related("body", "firm").order_by("role", "name")
    if asked:
        found = found.filter(Q(name__icontains=asked) | Q(email__icontains=asked))
    context = {"rows": [_line(each) for each in found[:500]], "asked": asked, **_choices()}
    return render(request, "desk/officer_people.html", context)


@require_POST
@told(lambda: reverse("people"))
@never_cache
def people_new(request: HttpRequest) -> HttpResponse:
    """Invite; the link is shown this once."""
    made = invite(request.user, request.POST)
    return _link(request, made)


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: fields, sessions, what an administrator may do."""
    found = get_object_or_404(User.objects.select_related("body", "firm"), pk=pk)
    context = {**_line(found), "sessions": open_of(found), "self": found.pk == request.user.pk, **_choices()}
    return render(request, "desk/officer_people_person.html", context)


@require_POST
@told(lambda pk, verb: reverse("person", args=[pk]))
@never_cache
def person_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """change, unlock, link (a new one), code (forget it) or sessions (end them)."""
    found = get_object_or_404(User, pk=pk)
    if verb == "change":
        change(request.user, found, request.POST)
    elif verb == "unlock":
        unlock(request.user, found)
    elif verb == "link":
        record(request.user, "password_link", f"user:{found.pk}")
        return _link(request, found)
    elif verb == "code":
        forget(request.user, found)
    elif verb == "sessions":
        end_others(request.user, found)
    else:
        raise Http404
    messages.success(request, _("Done."))
    return redirect("person", pk)


def _link(request: HttpRequest, user: User) -> HttpResponse:
    address = request.build_absolute_uri(join_address(user))
    return render(request, "desk/officer_people_link.html", {"person": user, "address": address})


def _line(user: User) -> dict[str, Any]:
    return {
        "person": user,
        "role_title": said(ROLES[user.role]),
        "locked": is_locked(user),
        "code": has_code(user),
        "waiting": not user.has_usable_password(),
    }


def _choices() -> dict[str, Any]:
    return {
        "roles": [(key, said(row)) for key, row in ROLES.items()],
        "bodies": Body.objects.all(),
        "firms": AgentFirm.objects.order_by("name_ko"),
    }

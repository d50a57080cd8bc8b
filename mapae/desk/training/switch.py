"""Pages that change who you are and what day it is, and that put the training desk back; training mode only."""

from __future__ import annotations

import re
from datetime import date

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_date
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.training import reset as put_back
from mapae.desk.training.faces import faces
from mapae.desk.training.times import at, move_by, move_to, next_due
from mapae.errors import MapaeError

__all__ = ["become", "move_clock", "reset"]


@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """One click: from now you are this person. Written into the audit log."""
    become_person(request, request.POST.get("person", ""))
    return redirect(_next(request))


def become_person(request: HttpRequest, key: str) -> None:
    """Sign in as somebody of the world (jiwoo: nobody); 404 for anybody else."""
    face = next((face for face in faces() if face.key == key), None)
    if face is None:
        raise Http404
    language = request.COOKIES.get("django_language")
    if not face.email:
        logout(request)
    else:
        user = User.objects.filter(email=face.email, is_active=True).first()
        if user is None:
            raise Http404
        login(request, user)
        record(user, "became_in_training", f"user:{user.pk}")
    if not language:
        messages.info(request, _("You are now %(name)s (%(what)s).") % {"name": face.name, "what": face.what})


@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """Move the demo clock: days (back or forth), `due` to the next due date, or a date."""
    wish = request.POST.get("to", "")
    day = next_due() if wish == "due" else _day(wish)
    if day is not None:
        move_to(at(day))
    elif re.fullmatch(r"-?[0-9]{1,5}", wish):
        move_by(int(wish))
    else:
        messages.error(request, _("There is no due date ahead.") if wish == "due" else _("Not a day."))
        return redirect(_next(request))
    record(request.user if request.user.is_authenticated else "training", "clock_moved", "training")
    messages.info(request, _("It is now %(day)s.") % {"day": clock.today().isoformat()})
    return redirect(_next(request))


@require_POST
def reset(request: HttpRequest) -> HttpResponse:
    """Put the desk back to how it was after loading."""
    try:
        put_back.reset()
    except MapaeError as error:
        messages.error(request, str(error))
        return redirect(_next(request))
    request.session.flush()
    messages.info(request, _("Everything is as it was at the beginning."))
    return redirect("tour")


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _next(request: HttpRequest) -> str:
    """Where the form wants to go on: a page of this desk only."""
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/tour"

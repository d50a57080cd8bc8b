"""A person's own account: password, one-time codes, sessions; and the link by which a new person sets a password."""

from __future__ import annotations

import django_otp
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mapae.desk.accounts.codes import (
    begin,
    confirm,
    forget,
    has_code,
    left,
    matching,
    picture,
    secret_text,
    waiting,
)
from mapae.desk.accounts.locks import RULES, cleared, failed, is_locked
from mapae.desk.accounts.models import User
from mapae.desk.accounts.people import invited
from mapae.desk.accounts.sessions import end_others, moved, open_of
from mapae.desk.audit.models import record

__all__ = ["account", "code", "join", "password", "sessions_end"]


@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """What the person can do about their own account."""
    return _page(request)


@require_POST
@never_cache
def code(request: HttpRequest, verb: str) -> HttpResponse:
    """begin, confirm (shows the backup codes this once) or remove."""
    user, token = request.user, request.POST.get("token", "")
    if verb == "begin" and not has_code(user):
        begin(user)
    elif verb == "confirm":
        device, codes = confirm(user, token)
        if device is not None:
            django_otp.login(request, device)
            return _page(request, codes)
        messages.error(request, _("The code does not fit. Wait for the next one and try again."))
    elif verb == "remove" and _proved(request, code=True):
        forget(user, user)
        messages.success(request, _("One-time codes are off."))
    return redirect("account")


@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; other sessions end."""
    user, new = request.user, request.POST.get("new", "")
    if not _proved(request):
        return redirect("account")
    if wrong := _unfit(new, request.POST.get("again", ""), user):
        messages.error(request, wrong)
        return redirect("account")
    with transaction.atomic():
        user.set_password(new)
        user.save(update_fields=["password"])
        before = request.session.session_key
        update_session_auth_hash(request, user)
        moved(user, before, request.session.session_key)
        end_others(user, user, keep=request.session.session_key)
        record(user, "password_changed", f"user:{user.pk}")
    messages.success(request, _("The password is changed. Your other sessions have ended."))
    return redirect("account")


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End every session but this."""
    ended = end_others(request.user, request.user, keep=request.session.session_key)
    messages.success(request, _("Sessions ended: %(n)s.") % {"n": ended})
    return redirect("account")


@never_cache
def join(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """A new person, or one who lost the password, sets a new one by the link of an administrator."""
    user = invited(uid, token)
    wrong = ""
    if user is not None and request.method == "POST":
        wrong = _unfit(request.POST.get("new", ""), request.POST.get("again", ""), user)
        if not wrong:
            with transaction.atomic():
                user.set_password(request.POST["new"])
                user.save(update_fields=["password"])
                cleared(user)
                end_others(user, user)
                record(user, "joined", f"user:{user.pk}")
            messages.success(request, _("Your password is set. Sign in with it."))
            return redirect("sign-in")
    context = {"person": user, "wrong": wrong}
    return render(request, "desk/public_join.html", context, status=200 if user else 404)


def _page(request: HttpRequest, codes: list[str] | None = None) -> HttpResponse:
    user = request.user
    device = waiting(user)
    context = {
        "on": has_code(user),
        "picture": picture(device) if device else "",
        "secret": secret_text(device) if device else "",
        "codes": codes or [],
        "left": left(user),
        "sessions": open_of(user),
        "here": request.session.session_key,
        "hours": RULES.session_hours,
    }
    return render(request, "desk/public_account.html", context)


def _proved(request: HttpRequest, *, code: bool = False) -> bool:
    """Whether it is the person: the password now, and the code where one is asked for; failures count as at sign-in."""
    user = User.objects.get(pk=request.user.pk)
    if is_locked(user):
        messages.error(
            request, _("Too many failures. Try again in %(minutes)s minutes.") % {"minutes": RULES.minutes}
        )
        return False
    right = user.check_password(request.POST.get("password", ""))
    if right and code and has_code(user):
        right = matching(user, request.POST.get("token", "")) is not None
    if not right:
        failed(user)
        messages.error(request, _("The password or the code is wrong."))
    return bool(right)


def _unfit(new: str, again: str, user: User) -> str:
    """Why the new password cannot be taken, or nothing."""
    if new != again:
        return _("The two new passwords differ.")
    try:
        validate_password(new, user)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""

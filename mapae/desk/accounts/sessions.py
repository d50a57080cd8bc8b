"""Sessions of a person: begun by signing in, listed, ended."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from mapae.desk import clock
from mapae.desk.accounts.locks import RULES
from mapae.desk.accounts.models import SignedIn, User
from mapae.desk.audit.models import record

__all__ = ["began", "end_others", "moved", "open_of"]


def began(request: HttpRequest, *, one_time_code: bool) -> None:
    """Note the session that signing in has just begun, and when it ends."""
    request.session.set_expiry(RULES.session_hours * 3600)
    if not request.session.session_key:
        request.session.save()
    browser = request.headers.get("User-Agent", "")[:120]
    SignedIn.objects.create(
        user=request.user, key=request.session.session_key, began_at=clock.now(), browser=browser,
        one_time_code=one_time_code,
    )  # fmt: skip
    record(request.user, "signed_in", f"user:{request.user.pk}", one_time_code=one_time_code)


def moved(user: User, before: str | None, after: str | None) -> None:
    """A session took a new key (a new password does that)."""
    if before and after:
        SignedIn.objects.filter(user=user, key=before).update(key=after)


def open_of(user: User) -> list[SignedIn]:
    """Sessions that still hold; what is over is forgotten."""
    holding = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    SignedIn.objects.filter(user=user).exclude(key__in=holding).delete()
    return list(SignedIn.objects.filter(user=user).order_by("-began_at"))


@transaction.atomic
def end_others(by: User, user: User, keep: str | None = None) -> int:
    """End the person's sessions but the one to keep; how many ended."""
    rows = SignedIn.objects.filter(user=user).exclude(key=keep or "")
    keys = list(rows.values_list("key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    record(by, "sessions_ended", f"user:{user.pk}", sessions=len(keys))
    return len(keys)

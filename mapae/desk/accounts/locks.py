"""Locks an account after failures in a row, so that nobody tries passwords or codes one after another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record

__all__ = ["RULES", "LockRules", "cleared", "failed", "is_locked", "unlock"]


@dataclass(frozen=True, slots=True)
class LockRules:
    """failures: in a row; minutes: of the lock; session_hours: after which one signs in again."""

    failures: int = 5
    minutes: int = 15
    session_hours: int = 10


RULES = LockRules()


def is_locked(user: User) -> bool:
    """Whether nobody can sign in as this person now, not even with the right password."""
    return user.locked_until is not None and clock.now() < user.locked_until


@transaction.atomic
def failed(user: User) -> None:
    """Count a failure; the last one locks. Failures while it is locked do not lengthen the lock."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if is_locked(user):
        return
    user.failed_logins += 1
    if user.failed_logins >= RULES.failures:
        user.failed_logins = 0
        user.locked_until = clock.now() + timedelta(minutes=RULES.minutes)
        record("sign_in", "locked", f"user:{user.pk}")
    user.save(update_fields=["failed_logins", "locked_until"])


def cleared(user: User) -> None:
    """The person signed in: failures are forgotten."""
    if user.failed_logins or user.locked_until:
        User.objects.filter(pk=user.pk).update(failed_logins=0, locked_until=None)


@transaction.atomic
def unlock(by: User, user: User) -> None:
    """An administrator ends the lock."""
    cleared(user)
    record(by, "unlocked", f"user:{user.pk}")

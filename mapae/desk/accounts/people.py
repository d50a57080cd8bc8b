"""Who works at the desk: inviting people, changing their role, switching accounts off. Every change is audited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.accounts.sessions import end_others
from mapae.desk.audit.models import record
from mapae.desk.bodies.models import Body
from mapae.desk.numbers import whole
from mapae.desk.parties.models import AgentFirm
from mapae.errors import InputError
from mapae.workflow.states import ROLES

__all__ = ["change", "invite", "invited", "join_address"]

_OF_A_FIRM = ("agent", "headquarters")


@transaction.atomic
def invite(by: User, sent: Mapping[str, Any]) -> User:
    """A new person; nobody can sign in as them before they set a password by their link."""
    email = str(sent.get("email", "")).strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise InputError(_("That is no e-mail address.")) from None
    if User.objects.filter(email=email).exists():
        raise InputError(_("Somebody has this e-mail address already."))
    made = User.objects.create_user(email, None, **_fields(sent))
    record(by, "invited", f"user:{made.pk}", **_codes(made))
    return made


@transaction.atomic
def change(by: User, user: User, sent: Mapping[str, Any]) -> None:
    """Change name, role, place, rights; a change of rights ends the person's sessions. Nobody changes their own rights."""
    user = User.objects.select_for_update().get(pk=user.pk)
    before = _codes(user)
    fields = {**_fields(sent), "is_active": bool(sent.get("is_active"))}
    for name, value in fields.items():
        setattr(user, name, value)
    if _codes(user) != before:
        if by.pk == user.pk:
            raise InputError(_("Another administrator must change your own role or rights."))
        record(by, "role_change", f"user:{user.pk}", **_codes(user))
        end_others(by, user)
    user.save()


def join_address(user: User) -> str:
    """The path by which the person sets a password: works once, for three days."""
    return reverse(
        "join", args=[urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)]
    )


def invited(uid: str, token: str) -> User | None:
    """Whose link that is, if it still opens."""
    try:
        pk = int(urlsafe_base64_decode(uid).decode())
    except (ValueError, OverflowError):
        return None
    user: User | None = User.objects.filter(pk=pk, is_active=True).first() if pk < 2**62 else None
    return user if user is not None and default_token_generator.check_token(user, token) else None


def _fields(sent: Mapping[str, Any]) -> dict[str, Any]:
    """The person's fields as they fit together: officers need a body, agents a firm."""
    role, name = str(sent.get("role", "")), str(sent.get("name", "")).strip()[:80]
    if role not in ROLES or not name:
        raise InputError(_("Give a name and choose a role."))
    body = Body.objects.filter(pk=_number(sent.get("body"))).first()
    firm = AgentFirm.objects.filter(pk=_number(sent.get("firm"))).first()
    if role in _OF_A_FIRM and firm is None:
        raise InputError(_("Choose the firm this person works for."))
    if role not in _OF_A_FIRM and body is None:
        raise InputError(_("Choose the body this person works at."))
    official = role == "officer"
    return {
        "role": role,
        "name": name,
        "body": None if role in _OF_A_FIRM else body,
        "firm": firm if role in _OF_A_FIRM else None,
        "approves": official and bool(sent.get("approves")),
        "cleared": official and bool(sent.get("cleared")),
    }


def _codes(user: User) -> dict[str, Any]:
    """What the audit log keeps of a role: codes and numbers, no name."""
    return {
        "role": user.role,
        "body": user.body_id,
        "firm": user.firm_id,
        "approves": user.approves,
        "cleared": user.cleared,
        "active": user.is_active,
    }


def _number(value: Any) -> int:
    text = str(value or "")
    return whole(text, 11)

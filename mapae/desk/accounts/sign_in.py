"""The form of signing in: e-mail, password, and the one-time code of those who use one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mapae.desk.accounts.codes import has_code, matching
from mapae.desk.accounts.locks import RULES, failed, is_locked
from mapae.desk.accounts.models import User

__all__ = ["SignInForm"]


class SignInForm(AuthenticationForm):
    """One message for whatever was wrong, so that it tells nobody which accounts exist or are locked."""

    otp_token = forms.CharField(required=False, max_length=40)

    def clean(self) -> dict[str, Any]:
        """Password first, then lock, then code; every failure counts."""
        email = str(self.cleaned_data.get("username", "")).strip().lower()
        self.cleaned_data["username"] = email
        known = User.objects.filter(email=email).first()
        try:
            cleaned = super().clean()
        except ValidationError:
            raise self._wrong(known) from None
        user = self.get_user()
        if user is None or is_locked(user):
            raise self._wrong(known)
        self._ask_code(user)
        return dict(cleaned or self.cleaned_data)

    def _ask_code(self, user: User) -> None:
        if not has_code(user):
            return
        token = self.cleaned_data.get("otp_token", "").strip()
        if not token:
            raise ValidationError(_("Enter your password again, and the one-time code of your app."), "code")
        device = matching(user, token)
        if device is None:
            raise self._wrong(user)
        user.otp_device = device

    def _wrong(self, user: User | None) -> ValidationError:
        if user is not None:
            failed(user)
        text = _(
            "E-mail, password or code is wrong. After %(n)s failures an account is locked for %(minutes)s minutes."
        )
        return ValidationError(text % {"n": RULES.failures, "minutes": RULES.minutes}, "wrong")

"""Users and API tokens."""

from __future__ import annotations

import hashlib
import secrets

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from mapae.workflow.states import ROLES

__all__ = ["ApiToken", "SignedIn", "User"]


class Users(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """A new user; without a password nobody can sign in as them."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with one role. Officers belong to a body, agents and headquarters to a firm. approves: may approve
    documents of others. cleared: sees personal data in full. by_token: number of the API token that this call came with."""

    by_token: int | None = None

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=16, choices=[(key, row["en"]) for key, row in ROLES.items()])
    body = models.ForeignKey("bodies.Body", null=True, blank=True, on_delete=models.PROTECT)
    firm = models.ForeignKey("parties.AgentFirm", null=True, blank=True, on_delete=models.PROTECT)
    approves = models.BooleanField(default=False)
    cleared = models.BooleanField(default=False)
    language = models.CharField(max_length=8, default="ko")
    is_active = models.BooleanField(default=True)
    failed_logins = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]
    objects = Users()

    def __str__(self) -> str:
        return self.name

    @property
    def is_officer(self) -> bool:
        """Whether the person works at an authority on cases."""
        return self.role == "officer"


class ApiToken(models.Model):
    """A token for the API: acts as its user, within its scopes; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    @staticmethod
    def make() -> tuple[str, str]:
        """(token to show once, digest to keep)."""
        token = f"mapae_{secrets.token_urlsafe(32)}"
        return token, hashlib.sha256(token.encode()).hexdigest()


class SignedIn(models.Model):
    """A session that a person began by signing in; it is over when the session's row is gone or out of date."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField()
    browser = models.CharField(max_length=120, blank=True)
    one_time_code = models.BooleanField(default=False)

"""Secret addresses of consumers: made once, found by their hash; nothing in the database tells them to who reads it."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.urls import reverse

from mapae.desk.helpline.models import Complaint

__all__ = ["address", "digest", "find", "new_link"]


def new_link() -> str:
    """A new secret: 24 random bytes."""
    return secrets.token_urlsafe(24)


def digest(link: str) -> str:
    """SHA-256 of the secret, in hexadecimal."""
    return hashlib.sha256(link.encode()).hexdigest()


def find(link: str) -> Complaint | None:
    """The complaint of that address, if there is one."""
    found = Complaint.objects.filter(link_digest=digest(link))
    return found.select_related("operator", "body", "collective", "duplicate_of", "case").first()


def address(complaint: Complaint) -> str:
    """The whole address of the complaint's page, for letters and messages."""
    return f"{settings.PUBLIC_URL}{reverse('help-follow', args=[complaint.link])}"

"""Model fields: text that is encrypted at rest, with keys that can be changed."""

from __future__ import annotations

from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

from mapae.errors import UsageError

__all__ = ["SealedText", "seal", "unseal"]


@cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    """Encrypt with the newest key."""
    return _box(tuple(settings.DATA_KEYS)).encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """Decrypt with whichever key fits; UsageError where none does."""
    try:
        return _box(tuple(settings.DATA_KEYS)).decrypt(token.encode()).decode()
    except InvalidToken:
        raise UsageError(
            "personal data cannot be read with the keys at hand",
            where="MAPAE_DATA_KEYS",
            mend="add the key it was written with behind the newest one",
        ) from None


class SealedText(models.TextField):
    """Text that stands encrypted in the database; it cannot be searched. Empty stays empty."""

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in."""
        text = super().get_prep_value(value)
        return seal(text) if text else text

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        """Unseal on the way out."""
        return unseal(value) if value else value

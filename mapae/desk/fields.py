"""Model fields: text that is encrypted at rest, with keys that can be changed; what a web address is found by."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

from mapae.errors import UsageError

__all__ = ["AddressKey", "SealedText", "address_key", "seal", "unseal"]


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


def address_key(url: str) -> str | None:
    """Platform and number of the goods shown at a web address, however the address is written; None where it is none."""
    from mapae.sources.identity import item_of, platform_of  # with every reader of files: not for a start

    try:
        host = urlsplit(url.strip()).hostname
    except ValueError:
        return None
    return f"{platform_of(host)} {item_of(url)}"[:200] if host else None


class AddressKey(models.CharField):
    """The key of the address that stands in another column of the row (`of`), written with every save of the row."""

    def __init__(self, of: str, **options: Any) -> None:
        self.of = of
        super().__init__(**{"max_length": 200, "null": True, "editable": False, **options})

    def deconstruct(self) -> Any:
        """As migrations write it down."""
        name, path, words, options = super().deconstruct()
        return name, path, words, {**options, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The key as the address is now."""
        key = address_key(getattr(model_instance, self.of) or "")
        setattr(model_instance, self.attname, key)
        return key

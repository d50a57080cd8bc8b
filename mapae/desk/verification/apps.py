"""The verification app: connects the relisting watch to the items it remembers."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["Verification"]


class Verification(AppConfig):
    """Verification."""

    name = "mapae.desk.verification"

    def ready(self) -> None:
        """Hear of items that were taken down, or came back."""
        from mapae.desk.verification.signs import listen

        listen()

"""The API as an app: its tables, and webhooks told of events in the events' own transaction."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["Api"]


class Api(AppConfig):
    """The API."""

    name = "mapae.desk.api"

    def ready(self) -> None:
        """Listen to events of cases."""
        from mapae.desk.api.telling import listen

        listen()

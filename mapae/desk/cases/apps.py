"""The cases app: connects search to what it is about."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["Cases"]


class Cases(AppConfig):
    """Cases."""

    name = "mapae.desk.cases"

    def ready(self) -> None:
        """Keep search rows in step with their objects."""
        from mapae.desk.cases.search_rows import watch

        watch()

"""The publication app."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["Publication"]


class Publication(AppConfig):
    """Publication."""

    name = "mapae.desk.publication"

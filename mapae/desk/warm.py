"""Reads ahead what a web process would read for its first pages: addresses and views, the law, templates."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template

from mapae.desk.law import book

__all__ = ["warm"]


def warm() -> None:
    """Once a process, before it answers."""
    import_module(settings.ROOT_URLCONF)
    book()
    for path in sorted((Path(__file__).parent / "templates" / "desk").glob("*.html")):
        get_template(f"desk/{path.name}")

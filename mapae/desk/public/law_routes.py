"""Addresses of the law that the desk reads."""

from __future__ import annotations

from mapae.desk.public import law
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("law", law.law, "law", ("everyone",)),
    Route("law/<str:key>", law.law_entry, "law-entry", ("everyone",)),
)

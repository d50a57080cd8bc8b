"""Addresses of the officers' page of releases."""

from __future__ import annotations

from mapae.desk.officer import releases
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("releases", releases.releases, "officer-releases", ("officer", "auditor")),
    Route("releases/<str:month>/revise", releases.revise_release, "release-revise", ("officer",)),
)

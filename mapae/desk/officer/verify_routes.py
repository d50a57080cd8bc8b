"""Addresses of verification."""

from __future__ import annotations

from mapae.desk.officer import verify
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("checks", verify.rounds, "checks", ("officer",)),
    Route("cases/<slug:number>/verify", verify.page, "case-verify", ("officer",)),
    Route("cases/<slug:number>/verify/act", verify.act, "case-verify-act", ("officer",)),
)

"""Addresses of agreements and who may call them."""

from __future__ import annotations

from mapae.desk.officer import agreements
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

_READ, _WRITE = ("officer", "auditor"), ("officer",)
_OPEN = "agreements/<slug:key>/<slug:agreement>/<slug:commitment>/open"

ROUTES: tuple[Route, ...] = (
    Route("agreements", agreements.agreements_page, "agreements", _READ),
    Route("agreements/<slug:key>", agreements.agreements_of, "agreements-of", _READ),
    Route("agreements/<slug:key>/events", agreements.agreements_events, "agreements-events", _WRITE),
    Route("agreements/<slug:key>/draft", agreements.agreements_draft, "agreements-draft", _READ),
    Route(_OPEN, agreements.agreement_open, "agreement-open", _WRITE),
)

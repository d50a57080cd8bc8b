"""Addresses of market files and who may call them."""

from __future__ import annotations

from mapae.desk.officer import markets
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("markets", markets.markets_page, "markets", ("officer", "auditor")),
    Route("markets/add", markets.markets_add, "markets-add", ("officer",)),
    Route("markets/remedy", markets.markets_remedy, "markets-remedy", ("officer", "auditor")),
    Route("markets/<int:pk>", markets.market_file, "market-file", ("officer", "auditor")),
)

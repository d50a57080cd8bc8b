"""Addresses of the product check."""

from __future__ import annotations

from mapae.desk.public import check
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("check", check.product_check, "product-check", ("everyone",)),
    Route("check/alerts.atom", check.alerts, "safety-alerts", ("everyone",)),
)

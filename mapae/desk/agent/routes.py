"""Addresses of this area and who may call them."""

from __future__ import annotations

from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = ()

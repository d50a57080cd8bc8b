"""Addresses of this area and who may call them."""

from __future__ import annotations

from mapae.desk.routes import Route
from mapae.desk.seller import page

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (Route("s/<str:token>", page.page, "seller", ("link",)),)

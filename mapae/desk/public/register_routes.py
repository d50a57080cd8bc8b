"""Addresses of the public register of local agents."""

from __future__ import annotations

from mapae.desk.public import register
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("register", register.page, "register", ("everyone",)),
    Route("register.csv", register.as_csv, "register-csv", ("everyone",)),
    Route("register.json", register.as_json, "register-json", ("everyone",)),
    Route("register/<slug:key>", register.operator, "register-operator", ("everyone",)),
)

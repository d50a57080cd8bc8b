"""Addresses of a person's own account."""

from __future__ import annotations

from mapae.desk.public import account
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("account", account.account, "account", ("signed_in",)),
    Route("account/password", account.password, "account-password", ("signed_in",)),
    Route("account/sessions", account.sessions_end, "account-sessions", ("signed_in",)),
    Route("account/code/<slug:verb>", account.code, "account-code", ("signed_in",)),
    Route("join/<str:uid>/<str:token>", account.join, "join", ("link",)),
)

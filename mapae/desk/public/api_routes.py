"""Addresses about the API: its description for people, and a person's tokens."""

from __future__ import annotations

from mapae.desk.public import account_tokens, api_docs
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("api/docs", api_docs.page, "api-docs", ("everyone",)),
    Route("account/tokens", account_tokens.tokens, "tokens", account_tokens.ROLES),
    Route("account/tokens/<int:pk>/revoke", account_tokens.revoke, "token-revoke", account_tokens.ROLES),
)

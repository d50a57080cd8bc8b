"""Addresses about the API: its description for people, and a person's tokens."""

from __future__ import annotations

from mapae.desk.public import account_tokens, account_webhooks, api_docs
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("api/docs", api_docs.page, "api-docs", ("everyone",)),
    Route("account/tokens", account_tokens.tokens, "tokens", account_tokens.ROLES),
    Route("account/tokens/<int:pk>/revoke", account_tokens.revoke, "token-revoke", account_tokens.ROLES),
    Route("account/webhooks", account_webhooks.webhooks, "webhooks", account_webhooks.ROLES),
    Route(
        "account/webhooks/<int:pk>/<slug:verb>",
        account_webhooks.webhook_do,
        "webhook-do",
        account_webhooks.ROLES,
    ),
)

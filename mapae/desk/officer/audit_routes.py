"""Addresses of the audit log and who may call them."""

from __future__ import annotations

from mapae.desk.officer import audit
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("audit", audit.audit, "audit", ("auditor", "admin")),
    Route("audit/export", audit.export, "audit-export", ("auditor",)),
    Route("audit/check", audit.check, "audit-check", ("auditor",)),
)

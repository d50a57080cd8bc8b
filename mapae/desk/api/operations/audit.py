"""The heads of the audit log, for auditors who keep them elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from mapae.desk.api.access import Token
from mapae.desk.api.shapes.hooks import Heads
from mapae.desk.audit.heads import read_heads
from mapae.desk.audit.models import START, AuditHead

__all__ = ["router"]

router = Router(tags=["Audit"])


@router.get("/audit/heads", response=Heads, auth=Token("audit", "auditor"), summary="Heads of the audit log")
def heads(request: HttpRequest) -> Any:
    """Where the chain ends now, and the heads kept outside the database: hold them against your own copies."""
    now = AuditHead.objects.filter(pk=1).first()
    kept = [{"seq": each.seq, "chain": each.chain, "where": each.where} for each in read_heads()]
    return {"seq": now.seq if now else 0, "chain": now.chain if now else START, "kept": kept}

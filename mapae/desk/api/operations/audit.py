"""The heads of the audit log, for auditors who keep them elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from mapae.desk.api.access import Token
from mapae.desk.api.shapes.hooks import Heads
from mapae.desk.audit.heads import folder, read_heads
from mapae.desk.audit.models import START, AuditHead
from mapae.desk.audit.stamps import stamp_states

__all__ = ["router"]

router = Router(tags=["Audit"])


@router.get("/audit/heads", response=Heads, auth=Token("audit", "auditor"), summary="Heads of the audit log")
def heads(request: HttpRequest) -> Any:
    """Where the chain ends now, and the heads kept outside the database: hold them against your own copies."""
    now = AuditHead.objects.filter(pk=1).first()
    stamps = stamp_states(folder())
    kept = []
    for each in read_heads():
        state, at = stamps.get(each.where, ("none", None))
        kept.append(
            {"seq": each.seq, "chain": each.chain, "where": each.where, "stamp": state, "stamped_at": at}
        )
    return {"seq": now.seq if now else 0, "chain": now.chain if now else START, "kept": kept}

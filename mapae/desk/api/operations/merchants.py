"""What merchants let a platform's agent be told, in the pack's list of fields, and the agent's reply to it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from mapae.desk.api.access import Token, caller
from mapae.desk.api.once import once
from mapae.desk.api.pages import AFTER, LIMIT, Text, closed, opened
from mapae.desk.api.shapes.merchants import Replied, ReplyIn, ToldPage
from mapae.desk.audit.models import record
from mapae.desk.merchants.models import DisclosureReply
from mapae.desk.merchants.replies import replies_of, reply
from mapae.desk.merchants.share import agreed, disclosed_fields, disclosed_to
from mapae.desk.scope import operators_for

__all__ = ["router"]

router = Router(tags=["Merchants"])
_LIST = "merchant_reports"


@router.get(
    "/merchant-reports", response=ToldPage, auth=Token("read", "agent", "headquarters"),
    summary="List what merchants let you know",
)  # fmt: skip
def merchant_reports(request: HttpRequest, after: Text = AFTER, limit: int = LIMIT) -> Any:
    """Reports that their merchants agreed to have told to your operators; who they are is not told. The reading is noted."""
    user, last = caller(request), opened(_LIST, after)
    told = [
        (found, report) for report in disclosed_to(operators_for(user)) if (found := agreed(report)) and found.code > last
    ]  # fmt: skip
    rows = [
        {**disclosed_fields(report), "open": report.state != "closed", "replies": replies_of(user, found)}
        for found, report in told[:limit]
    ]
    if rows:
        record(user, "read_told", f"firm:{user.firm_id}", reports=len(rows))
    return {"rows": rows, "next": closed(_LIST, rows[-1]["code"]) if len(told) > limit else None}


@router.post(
    "/merchant-reports/{told}/replies", response={201: Replied}, auth=Token("answer", "agent"),
    summary="Reply to what a merchant let you know",
)  # fmt: skip
def reply_to_merchant(request: HttpRequest, told: Text, given: ReplyIn) -> HttpResponse:
    """A reply for the officer; the merchant is told that there is one, not what it says."""

    def kept() -> DisclosureReply:
        made = reply(caller(request), told, given.text.replace("\0", ""))
        if made is None:
            raise Http404
        return made

    return once(request, Replied, kept, status=201)

"""The product check for everybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from mapae.app.product_check import MOST
from mapae.desk import clock
from mapae.desk.api.access import anyone
from mapae.desk.api.pages import Text
from mapae.desk.api.shapes.products import ProductChecked
from mapae.desk.helpline.product import look_up

__all__ = ["router"]

router = Router(tags=["Public"])


@router.get("/check", response=ProductChecked, auth=anyone, summary="What is known of a product")
def product_check(
    request: HttpRequest,
    q: Text = Query(..., max_length=MOST, description="share text, address, model or barcode"),
) -> Any:
    """Held against recalls, blocked ingredients, what was taken down and what was reported; nothing of it is kept."""
    found = look_up(q.strip(), clock.today())
    checked = found.checked
    return {
        "known": checked.known, "codes": checked.codes, "addresses": checked.addresses, "notices": checked.notices,
        "newest": checked.newest, "taken_down": len(found.taken_down), "reported": found.reported,
    }  # fmt: skip

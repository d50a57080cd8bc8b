"""Requests for more time: which wait, and what their decision does to the items."""

from __future__ import annotations

from typing import Any

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import log
from mapae.desk.cases.models import Case, CaseItem
from mapae.workflow import item_after

__all__ = ["settle_time"]


def settle_time(user: User, case: Case, ref: str, event: str, **data: Any) -> list[CaseItem]:
    """Decide the requests about a document (ref: its code): each item is asked about again, with the event on the case.

    event: time_granted or time_declined. The items it was decided for; none where nobody asked.
    """
    waiting = case.items.select_for_update().filter(
        state="time_asked", answers__kind="time", answers__ref=ref
    )
    found = {item.pk: item for item in waiting.order_by("pk")}
    for item in found.values():
        after = item_after(item.state, event)
        assert after is not None
        item.state = after
        item.save(update_fields=["state"])
        log(case, event, user, item=item, ref=ref, **data)
    return list(found.values())

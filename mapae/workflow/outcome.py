"""The state of a case follows its items: `verified` only while nothing that was asked for is left over."""

from __future__ import annotations

from collections.abc import Collection

from mapae.workflow.items import GONE

__all__ = ["DONE", "case_after"]

DONE = GONE | {"withdrawn", "restored"}  # nothing more is awaited of such an item
_FOLLOWS = (
    "asked",
    "answered",
    "verified",
)  # an open case waits for a person: something in it is asked of nobody yet


def case_after(state: str, items: Collection[str], *, answered: bool) -> str:
    """The state of a case whose items are in these states. answered: whether the operator answered at all.

    Verified where every item is done with and at least one was seen gone or restored; a verified case with anything left
    over is answered or asked again. Withdrawn notices alone verify nothing, and a case that was reopened stays open until
    somebody asks again or closes it.
    """
    if state not in _FOLLOWS or not items:
        return state
    left = [each for each in items if each not in DONE]
    if left and state == "verified":
        return "answered" if answered else "asked"
    seen = any(each in GONE or each == "restored" for each in items)
    return "verified" if not left and seen else state

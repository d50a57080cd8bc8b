"""A case is verified only while nothing that was asked for is left over."""

from __future__ import annotations

import pytest

from mapae.workflow.items import ITEM_STATES
from mapae.workflow.outcome import DONE, case_after

OPEN = sorted(set(ITEM_STATES) - DONE)


@pytest.mark.parametrize("left", OPEN)
def test_one_item_left_over_keeps_a_case_from_being_verified(left: str) -> None:
    for state in ("open", "asked", "answered"):
        assert case_after(state, ["removed", left], answered=True) == state
    assert case_after("verified", ["removed", left], answered=True) == "answered"
    assert case_after("verified", ["removed", left], answered=False) == "asked"


@pytest.mark.parametrize("state", ["asked", "answered", "verified"])
def test_when_all_is_gone_restored_or_withdrawn_the_case_is_verified(state: str) -> None:
    assert case_after(state, ["removed", "withdrawn", "restored"], answered=False) == "verified"


def test_withdrawn_notices_alone_verify_nothing() -> None:
    assert case_after("answered", ["withdrawn"], answered=True) == "answered"


def test_a_reopened_case_stays_open_until_a_person_acts() -> None:
    assert case_after("open", ["removed"], answered=True) == "open"


def test_a_closed_case_and_a_case_without_items_stay_as_they_are() -> None:
    assert case_after("closed", ["still_up"], answered=True) == "closed"
    assert case_after("asked", [], answered=False) == "asked"

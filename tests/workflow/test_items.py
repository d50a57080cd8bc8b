"""States of items: only what was seen to be gone is removed, and a contest stays until it is decided."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mapae.workflow.items import GONE, ITEM_STATES, item_after

EVENTS = (
    "served", "claimed_removed", "contested", "time_asked", "checked", "contest_rejected", "contest_accepted",
    "time_granted", "time_declined",
    "notice_withdrawn", "restoration_requested", "restored", "relisted",
)  # fmt: skip
VERDICTS = ("removed", "still_up", "changed", "unreachable", "refused_us", "differs")
_steps = st.lists(st.tuples(st.sampled_from(EVENTS), st.sampled_from(VERDICTS)), max_size=30)


@given(_steps)
def test_no_sequence_of_events_leads_outside_the_table(steps: list[tuple[str, str]]) -> None:
    state = "found"
    for event, verdict in steps:
        state = item_after(state, event, verdict) or state
        assert state in ITEM_STATES


@given(_steps)
def test_only_a_check_that_saw_it_gone_makes_an_item_removed(steps: list[tuple[str, str]]) -> None:
    state = "found"
    for event, verdict in steps:
        after = item_after(state, event, verdict)
        if after in GONE and state not in GONE:
            assert (event, verdict) == ("checked", "removed")
        state = after or state


@given(st.sampled_from(VERDICTS), st.sampled_from(["contested", "time_asked"]))
def test_a_check_leaves_what_waits_for_a_decision_unless_the_goods_are_gone(verdict: str, state: str) -> None:
    assert item_after(state, "checked", verdict) == ("removed" if verdict == "removed" else state)


def test_a_decision_on_time_asks_about_the_item_again() -> None:
    assert item_after("time_asked", "time_granted") == item_after("time_asked", "time_declined") == "asked"
    assert item_after("asked", "time_declined") is None


def test_a_verdict_outside_the_table_changes_nothing() -> None:
    assert item_after("asked", "checked", "gone") is None
    assert item_after("asked", "checked") is None


def test_what_was_withdrawn_is_asked_no_more() -> None:
    for event in ("served", "contested", "checked", "claimed_removed", "relisted"):
        assert item_after("withdrawn", event, "removed") is None
    assert item_after("withdrawn", "restored") == "restored"

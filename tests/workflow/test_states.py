"""The table of verbs: whatever is done in whatever order, a case is in a state of the table."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.workflow.states import CASE_STATES, DESK, ROLES, VERBS, WHILE_HELD, refused

_verbs = st.sampled_from(sorted(VERBS))
_roles = st.sampled_from([*ROLES, DESK])


@given(st.lists(st.tuples(_verbs, _roles, st.booleans()), max_size=40))
def test_no_sequence_of_verbs_leads_outside_the_table(done: list[tuple[str, str, bool]]) -> None:
    state: str | None = None
    held = False
    for verb, role, approves in done:
        if refused(verb, state, role, approves=approves, held=held):
            continue
        held = {"hold": True, "resume": False}.get(verb, held)
        state = VERBS[verb].after or state
        assert state in CASE_STATES
    assert state in (None, *CASE_STATES)


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("approves", [False, True])
def test_a_verb_goes_only_where_the_table_says(approves: bool, held: bool) -> None:
    for (key, verb), state, role in product(VERBS.items(), [None, *CASE_STATES], [*ROLES, DESK]):
        fits = (state is None and not verb.before) or state in verb.before
        hindered = {
            "role": role not in verb.roles,
            "approver": verb.approver and not approves,
            "held": held and key not in WHILE_HELD,
            "state": not fits or (key == "resume" and not held),
        }
        reason = refused(key, state, role, approves=approves, held=held)
        assert (reason is None) == (not any(hindered.values())), (key, state, role)
        assert reason is None or hindered[reason], (key, state, role)


def test_every_state_can_be_left_or_is_the_end() -> None:
    for state in CASE_STATES:
        out = {
            verb.after for verb in VERBS.values() if state in verb.before and verb.after not in (None, state)
        }
        assert out, state
        assert {after for after in out if after} <= set(CASE_STATES)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_words_and_known_roles_and_states(verb: str) -> None:
    chosen = VERBS[verb]
    assert set(chosen.title) == {"ko", "en", "zh"}
    assert set(chosen.before) <= set(CASE_STATES)
    assert set(chosen.roles) <= {*ROLES, DESK}
    assert chosen.roles


def test_only_officers_who_approve_decide_what_binds() -> None:
    for verb in ("approve", "send_back", "decide_contest", "publish_violation"):
        assert VERBS[verb].approver
        assert VERBS[verb].roles == ("officer",)


def test_a_hold_stops_what_the_desk_does_and_not_what_comes_in() -> None:
    assert refused("draft", "open", "officer", held=True) == "held"
    for verb, role in (("record_answer", "agent"), ("contest", "agent"), ("record_service", "officer")):
        assert refused(verb, "asked", role, held=True) is None


def test_the_desk_itself_neither_asks_nor_decides_nor_moves_a_day() -> None:
    mine = {verb.key for verb in VERBS.values() if DESK in verb.roles}
    judged = {verb.key for verb in VERBS.values() if verb.approver}
    asked = {"draft", "serve", "pause_clock", "resume_clock", "extend", "escalate", "transfer", "close"}
    assert {"record_service", "verify", "reopen_relisted"} <= mine
    assert not mine & (judged | asked)

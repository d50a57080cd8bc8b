"""The way of a complaint: every state is reached, left, and says what to do, and nothing leads outside the table."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.law import LawBook
from mapae.pack import load_pack
from mapae.workflow.clocks import clock_kinds
from mapae.workflow.complaints import (
    complaint_outcomes,
    complaint_refused,
    complaint_states,
    complaint_verbs,
    referral_for,
    who_titles,
)

BOOK = LawBook(load_pack("kr"))
STATES = complaint_states(BOOK)
VERBS = complaint_verbs(BOOK)
ROLES = ("officer", "agent", "consumer", "desk")
_SAYS_ITSELF = {"accept_proposal": ("proposed", "closed")}  # verbs whose end depends on both parties


def _next(state: str) -> set[str]:
    found = {verb.after or state for verb in VERBS.values() if state in verb.before}
    return found | {each for key, ends in _SAYS_ITSELF.items() if state in VERBS[key].before for each in ends}


def _reached(start: str) -> set[str]:
    seen, todo = {start}, [start]
    while todo:
        fresh = _next(todo.pop()) - seen
        seen |= fresh
        todo += fresh
    return seen


def test_every_state_is_reached_from_the_first_one() -> None:
    assert _reached("received") == set(STATES)


@pytest.mark.parametrize("state", sorted(STATES))
def test_every_state_can_come_to_an_end(state: str) -> None:
    assert "closed" in _reached(state)


@pytest.mark.parametrize("state", sorted(STATES))
def test_every_state_says_in_three_languages_what_happened_who_acts_and_what_to_do_if_not(state: str) -> None:
    found = STATES[state]
    for text in (found.title, found.happened, found.if_not, found.if_late, who_titles(BOOK)[found.next]):
        assert {"ko", "en", "zh"} <= {language for language, words in text.items() if words.strip()}
    assert set(found.clocks) <= set(clock_kinds(BOOK))


def test_korean_texts_have_one_idea_a_sentence() -> None:
    for found in STATES.values():
        for text in (found.happened["ko"], found.if_not["ko"], found.if_late["ko"]):
            assert all(len(sentence) <= 45 for sentence in text.split(". ")), text


@given(st.lists(st.tuples(st.sampled_from(sorted(VERBS)), st.sampled_from(ROLES)), max_size=60))
def test_no_sequence_of_verbs_leads_outside_the_table(done: list[tuple[str, str]]) -> None:
    state = "received"
    for verb, role in done:
        if complaint_refused(verb, state, role, BOOK) is None:
            state = VERBS[verb].after or state
        assert state in STATES


def test_a_verb_is_refused_by_role_first_then_by_state() -> None:
    for (key, verb), state, role in product(VERBS.items(), STATES, ROLES):
        expected = "role" if role not in verb.roles else None if state in verb.before else "state"
        assert complaint_refused(key, state, role, BOOK) == expected


def test_only_the_consumer_or_an_officer_for_them_accepts_or_declines_the_agents_answer() -> None:
    for verb in ("accept", "decline", "apply_redress", "confirm_performed", "not_performed"):
        assert set(VERBS[verb].roles) == {"consumer", "officer"}


def test_a_consumer_whom_the_agent_leaves_without_answer_can_go_on() -> None:
    for state in ("handed_over", "progress", "asked", "answered", "declined", "with_network"):
        assert complaint_refused("apply_redress", state, "consumer", BOOK) is None


def test_everybody_is_told_of_what_others_do_to_their_complaint() -> None:
    for verb in VERBS.values():
        moved = verb.after and "consumer" not in verb.roles and verb.key != "lapse_proposal"
        assert verb.tells or not moved, verb.key


@pytest.mark.parametrize(
    ("responsible", "category", "body"),
    [
        ("customs", "delivery", "kcs"),
        ("regulator_referral", "unfair_terms", "kftc"),
        ("regulator_referral", "age_restricted", "mogef"),
        ("agent", "personal_data", "pipc"),
        ("agent", "unsafe_product", "motir"),
        ("seller", "refund_delay", "kca"),
    ],
)
def test_a_referral_names_the_body_and_why(responsible: str, category: str, body: str) -> None:
    found = referral_for(responsible, category, BOOK)
    assert found is not None and found.body == body
    assert all(found.why[language] for language in ("ko", "en", "zh"))


def test_what_the_helpline_itself_or_the_agent_deals_with_is_referred_to_nobody() -> None:
    assert referral_for("agent", "refund_delay", BOOK) is None
    assert referral_for("not_ours", "other", BOOK) is None


def test_every_body_a_referral_names_is_a_body_of_the_pack() -> None:
    bodies = {row["key"] for row in BOOK.pack.data("competence.yaml")["bodies"]}
    rows = BOOK.pack.data("helpline/workflow.yaml")["referrals"]
    assert {row["body"] for row in rows} <= bodies
    assert {row["body"] for row in rows} >= {"kcs", "kftc", "pipc", "kca"}


def test_an_officer_never_chooses_an_outcome_that_follows_from_law_or_the_consumer() -> None:
    assert set(complaint_outcomes(BOOK)) - set(complaint_outcomes(BOOK, chosen=True)) == {
        "mediated",
        "mediation_failed",
        "taken_back",
    }

"""Commitments recomputed from events: in time, too late, repeated, declared, by any name of the operator; and findings."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.app.context import make_context
from mapae.errors import UsageError
from mapae.law.calendar import business_days
from mapae.measures.agreements.check import judge, scores_of
from mapae.measures.agreements.commitments import load_agreements
from mapae.measures.agreements.events import read_events
from mapae.measures.agreements.metrics import units_of
from mapae.measures.agreements.score import Score
from tests.measures.agreements.conftest import batch_of

_CONTEXT = make_context("kr", date(2026, 11, 25), "none")
_WORDS = _CONTEXT.pack.data("agreements/events.yaml")


def _score(table: pl.DataFrame, operator: str, key: str) -> Score:
    return next(one for one in scores_of(table, _CONTEXT, (operator,)) if one.commitment.key == key)


def test_a_removal_within_two_business_days_over_a_weekend_is_kept_and_one_day_later_is_not(events) -> None:  # type: ignore[no-untyped-def]
    table = events(
        [
            ("a", "notice_sent", "2026-03-06"),
            ("a", "removed_seen", "2026-03-10"),
            ("b", "notice_sent", "2026-03-06"),
            ("b", "removed_seen", "2026-03-11"),
            ("c", "notice_sent", "2026-03-06"),
        ]
    ).table
    score = _score(table, "Temu", "block_on_request")
    assert (score.kept, score.n) == (1, 3)
    assert [(one.subject_id, one.end) for one in score.breaches] == [("b", date(2026, 3, 11)), ("c", None)]


def test_a_firm_that_signed_for_its_platform_is_the_same_operator_whoever_is_asked_for(events) -> None:  # type: ignore[no-untyped-def]
    table = events(
        [
            ("a", "notice_sent", "2026-03-06", "Whaleco"),
            ("a", "removed_seen", "2026-03-09", "테무"),
            ("b", "notice_sent", "2026-03-06", "Temu"),
            ("c", "notice_sent", "2026-03-06", "AliExpress"),
        ]
    ).table
    for name in ("Temu", "Whaleco", "테무"):
        score = _score(table, name, "block_on_request")
        assert (score.kept, score.n, score.operator) == (1, 2, name)
    assert {one.operator for one in scores_of(table, _CONTEXT)} == {"AliExpress", "Temu"}


def test_a_reminder_is_no_second_request_but_a_request_after_a_removal_is(events) -> None:  # type: ignore[no-untyped-def]
    table = events(
        [
            ("a", "notice_sent", "2026-03-02"),
            ("a", "notice_sent", "2026-03-03"),
            ("a", "removed_seen", "2026-03-04"),
            ("a", "relisted_seen", "2026-04-01"),
            ("a", "notice_sent", "2026-04-01"),
            ("a", "removed_seen", "2026-04-02"),
        ]
    ).table
    assert _score(table, "Temu", "block_on_request").n == 2
    lasting = _score(table, "Temu", "stay_down")
    assert (lasting.kept, lasting.n) == (1, 2)


def test_what_is_still_in_time_counts_for_nobody(events) -> None:  # type: ignore[no-untyped-def]
    table = events([("a", "notice_sent", "2026-11-24"), ("a", "removed_seen", "2026-11-24")]).table
    score = _score(table, "Temu", "block_on_request")
    assert (score.n, score.waiting, score.value, score.status) == (0, 1, None, "cannot_tell")


def test_names_of_one_operator_in_three_scripts_are_one(events) -> None:  # type: ignore[no-untyped-def]
    rows = [(str(n), "notice_sent", "2026-03-02", name) for n, name in enumerate(("Temu", "테무", "TEMU"))]
    assert (
        _score(
            events([*rows, ("x", "notice_sent", "2026-03-02", "AliExpress")]).table,
            "temu",
            "block_on_request",
        ).n
        == 3
    )


def test_a_share_well_below_is_not_met_one_well_above_is_met_and_few_units_settle_nothing(events) -> None:  # type: ignore[no-untyped-def]
    def rows(count: int, late: int) -> list[tuple[str, ...]]:
        found = []
        for number in range(count):
            found.append((str(number), "notice_sent", "2026-03-02"))
            found.append((str(number), "removed_seen", "2026-03-20" if number < late else "2026-03-03"))
        return found

    assert _score(events(rows(100, 30)).table, "Temu", "block_on_request").status == "not_met"
    assert _score(events(rows(100, 2)).table, "Temu", "block_on_request").status == "met"
    assert _score(events(rows(5, 0)).table, "Temu", "block_on_request").status == "cannot_tell"


def test_a_duty_of_law_is_broken_by_one(events) -> None:  # type: ignore[no-untyped-def]
    rows = []
    for number in range(20):
        rows.append((str(number), "redress_requested", "2026-09-23", "Facebook"))
        rows.append((str(number), "redress_forwarded", "2026-09-30" if number else "2026-10-01", "Facebook"))
    score = _score(events(rows).table, "Facebook", "forward_redress")
    assert (score.status, score.kept, score.n) == ("not_met", 19, 20)
    assert score.commitment.provision == "ECD 11-3"


def test_a_declared_figure_is_held_against_the_interval_of_what_was_seen(events) -> None:  # type: ignore[no-untyped-def]
    rows = [(str(n), "notice_sent", "2026-03-02") for n in range(50)]
    rows += [(str(n), "removed_seen", "2026-03-03") for n in range(30)]
    rows += [
        ("block_on_request", "declared", "2026-06-01", "Temu", "97"),
        ("block_on_request", "declared", "2026-06-02", "Temu", "0.6"),
    ]
    score = _score(events(rows).table, "Temu", "block_on_request")
    assert [(one.value, one.inside) for one in score.declared] == [(0.97, False), (0.6, True)]


def test_declared_removals_are_held_against_the_next_look(events) -> None:  # type: ignore[no-untyped-def]
    table = events(
        [
            ("a", "removal_declared", "2026-03-02"),
            ("a", "removed_seen", "2026-03-03"),
            ("b", "removal_declared", "2026-03-02"),
            ("b", "still_up_seen", "2026-03-03"),
            ("b", "removed_seen", "2026-03-09"),
            ("c", "removal_declared", "2026-03-02"),
        ]
    ).table
    score = _score(table, "Temu", "reports_true")
    assert (score.kept, score.n, score.unseen) == (1, 2, 1)


def test_bad_rows_are_named_by_row_and_column_and_a_repeated_number_counts_once(events) -> None:  # type: ignore[no-untyped-def]
    read = events(
        [("a", "dance", "2026-03-02"), ("a", "notice_sent", "soon"), ("", "notice_sent", "2026-03-02")]
    )
    assert [(fault.row, fault.column) for fault in read.faults] == [
        (0, "event"),
        (1, "at"),
        (2, "subject_id"),
    ]
    twice = read_events([batch_of([("a", "notice_sent", "2026-03-02")])] * 2, _WORDS)
    assert twice.table.height == 1


def test_a_moment_is_read_as_the_day_in_korea(events) -> None:  # type: ignore[no-untyped-def]
    table = events([("a", "notice_sent", "2026-03-02T23:30:00Z")]).table
    assert table["at"][0].date() == date(2026, 3, 3)


def test_an_unknown_agreement_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="eca_board_provider"):
        load_agreements(_CONTEXT.pack, _CONTEXT.book, _CONTEXT.as_of, ("nafta",))


def test_a_breach_is_a_finding_that_names_the_units_and_a_reference_never_is() -> None:
    rows = [(f"L{n}", "notice_sent", "2026-03-02") for n in range(40)]
    whole = judge(lambda: iter([batch_of(rows)]), _CONTEXT)
    found = {one.reference_id: one for one in whole.findings}
    assert "commitment:kftc_product_safety.block_on_request" in found
    assert not any("eu_product_safety_pledge" in key for key in found)
    reasons = found["commitment:kftc_product_safety.block_on_request"].reasons
    assert "0 of 40" in reasons[0].detail
    assert reasons[1].seen.startswith("L")
    assert whole.tables["agreements"].num_rows > 7


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["notice_sent", "removed_seen"]), st.integers(0, 60)),
        max_size=30,
    )
)
def test_units_agree_with_a_plain_walk_over_the_events(rows: list[tuple[int, str, int]]) -> None:
    first = date(2026, 9, 1)
    said = [(str(s), event, (first + timedelta(days=step)).isoformat()) for s, event, step in rows]
    table = read_events([batch_of(said)], _WORDS).table if said else read_events([], _WORDS).table
    item = load_agreements(_CONTEXT.pack, _CONTEXT.book, _CONTEXT.as_of)[0].commitments[2]
    got = units_of(table, item, date(2026, 11, 25)).table
    assert sorted(zip(got["subject_id"], got["start"], got["state"], strict=True)) == sorted(_plain(said))


def _plain(rows: list[tuple[str, ...]]) -> list[tuple[str, date, str]]:
    """The same by hand: the first request of each stretch, its first removal on or after that day."""
    found = []
    for subject in {row[0] for row in rows}:
        mine = [(date.fromisoformat(at), event) for s, event, at in rows if s == subject]
        removals = sorted(day for day, event in mine if event == "removed_seen")
        seen = set()
        for start in sorted(day for day, event in mine if event == "notice_sent"):
            end = next((day for day in removals if day >= start), None)
            if end in seen:
                continue
            seen.add(end)
            due = business_days(start, 2).end
            found.append((subject, start, "kept" if end and end <= due else "broken"))
    return found

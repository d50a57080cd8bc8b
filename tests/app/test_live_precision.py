"""What a check may do follows from officers' decisions alone."""

from __future__ import annotations

import pytest

from mapae.app.live_precision import Counted, live_precision


def _counted(verdict: str, n: int, **more: object) -> Counted:
    return Counted("counterfeits", "counterfeits.text", verdict, n, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("accepted", "rejected", "right"),
    [(50, 0, "bulk"), (49, 0, "reviewed"), (49, 1, "reviewed"), (97, 3, "bulk"), (0, 60, "reviewed")],
)
def test_bulk_wants_a_lower_bound_of_nine_in_ten_over_fifty_decisions(
    accepted: int, rejected: int, right: str
) -> None:
    rows = live_precision(
        [_counted("accepted", accepted), _counted("rejected", rejected, reason="wrong_product")]
    )
    assert [row.right for row in rows] == [right]
    assert rows[0].decided == accepted + rejected


def test_a_duplicate_says_nothing_about_the_check() -> None:
    (row,) = live_precision([_counted("accepted", 3), _counted("rejected", 9, reason="duplicate")])
    assert (row.accepted, row.decided, row.value) == (3, 3, 1.0)


def test_what_was_accepted_in_bulk_is_no_proof_until_it_is_withdrawn() -> None:
    counted = [
        _counted("accepted", 50),
        _counted("accepted", 400, bulk=True),
        _counted("withdrawn", 3, bulk=True),
    ]
    (row,) = live_precision(counted)
    assert (row.accepted, row.decided, row.wrong, row.right) == (50, 53, {"withdrawn": 3}, "reviewed")


def test_a_withdrawn_notice_turns_an_acceptance_into_an_error() -> None:
    (row,) = live_precision([_counted("accepted", 50), _counted("withdrawn", 1)])
    assert (row.accepted, row.decided, row.right) == (49, 50, "reviewed")


def test_a_check_on_trial_stays_on_trial_and_one_without_decisions_is_shown() -> None:
    rows = live_precision(
        [_counted("accepted", 90)], [("illegal_ads", "illegal_ads.classes")], trial={"counterfeits.text"}
    )
    assert [(row.check, row.right, row.value) for row in rows] == [
        ("counterfeits.text", "trial", 1.0),
        ("illegal_ads.classes", "reviewed", None),
    ]
    assert rows[1].plain()["low"] == 0.0

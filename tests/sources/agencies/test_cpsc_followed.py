"""Serial limits that a notice tells in words: a head followed by numbers below an end, lists of beginnings."""

from __future__ import annotations

from mapae.sources.agencies.cpsc_codes import read_codes
from mapae.sources.agencies.cpsc_limits import measures_of


def test_numbers_that_fall_below_an_end_are_a_range_behind_their_head() -> None:
    text = (
        'Strollers with serial numbers starting with "142AA" followed by numbers that fall below "0062239."'
    )
    found = read_codes(text, "Rollo strollers")
    assert found.ranges == [("142AA0000000", "142AA0062239")]
    assert not found.prefixes


def test_a_date_with_later_dates_behind_brackets_is_an_open_range() -> None:
    text = (
        'Products with "LOT" markings of 20220623 (representing June 23, 2022) or later dates are recalled.'
    )
    assert read_codes(text, "Nestle loungers").ranges == [("20220623", "99999999")]


def test_a_number_of_watts_that_nobody_counts_is_a_model() -> None:
    models = read_codes("Vacuum models 2551, 2551W and 25519 draw 1500W.", "Vacuums").models
    assert "2551W" in models
    assert "1500W" not in models


def test_thickness_of_several_inches_is_each_of_them() -> None:
    assert measures_of("The mattresses are 10 and 12 inches thick.") == ["10 inch", "12 inch"]

"""Numbers of requests: what is no row's number is none, and never an error."""

from __future__ import annotations

import pytest

from mapae.desk.numbers import whole, wholes


@pytest.mark.parametrize("text", ["", "-1", "²", "③", "٣", "1 ", "1e3", "9" * 19])
def test_what_is_no_number_of_a_row_is_none(text: str) -> None:
    assert whole(text) == 0
    assert wholes([text, "7"]) == [7]


def test_a_number_may_be_bound_to_fewer_digits() -> None:
    assert (whole("12"), whole("123", 2), wholes(["5", "12", "123"], 2)) == (12, 0, [5, 12])

"""The calculator of a consumer's rights says what law says, and is broken by nothing."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.desk.consuming import page

pytestmark = pytest.mark.usefixtures("helpline_day")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("ground=17(1)&delivered_on=2026-11-20", ("You may withdraw.", "2026-11-27", "You pay the return")),
        (
            "ground=17(1)&delivered_on=2026-11-02",
            ("The last day has passed.", "2026-11-09", "choose that reason above"),
        ),
        (
            "ground=17(3)&delivered_on=2026-11-02&known_on=2026-11-10",
            ("You may withdraw.", "2026-12-10", "The seller pays"),
        ),
        ("ground=17(1)&delivered_on=2026-11-20&used_value_much_reduced=on", ("An exclusion holds.",)),
        (
            "ground=17(1)&delivered_on=2026-11-20&used_value_much_reduced=on&measure=no",
            ("You may withdraw.",),
        ),
        (
            "ground=17(1)&delivered_on=2026-09-18&declared_on=2026-09-20&returned_on=2026-09-21&amount=100000",
            ("You may withdraw.", "2026-09-28", "58 days late", "KRW 2,383 is due on top"),
        ),
        ("ground=17(1)&delivered_on=2026-11-20&private=on", ("does not cover",)),
        (
            "ground=17(1)&supplied=nothing&declared_on=2026-11-10&amount=35000",
            ("Nothing has come", "due by 2026-11-13", "KRW 172 is due on top"),
        ),
    ],
)
def test_the_calculator_says_what_law_says(consumer: Client, asked: str, told: tuple[str, ...]) -> None:
    shown = page(consumer, f"/rights?{asked}")
    for part in told:
        assert re.search(part.replace("(", r"\(").replace(".", r"\."), shown), part


@pytest.mark.parametrize(
    "asked",
    ["ground=17(1)&delivered_on=2027-01-01", "ground=17(3)&delivered_on=2026-11-20&known_on=2026-11-01"],
)
def test_days_that_cannot_be_are_told(consumer: Client, asked: str) -> None:
    assert consumer.get(f"/rights?{asked}").status_code == 422


@pytest.mark.parametrize(
    "asked",
    ["ground=x", "ground=17(1)&amount=NaN&delivered_on=31-31", "ground=17(1)&amount=1e999&supplied=z"],
)
def test_nonsense_breaks_no_calculator(consumer: Client, asked: str) -> None:
    assert consumer.get(f"/rights?{asked}").status_code == 200


def test_what_never_came_is_sent_back_at_nobodys_cost(consumer: Client) -> None:
    shown = page(consumer, "/rights?ground=17(1)&supplied=nothing&declared_on=2026-11-10")
    result = shown.partition('id="result"')[2]
    assert "pay the return" not in result and "used up" not in result and "Penalty" in result


def test_who_may_not_withdraw_reads_no_last_day_and_no_return_cost(consumer: Client) -> None:
    shown = page(consumer, "/rights?ground=17(1)&delivered_on=2026-11-20&used_value_much_reduced=on")
    result = shown.partition('id="result"')[2]
    assert "Last day" not in result and "pay the return" not in result and "ask for help" in result

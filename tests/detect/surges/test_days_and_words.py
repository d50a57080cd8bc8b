"""Dates turned round are noticed, days without records told from quiet ones, and risen words from usual ones."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mapae.detect.surges.days import missing, turned, turned_round
from mapae.detect.surges.words import risen, words

QUARTER = {date(2015, 4, 1) + timedelta(days=at): 20 for at in range(91)}


def test_days_read_as_months_are_noticed_and_turned() -> None:
    wrong = {turned(day): number for day, number in QUARTER.items()}
    assert turned_round(wrong) and not turned_round(QUARTER)
    assert {turned(day) for day in wrong} == set(QUARTER)


def test_a_whole_year_or_a_handful_is_left_as_it_is() -> None:
    year = {date(2015, 1, 1) + timedelta(days=at): 20 for at in range(365)}
    assert not turned_round(year)
    assert not turned_round({date(2015, 4, 20): 5, date(2015, 9, 4): 3})


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_turning_twice_changes_nothing(day: date) -> None:
    assert turned(turned(day)) == day


def test_a_day_with_nothing_at_all_in_a_busy_file_is_missing() -> None:
    assert missing(np.array([20, 0, 25, 18])).tolist() == [False, True, False, False]
    assert not missing(np.array([1, 0, 2, 0])).any()


def test_words_are_told_in_three_languages_without_their_endings() -> None:
    assert words("The teether BROKE, the child has a rash") == {"teether", "broke", "child", "rash"}
    assert {"치발기", "배송"} <= words("치발기가 부러졌어요. 배송은 늦었고")
    assert {"退款", "卖家"} <= words("卖家拒绝退款")


def test_a_word_rises_only_where_it_is_clearly_more_frequent() -> None:
    before = [{"late", "parcel"}] * 200 + [{"teether", "late"}] * 4
    now = [{"teether", "broke"}] * 20 + [{"late", "parcel"}] * 10
    found = {each.word: each for each in risen(now, before)}
    assert set(found) == {"teether", "broke"}
    assert (found["teether"].now, found["teether"].before) == (20, 4)
    assert risen(now, []) == []

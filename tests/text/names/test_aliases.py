"""Names in common use: one group whatever stands beside them, but not with a nation, a place or another trade."""

from __future__ import annotations

import pytest

from mapae.text.names.aliases import alias_group, name_key, whole_group


def test_the_key_of_a_name_is_its_letters_and_digits():
    assert [name_key(text) for text in ("A_b c-D.1", "Ｎ’é", "나 이 키!")] == ["abcd1", "ne", "나이키"]


@pytest.mark.parametrize(
    "name", ["nike", "나이키", "耐吉", "나이키 공식스토어", "Nike Inc", "Nike Store", "(주)나이키"]
)
def test_a_known_name_is_found_as_it_stands_undecorated_and_without_form(name):
    assert alias_group(name) == alias_group("Nike") is not None


@pytest.mark.parametrize("name", ["NIKE Korea", "Nike Trading", "Shenzhen Nike", "Nikea", "zzz", "Nike Air"])
def test_with_a_nation_a_place_or_a_trade_it_is_another_name(name):
    assert alias_group(name) is None


def test_groups_are_told_apart_and_rows_that_share_a_name_are_one():
    assert alias_group("Adidas") not in (None, alias_group("Nike"))
    assert whole_group("nike") == alias_group("NIKE") and whole_group("Nike") is None
    assert alias_group("耐吉") == alias_group("耐克") == alias_group("ナイキ")

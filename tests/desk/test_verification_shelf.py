"""The shelf of what was taken down finds what comparing with everything finds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.desk.verification.shelf import Row, Shelf, row_of
from mapae.detect.relisting import Goods, RelistingIndex, likeness

_WORDS = st.sampled_from(
    ["아기", "치발기", "실리콘", "ring", "teether", "MT-3", "KX200", "688-59", "젖병", "环", "100ml"]
)
_GOODS = st.builds(
    Goods,
    title=st.lists(_WORDS, max_size=6).map(" ".join),
    gtin=st.sampled_from(["", "", "8801234567893", "8809999999990"]),
    image_hash=st.sampled_from(["", "", "0f" * 32, "0f" * 31 + "0e", "a5" * 32]),
    reference=st.sampled_from(["", "cpsc:1", "brand:2"]),
    brand=st.sampled_from(["", "Mungmung"]),
)


def _shelf(goods: list[Goods], opened: int = 9) -> Shelf:
    """Filled in three goes, as a worker fills it."""
    shelf, rows = Shelf(), [row_of(at, opened, each) for at, each in enumerate(goods)]
    for part in (rows[:1], rows[1:5], rows[5:]):
        shelf.add(part)
    return shelf


def _matches(shelf: Shelf, goods: list[Goods], new: Goods) -> list[tuple[int, float]]:
    found = [(at, likeness(goods[at], new)) for at in shelf.candidates(new, 0)]
    kept = [(at, like.score) for at, like in found if like.relisted]
    return sorted(kept, key=lambda pair: (-pair[1], pair[0]))


@settings(max_examples=60, deadline=None)
@given(st.lists(_GOODS, max_size=60), _GOODS)
def test_it_finds_what_the_whole_index_finds_and_knows_of_pictures_and_notices(
    goods: list[Goods], new: Goods
) -> None:
    shelf, index = _shelf(goods), RelistingIndex(goods)
    assert _matches(shelf, goods, new) == [(at, like.score) for at, like in index.matches(new)]
    assert shelf.pictured(0) == index.pictured
    assert shelf.noticed(new, 0) == bool(new.reference and new.reference in {old.reference for old in goods})


def test_what_is_no_longer_down_or_too_long_ago_is_not_found_and_what_is_down_again_is() -> None:
    goods = [Goods("Mungmung teether MT-3"), Goods("Mungmung teether MT-3 ring")]
    shelf = _shelf(goods)
    assert set(shelf.candidates(goods[0], 9)) == {0, 1}
    shelf.add([Row(0, None)])
    assert shelf.candidates(goods[0], 9) == [1] and shelf.candidates(goods[0], 10) == []
    shelf.add([row_of(0, 20, goods[0])])
    assert shelf.candidates(goods[0], 10) == [0] and set(shelf.candidates(goods[0], 0)) == {0, 1}


def test_many_with_the_same_model_are_compared_by_their_likest_titles() -> None:
    goods = [Goods(f"다른 물건 {at} 번 KX200") for at in range(400)] + [Goods("치발기 링 실리콘 KX200")]
    found = _shelf(goods).candidates(Goods("[새상품] 치발기 링 실리콘 KX200"), 0)
    assert found[0] == 400 and len(found) <= 224


def test_what_was_put_in_again_and_again_wears_a_shelf_out() -> None:
    goods = Goods("Mungmung teether MT-3")
    shelf = _shelf([goods])
    for _again in range(1001):
        shelf.add([row_of(0, 9, goods)])
    assert not shelf.worn
    shelf.add([row_of(0, 9, goods)])
    assert shelf.worn and shelf.candidates(goods, 0) == [0]

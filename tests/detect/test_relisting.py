"""The same product under another id, seller or platform is found again; its neighbours on the shelf are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.detect.relisting import Goods, RelistingIndex, likeness, title_likeness

OLD = Goods.of(
    {
        "title": "몽몽토이 실리콘 치발기 MT-300 아기 과일 모양",
        "description": "말랑말랑한 실리콘 치발기입니다. 아기가 쥐기 쉬운 고리 모양, 열탕 소독 가능, 3개월부터 사용하세요.",
        "brand": "몽몽토이",
        "model": "MT-300",
        "price": 9900.0,
        "currency": "KRW",
        "image_hash": "f0" * 32,
        "seller_id": "S-77",
    },
    reference="cpsc:26063",
)


@pytest.mark.parametrize(
    "again",
    [
        {"title": "몽 몽 토 이 실리콘치발기 MT-300 과일 아기 선물", "price": 9500.0, "currency": "KRW"},
        {"title": "Silicone teether ring MT300 fruit", "brand": "몽몽토이", "image_hash": "f0" * 31 + "f3"},
        {"title": "硅胶牙胶 MT-300 水果造型 婴儿", "brand": "몽몽토이", "price": 10900.0, "currency": "KRW"},
        {"title": "아기 선물 세트", "image_hash": "f0" * 32},
    ],
)  # fmt: skip
def test_a_relisting_is_found_in_another_script_title_or_by_its_picture(again: dict[str, object]) -> None:
    reference = "" if "image_hash" in again else "cpsc:26063"
    found = RelistingIndex([OLD]).matches(Goods.of(again, reference=reference))
    assert [at for at, _ in found] == [0] and found[0][1].reasons


@pytest.mark.parametrize(
    "other",
    [
        {"title": "실리콘 이유식 턱받이 아기 방수", "price": 9900.0, "currency": "KRW"},
        {"title": "몽몽토이 원목 블록 MB-120", "brand": "몽몽토이", "model": "MB-120"},
        {"title": "말랑 치발기 세트 BR-20", "model": "BR-20", "price": 9900.0, "currency": "KRW"},
        {"title": "", "description": ""},
    ],
)  # fmt: skip
def test_neighbours_on_the_shelf_are_not_relistings(other: dict[str, object]) -> None:
    assert RelistingIndex([OLD]).matches(Goods.of(other)) == []


def test_reasons_show_the_span_in_the_new_listing() -> None:
    new = Goods.of({"title": "새상품 치발기 ＭＴ－３００ 실리콘", "model": ""}, reference="cpsc:26063")
    reason = next(each for each in likeness(OLD, new).reasons if each.detail == "the same model")
    assert (reason.field, reason.seen) == ("title", "ＭＴ－３００")
    assert new.title[reason.start : reason.end] == reason.seen


def test_a_model_of_digits_is_known_in_the_words_but_not_inside_another_number() -> None:
    old = Goods(title="당기는 줄 치발기 UFO 688-59")
    again = Goods(title="아기 감각발달 장난감", description="같은 공장 제품 688-59, 줄 6개")
    assert "the same model" in [reason.detail for reason in likeness(old, again).reasons]
    for other in ("문의 02-1688-5912", "6개월-24개월 12-24", "2023-2024 신상"):
        assert "the same model" not in [
            r.detail for r in likeness(old, Goods(title="장난감", description=other)).reasons
        ]
    assert Goods(title="12-24개월 2023-2024").codes == frozenset()


def test_another_article_number_or_model_speaks_against() -> None:
    same = Goods.of({"title": OLD.title, "gtin": "08801234567893"})
    mine = Goods.of({"title": OLD.title, "gtin": "8801234567893"})
    other = Goods.of({"title": OLD.title, "gtin": "8809999999995"})
    assert likeness(mine, same).score > 0.9 > likeness(mine, other).score
    assert not likeness(OLD, Goods.of({"title": "몽몽토이 실리콘 치발기 MT-500", "model": "MT-500"})).relisted


def test_a_whole_brand_as_reference_says_nothing_of_one_product() -> None:
    bag = Goods(title="가죽 크로스백", reference="brand:Nike")
    assert likeness(bag, Goods(title="러닝 양말 3켤레", reference="brand:Nike")).reasons == ()


def test_among_many_only_its_own_product_is_taken() -> None:
    chance = random.Random(7)
    words = "무선 유선 선풍기 램프 충전기 가방 인형 보온병 텐트 의자 방수 미니 대형 접이식 캠핑".split()
    many = [
        Goods(title=f"{' '.join(chance.sample(words, 4))} {chance.choice('ABCD')}K-{at + 100}")
        for at in range(400)
    ]
    index = RelistingIndex([*many, OLD])
    assert [at for at, _ in index.matches(Goods(title="과일 모양 실리콘 치발기 몽몽토이 MT-300 아기"))] == [
        400
    ]
    assert next(at for at, _ in index.matches(Goods(title=many[5].title))) == 5


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share_and_a_title_is_like_itself(one: str, two: str) -> None:
    found = likeness(Goods(one), Goods(two))
    assert 0.0 <= found.score <= 1.0
    assert title_likeness(one, two) == pytest.approx(title_likeness(two, one))
    assert title_likeness(one, one) in (0.0, pytest.approx(1.0))
    for reason in found.reasons:
        assert reason.field != "title" or two[reason.start : reason.end] == reason.seen

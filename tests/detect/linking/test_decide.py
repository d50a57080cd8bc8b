"""The decision: links without labels, a threshold from decoys, twins beside the best pair."""

from __future__ import annotations

import numpy as np
import pytest

from mapae.detect.linking import decide, gather, without_twins
from mapae.detect.linking.decide import threshold
from tests.detect.linking.listings import table

KETTLES = [
    "Lumera 전기포트 LK-1750 1.7L 스테인리스",
    "Lumera 토스터 LT-220 2구 화이트",
    "Haruna 공기청정기 HA-900 헤파필터",
    "Haruna 가습기 HU-35 3.5L",
    "多米电子 无线耳机 DM-X5 蓝牙5.3",
    "多米电子 充电宝 DM-P20 20000mAh",
    "Northfield camping lantern NL-88 rechargeable",
    "Northfield folding chair NC-12 green",
    "삼보 유아 치발기 SB-301 실리콘",
    "삼보 아기 의자 SB-900 접이식",
]
OTHERS = [
    "스테인리스 전기포트 루메라 LK1750",
    "LT220 토스터기 2구 (Lumera)",
    "하루나 HA900 공기청정기",
    "HU35 대용량 가습기 Haruna",
    "DMX5 真无线蓝牙耳机 多米",
    "多米 DM P20 移动电源 充电宝 20000毫安",
    "Rechargeable LED lantern for camping, Northfield NL88",
    "green folding camp chair Northfield NC12",
    "SB301 실리콘 치발기 삼보",
    "삼보 접이식 아기의자 SB900",
]


def linked(left, right):
    links = decide(gather(left, right), len(left), len(right))
    return set(zip(links.evidence.left.tolist(), links.evidence.right.tolist(), strict=True)), links


def test_listings_in_korean_chinese_and_english_find_their_partner_however_the_code_is_written(tmp_path):
    pairs, _ = linked(table(tmp_path / "a", *KETTLES), table(tmp_path / "b", *OTHERS))
    assert pairs == {(at, at) for at in range(len(KETTLES))}


def test_another_model_number_is_another_product_when_the_right_one_is_there(tmp_path):
    left = table(tmp_path / "a", "Lumera kettle LK-1750 steel", "Lumera kettle LK-1720 steel", *KETTLES[2:])
    right = table(tmp_path / "b", "kettle Lumera LK1720", "kettle Lumera LK1750", *OTHERS[2:])
    pairs, _ = linked(left, right)
    assert {(0, 1), (1, 0)} <= pairs and not {(0, 0), (1, 1)} & pairs


def test_the_same_gtin_decides_between_two_like_titles(tmp_path):
    left = table(tmp_path / "a", {"title": "teether giraffe", "gtin": "0880000000017"}, *KETTLES)
    right = table(
        tmp_path / "b",
        {"title": "giraffe teether ring", "gtin": "880000000024"},
        {"title": "baby giraffe toy", "gtin": "880000000017"},
        *OTHERS,
    )
    pairs, links = linked(left, right)
    assert (0, 1) in pairs
    assert 1 in links.evidence.gtin


def test_a_price_far_off_counts_against_a_pair_but_not_in_another_currency(tmp_path):
    def base(price: float, currency: str) -> float:
        left = table(
            tmp_path / f"a{price}{currency}", {"title": "steel kettle", "price": 10.0, "currency": "USD"}
        )
        right = table(
            tmp_path / f"b{price}{currency}", {"title": "steel kettle", "price": price, "currency": currency}
        )
        return float(gather(left, right).base[0])

    assert base(100.0, "USD") < base(10.0, "USD") == pytest.approx(base(14_000.0, "KRW"))


def test_a_second_listing_of_the_same_product_is_a_twin_and_can_be_left_out(tmp_path):
    right = table(tmp_path / "b", *OTHERS, "삼보 접이식 아기의자 SB900 정품")
    left = table(tmp_path / "a", *KETTLES[:-1], "삼보 접이식 아기의자 SB900")
    pairs, links = linked(left, right)
    assert {(9, 9), (9, 10)} <= pairs
    assert links.twin.sum() == 1
    assert len(without_twins(links).score) == len(pairs) - 1


def test_batches_and_chunks_do_not_change_the_evidence(tmp_path, monkeypatch):
    whole = gather(table(tmp_path / "a", *KETTLES), table(tmp_path / "b", *OTHERS))
    monkeypatch.setattr("mapae.detect.linking.evidence.CHUNK", 3)
    parts = gather(table(tmp_path / "c", *KETTLES, size=4), table(tmp_path / "d", *OTHERS, size=3), workers=1)
    known = dict(zip(zip(whole.left, whole.right, strict=True), whole.base, strict=True))
    for pair, base in zip(zip(parts.left, parts.right, strict=True), parts.base, strict=True):
        if pair in known:
            assert base == pytest.approx(known[pair])
    best = {at: int(parts.right[parts.left == at][parts.base[parts.left == at].argmax()]) for at in range(10)}
    assert best == {at: at for at in range(10)}


def test_a_listing_without_words_is_linked_to_nothing(tmp_path):
    pairs, _ = linked(
        table(tmp_path / "a", "", "!!!", *KETTLES), table(tmp_path / "b", {"title": None}, *OTHERS)
    )
    assert pairs == {(at + 2, at + 1) for at in range(len(KETTLES))}


def test_listings_that_share_little_are_linked_to_nothing(tmp_path):
    strange = [
        "고양이 모래 벤토나이트 10kg",
        "儿童雨伞 卡通 自动",
        "Velvet curtain 140x230 grey",
        "등산 스틱 두랄루민",
    ]
    pairs, _ = linked(table(tmp_path / "a", *KETTLES), table(tmp_path / "b", *strange))
    assert not pairs


def test_where_first_choices_are_no_better_than_decoys_little_is_linked():
    noise = np.random.default_rng(0)
    decoys = noise.normal(0.2, 0.1, 1000)
    nothing, wrong, expected = threshold(noise.normal(0.2, 0.1, 1000), decoys)
    assert wrong > 0.8 and nothing > 0.2
    mixed = np.concatenate([noise.normal(0.7, 0.1, 500), noise.normal(0.2, 0.1, 500)])
    limit, wrong, better = threshold(mixed, decoys)
    assert 0.35 < limit < 0.6
    assert wrong == pytest.approx(0.5, abs=0.1)
    assert better > 0.95 > expected


def test_without_decoys_every_first_choice_is_kept():
    assert threshold(np.array([0.3, 0.5]), np.zeros(0))[0] == pytest.approx(0.3)
    assert threshold(np.zeros(0), np.zeros(0)) == (0.0, 0.0, 0.0)

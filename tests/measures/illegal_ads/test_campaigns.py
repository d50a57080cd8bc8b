"""Campaigns: links are read in their places and one way of writing; adverts that share one belong together."""

from __future__ import annotations

import random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.detect.links import LinkReader
from mapae.measures.illegal_ads.aggregate import Campaign, campaign_table, link_campaigns
from mapae.measures.illegal_ads.pictures import NEAR, near_pairs
from mapae.model.records import KINDS
from mapae.pack import load_pack

READER = LinkReader.of(load_pack("kr").data("lexicons/adverts_links.yaml"))
SHAPE = KINDS["advert"]


def batch(*records: dict[str, Any]) -> pa.RecordBatch:
    rows = [{name: row.get(name) for name in SHAPE.schema.names} for row in records]
    return pa.RecordBatch.from_pylist(rows, schema=SHAPE.schema)


def link(*records: dict[str, Any], **options: Any) -> list[Campaign]:
    return link_campaigns([batch(*records)], READER, **options)


@pytest.mark.parametrize(
    ("field", "text", "kind", "value"),
    [
        ("landing_url", "https://shop.miracle-juice.co.kr/a?b=1", "domain", "miracle-juice.co.kr"),
        ("landing_url", "https://www.miracle.example/x", "domain", "miracle.example"),
        ("landing_url", "https://t.me/Night_Drop", "telegram", "night_drop"),
        ("text", "문의는 t.me/Night_Drop 으로", "telegram", "night_drop"),
        ("text", "텔ㄹㅔ night_drop 오세요", "telegram", "night_drop"),
        ("text", "주문 miracle-juice.co.kr/a 에서", "domain", "miracle-juice.co.kr"),
        ("text", "공일공 1234 5678", "phone", "+821012345678"),
        ("text", "010-1234-567B 말고 o1o-1234-5678", "phone", "+821012345678"),
        ("text", "wa.me/14155550199", "phone", "+14155550199"),
        ("text", "카톡 abc_shop77 문의", "kakao", "abc_shop77"),
        ("text", "加V lily_bags88", "wechat", "lily_bags88"),
        ("text", "농협 351 0000 0000 00 김농부", "payee", "3510000000000"),
        ("landing_url", "https://open.kakao.com/o/sAbC12", "handle", "open.kakao.com/o/sabc12"),
        ("text", "문의 010-1234-5678 로", "phone", "+821012345678"),
        ("text", "call +82 10 1234 5678 now", "phone", "+821012345678"),
        ("text", "０１０．１２３４．５６７８ 연락", "phone", "+821012345678"),
        ("text", "대표전화 1566-0000", "phone", "+8215660000"),
        ("text", "微信 13812345678", "phone", "+8613812345678"),
        ("text", "카톡: abc_shop77", "kakao", "abc_shop77"),
        ("text", "텔레그램 @nightdrop99", "telegram", "nightdrop99"),
        ("text", "微信号 lily_bags88", "wechat", "lily_bags88"),
        ("text", "라인 id: drop.tw", "line", "drop.tw"),
        ("text", "국민 123456-01-234567 홍길동", "payee", "12345601234567"),
        ("text", "send to 0x52908400098527886E0F7030069857D2E4169EE7", "payee", "0x52908400098527886E0F7030069857D2E4169EE7"),
    ],
)  # fmt: skip
def test_a_link_is_read_in_its_one_way_of_writing(field: str, text: str, kind: str, value: str) -> None:
    found = {(item.kind, item.value): item for item in READER.read({field: text})}
    item = found[kind, value]
    assert text[item.start : item.end] == item.seen


@pytest.mark.parametrize(
    "text",
    [
        "원단 1.5kg.com보 세트, v2.0.zip 파일",
        "telegram channel, 텔레그램 premium 가입",
        "이 일이 오천 원, 삼사 일 걸려요",
        "12,900원에 팔아요",
        "2026-11-24 마감",
        "문의는 112",
        "https://bit.ly/3xYz",
        "라인이 예쁜 코트",
        "ISBN 9788912345678",
    ],
)
def test_prices_dates_and_short_links_tie_nothing(text: str) -> None:
    assert READER.read({"text": text}) == []


def test_adverts_that_share_a_link_are_one_campaign_through_others_too() -> None:
    found = link(
        {"advert_id": "a", "text": "카톡: seller01"},
        {"advert_id": "b", "text": "카톡 : Seller01, 010-1111-2222"},
        {"advert_id": "c", "text": "tel 01011112222"},
        {"advert_id": "d", "text": "010-9999-8888"},
        flagged=frozenset({"a", "x"}),
    )
    [campaign] = found
    assert campaign.records == ("a", "b", "c")
    assert campaign.flagged == {"a"}
    table = campaign_table(found).to_pylist()
    assert [row["detail"] for row in table] == [
        "same campaign as 0 flagged adverts, by kakao",
        "same campaign as 1 flagged adverts, by kakao, phone",
        "same campaign as 1 flagged adverts, by phone",
    ]


def test_a_value_that_everybody_shares_joins_nothing() -> None:
    rows = [{"advert_id": str(i), "text": "1566-0000"} for i in range(5)]
    assert len(link(*rows)) == 1
    assert link(*rows, common=4) == []


def test_campaigns_do_not_depend_on_how_records_are_cut() -> None:
    rows = [
        {"advert_id": str(i), "text": f"카톡: shop{i % 7:04}", "landing_url": f"https://d{i % 11}.example/"}
        for i in range(40)
    ]
    whole = link(*rows)
    cut = link_campaigns((batch(row) for row in rows), READER)
    assert cut == whole


def test_pictures_that_differ_a_little_join_adverts() -> None:
    bits = random.Random(1).getrandbits(256)
    near = bits ^ sum(1 << (8 * i) for i in range(NEAR))
    far = bits ^ sum(1 << (8 * i + j) for i in range(16) for j in (4, 5))
    found = link(
        {"advert_id": "a", "image_hash": f"{bits:064x}"},
        {"advert_id": "b", "image_hash": f"{near:064x}"},
        {"advert_id": "c", "image_hash": f"{far:064x}"},
    )
    assert [campaign.records for campaign in found] == [("a", "b")]


@given(st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_near_pairs_are_those_of_plain_comparison(seed: int) -> None:
    dice = random.Random(seed)
    base = [dice.getrandbits(256) for _ in range(4)]
    every = [one ^ sum(1 << bit for bit in dice.sample(range(256), dice.randint(0, 60))) for one in base * 4]
    plain = [
        (i, j)
        for i in range(len(every))
        for j in range(i + 1, len(every))
        if (every[i] ^ every[j]).bit_count() <= NEAR
    ]
    assert near_pairs([f"{one:064x}" for one in every]) == plain


def test_blank_pictures_and_broken_hashes_join_nothing() -> None:
    assert near_pairs(["0" * 64, "0" * 64, "f" * 64, "zz", "g" * 64, ""]) == []

"""One seller behind a page, a shop, an advert, a payee and a complaint; shops that only look alike stay apart."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml

from mapae.contract import Context
from mapae.measures.social_commerce.mentions import Account, gather
from mapae.measures.social_commerce.sellers import Joined, join_accounts, judge, reader_of, seller_table
from tests.measures.social_commerce.conftest import records

Kinds = dict[str, list[dict[str, Any]]]
ONE: Kinds = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "packs/kr/social_sellers.yaml").read_text("utf-8")
)


def _joined(context: Context, kinds: Kinds) -> Joined:
    found: dict[str, Account] = {}
    for kind, rows in kinds.items():
        gather(kind, iter([records(kind, rows)]), reader_of(context), found)
    return join_accounts(found.values(), context.pack.data("social/sellers.yaml"))


def _records(joined: Joined) -> list[set[str]]:
    return [
        {joined.accounts[n].account or joined.accounts[n].record for n in group}
        for group in joined.groups
        if len(group) > 1
    ]


def test_page_shop_advert_payee_and_complaints_become_one_seller(context: Context) -> None:
    assert _records(_joined(context, ONE)) == [{"banjjak_shop", "S-9", "ad-1", "c1", "c2"}]


def test_every_join_says_by_what_and_where_it_stands(context: Context) -> None:
    rows = seller_table(_joined(context, ONE)).to_pylist()
    assert {row["tie"] for row in rows} >= {"payee", "handle", "business_no", "name"}
    text = {row["post_id"]: row["text"] for row in ONE["post"]}
    for row in rows:
        if row["kind"] == "post" and row["seen"] and row["tie"] in ("payee", "kakao"):
            assert text[row["record_id"]][row["start"] : row["end"]] == row["seen"]


def test_the_platform_whose_page_it_is_joins_nobody_and_a_shop_of_ones_own_does(context: Context) -> None:
    def listing(number: int, seller: str | None, host: str) -> dict[str, Any]:
        url = f"https://{host}/i/{number}"
        return {"listing_id": f"l{number}", "platform": "Nuri", "seller_id": seller, "title": "x", "url": url}

    mall = [listing(1, "S-1", "nurimall.example"), listing(2, "S-2", "nurimall.example")]
    post = {
        "post_id": "p",
        "platform": "Instagram",
        "account_id": "haet",
        "text": "https://haet.example 주문",
    }
    own = listing(3, None, "haet.example")
    assert _records(_joined(context, {"listing": mall})) == []
    assert _records(_joined(context, {"post": [post], "listing": [*mall, own]})) == [{"haet", "l3"}]


def test_a_name_ends_where_the_next_label_begins(context: Context) -> None:
    text = "상호: 햇살상회 대표 김예시 통신판매업 2025-서울종로-01234"
    found: dict[str, Account] = {}
    row = {"advert_id": "a", "platform": "Meta", "advertiser_id": "7", "landing_text": text}
    gather("advert", iter([records("advert", [row])]), reader_of(context), found)
    [account] = found.values()
    assert {one.text for one in account.names.values()} == {"햇살상회"}


def test_two_shops_of_one_name_on_one_platform_stay_apart(context: Context) -> None:
    rows = [
        {
            "listing_id": f"l{n}",
            "platform": "Dalmart",
            "seller_id": f"S-{n}",
            "seller_name": "하늘상점",
            "title": "x",
        }
        for n in range(2)
    ]
    assert not _records(_joined(context, {"listing": rows}))


def test_a_name_that_fits_two_sellers_joins_neither(context: Context) -> None:
    shops = [
        {
            "listing_id": f"l{n}",
            "platform": "Dalmart",
            "seller_id": f"S-{n}",
            "seller_name": "하늘상점",
            "title": "x",
        }
        for n in range(2)
    ]
    complaint = [{"complaint_id": "c", "operator": "Instagram", "seller": "하늘상점", "text": "환불"}]
    assert not _records(_joined(context, {"listing": shops, "complaint": complaint}))


def test_a_name_in_two_scripts_joins_pages_of_several_places_and_their_complaints(context: Context) -> None:
    kinds: Kinds = {
        "listing": [
            {
                "listing_id": "l",
                "platform": "Dalmart",
                "seller_id": "S",
                "seller_name": "은하공방",
                "title": "x",
            }
        ],
        "advert": [
            {
                "advert_id": "a",
                "platform": "Facebook",
                "advertiser_id": "A",
                "advertiser_name": "Eunha Gongbang",
            }
        ],
        "complaint": [
            {"complaint_id": f"c{n}", "operator": "Dalmart", "seller": "은하공방", "text": "환불"}
            for n in range(2)
        ],
    }
    assert _records(_joined(context, kinds)) == [{"S", "A", "c0", "c1"}]


def test_what_everybody_uses_joins_nobody(context: Context) -> None:
    rows = [
        {
            "post_id": f"p{n}",
            "platform": "Instagram",
            "account_id": f"a{n}",
            "text": "문의 1588-0000 https://www.naver.com",
        }
        for n in range(300)
    ]
    assert not _records(_joined(context, {"post": rows}))


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_records_changes_nothing(context: Context, seed: int) -> None:
    shuffled = {kind: random.Random(seed).sample(rows, len(rows)) for kind, rows in reversed(ONE.items())}
    keys = [
        {row["seller_key"] for row in seller_table(_joined(context, kinds)).to_pylist()}
        for kinds in (ONE, shuffled)
    ]
    assert keys[0] == keys[1]


def test_a_screening_of_posts_leaves_the_table_of_its_sellers(context: Context) -> None:
    rows = [
        {"post_id": f"p{n}", "platform": "Instagram", "account_id": f"a{n}", "text": "문의 010-5555-0142"}
        for n in range(2)
    ]
    table = judge(lambda: iter([records("post", rows)]), context).tables["sellers"]
    assert isinstance(table, pa.Table)
    assert table["tie"].to_pylist() == ["phone", "phone"]

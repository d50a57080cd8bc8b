"""Posts that sell are told from those of buyers, single used things, news, gifts and dues; reasons are places in the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.contract import Context
from mapae.contract.run import prepare
from mapae.errors import PackError
from mapae.measures.social_commerce.market_posts import MARKET_POSTS
from mapae.measures.social_commerce.model import FILE, fit, load, runs
from mapae.model.finding import Finding
from tests.measures.social_commerce.conftest import records
from tools.posts_model import f1, trained

pytestmark = pytest.mark.slow

Judge = Callable[[str], Finding | None]
SELLS = [
    "수제 잼 250g 9,000원, 두 병 17,000원. 주문은 DM, 택배비 3천원",
    "Soap bars $6 each, 4 for $20. DM to order, ships Monday",
    "手工皂一块15元,三块包邮,私信下单",
]
SELLS_NOT = [
    "수제 잼 9,000원 주고 샀는데 너무 맛있어요. 솔직 후기!",
    "쓰던 책상 내놓아요. 사용감 있고 3만원, 직거래만",
    "[속보] SNS 판매자 잠적, 소비자원 주의 당부. 피해 1인당 30만원",
    "I bought these soap bars for $6 each, honest review below",
    "Selling my old bike, $80, some scratches, pickup only",
    "抽奖!关注并转发,送价值99元手工皂一套",
    "동창회비 3만원 총무 계좌로 보내주세요",
    "",
]


@pytest.mark.parametrize("text", SELLS)
def test_a_post_with_price_and_way_to_order_sells(sells: Judge, text: str) -> None:
    found = sells(text)
    assert found is not None
    assert found.reference_id == "class:market_post"
    assert found.provision_from is not None


@pytest.mark.parametrize("text", SELLS_NOT)
def test_a_price_alone_does_not_make_a_seller(sells: Judge, text: str) -> None:
    assert sells(text) is None


@pytest.mark.parametrize("text", SELLS)
def test_every_reason_is_a_place_in_the_post(sells: Judge, text: str) -> None:
    found = sells(text)
    assert found is not None
    assert len(found.reasons) >= 2
    assert all(text[one.start : one.end] == one.seen and one.seen for one in found.reasons)


def test_a_seller_that_refuses_refunds_is_graver(sells: Judge) -> None:
    plain, refused = sells(SELLS[0]), sells(SELLS[0] + " 교환·환불 불가")
    assert plain is not None
    assert refused is not None
    assert (plain.severity, refused.severity) == ("info", "medium")


@pytest.mark.no_cover
@given(st.text(max_size=300))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    from datetime import date

    from mapae.app.context import make_context

    ready = prepare((MARKET_POSTS,), make_context("kr", date(2026, 11, 25), "none"), "post")
    list(ready.findings(records("post", [{"post_id": "p", "text": text}])))


def test_posts_in_one_batch_do_not_mix(context: Context) -> None:
    ready = prepare((MARKET_POSTS,), context, "post")
    rows: list[dict[str, object]] = [
        {"post_id": str(n), "text": text} for n, text in enumerate([*SELLS_NOT, *SELLS, *SELLS_NOT])
    ]
    found = [item.subject_id for item in ready.findings(records("post", rows))]
    assert found == [str(len(SELLS_NOT) + n) for n in range(len(SELLS))]


def test_the_model_is_that_of_the_examples(context: Context) -> None:
    examples = context.pack.data("social/examples.yaml")
    rows = [row for lot in examples.values() for row in lot]
    kept = load(context.pack.root / FILE)
    assert kept is not None
    made = fit([row["text"] for row in rows], [row["sells"] for row in rows])
    texts = pa.array([row["text"] for row in rows])
    assert abs(kept.margins(texts) - made.margins(texts)).max() < 0.05


def test_a_lot_of_examples_that_the_model_has_not_seen_is_told_well(context: Context) -> None:
    examples = context.pack.data("social/examples.yaml")
    for name in ("fourth", "sixth"):
        others = [row for lot, rows in examples.items() if lot != name for row in rows]
        assert f1(trained(others), examples[name]) >= 0.85


def test_amounts_count_alike_whatever_they_are() -> None:
    one, other = (runs(pa.array([text])) for text in ("3봉 12,900원", "7봉 45,600원"))
    assert sorted(one.columns.tolist()) == sorted(other.columns.tolist())


def test_a_model_of_another_shape_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "m.npz", weights=np.zeros(3, np.int8), scale=1.0, rarity=np.zeros(2))
    with pytest.raises(PackError, match=r"tools\.posts_model"):
        load(tmp_path / "m.npz")
    assert load(tmp_path / "none.npz") is None

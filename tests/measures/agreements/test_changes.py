"""Versions of terms: what touches a commitment is named with its direction, what is only dressed anew is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.contract import Context
from mapae.measures.agreements.changes import Change, changes, sentences
from mapae.measures.agreements.commitments import load_agreements

OLD = (
    "저희는 위험한 상품을 통지받은 날부터 2영업일 이내에 삭제합니다. 회원 정보는 안전합니다.\n"
    "We remove unsafe products without delay."
)


def _changes(context: Context, old: str, new: str) -> list[Change]:
    agreements = load_agreements(context.pack, context.book, context.as_of, ("kftc_product_safety",))
    return changes(old, new, agreements, context.pack.data("agreements/changes.yaml"))


def test_a_longer_period_is_weaker(context: Context) -> None:
    [change] = _changes(context, OLD, OLD.replace("2영업일", "7영업일"))
    assert (change.commitment, change.kind, change.weight) == ("block_on_request", "changed", "weaker")
    assert change.old and OLD[change.old.start : change.old.end] == change.old.text


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        ("We will remove unsafe products.", "We may remove unsafe products at our discretion.", "weaker"),
        ("We try to remove recalled items.", "We must remove recalled items.", "stronger"),
        ("我们应当下架危险商品。", "我们可以酌情下架危险商品。", "weaker"),
        (
            "위해 제품은 재등록되지 않도록 합니다.",
            "위해 제품은 재등록되지 않도록 노력할 수 있습니다.",
            "weaker",
        ),
    ],
)
def test_words_that_leave_it_open_are_weaker_in_three_languages(
    context: Context, old: str, new: str, weight: str
) -> None:
    found = _changes(context, old, new)
    assert found
    assert {change.weight for change in found} == {weight}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("요청을 받으면 2영업일 이내에 상품을 차단합니다.", "요청을 받으면 상품을 차단하도록 노력합니다."),
        ("On request we remove listings within 2 days.", "On request we may remove listings."),
        ("收到请求后2天内将商品下架。", "收到请求后可以将商品下架。"),
    ],
)
def test_a_request_to_block_is_a_commitment_whatever_the_goods(context: Context, old: str, new: str) -> None:
    [change] = _changes(context, old, new)
    assert (change.commitment, change.weight) == ("block_on_request", "weaker")
    assert not _changes(
        context, "개인정보 삭제를 요청할 수 있습니다.", "개인정보 삭제를 요청하면 처리합니다."
    )


def test_a_sentence_that_goes_is_weaker_and_one_that_comes_is_stronger(context: Context) -> None:
    gone = _changes(context, OLD, "회원 정보는 안전합니다.")
    assert {(change.kind, change.weight) for change in gone} == {("removed", "weaker")}
    come = _changes(context, "회원 정보는 안전합니다.", OLD)
    assert {(change.kind, change.weight) for change in come} == {("added", "stronger")}


def test_dress_order_and_other_matters_are_no_change(context: Context) -> None:
    parts = OLD.split("\n")
    assert not _changes(context, OLD, f"## {parts[1].upper()}\n\n**{parts[0]}**")
    assert not _changes(context, OLD, OLD.replace("회원 정보는 안전합니다", "회원 정보는 매우 안전합니다"))


@given(st.text(max_size=400))
def test_sentences_are_places_of_the_text(text: str) -> None:
    for one in sentences(text):
        assert text[one.start : one.end] == one.text


@given(st.text(alphabet="위해 삭제합니다.remov unsafe\n", max_size=200))
def test_a_text_beside_itself_has_no_change(text: str) -> None:
    from datetime import date

    from mapae.app.context import make_context

    assert not _changes(make_context("kr", date(2026, 11, 25), "none"), text, text)

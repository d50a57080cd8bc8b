"""Duties of networks read from their documents, in three languages; what was decided on Meta in 2025 is found again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from mapae.contract import Context
from mapae.measures.social_commerce.duties import Duty
from mapae.measures.social_commerce.networks import judge, networks_of
from tests.measures.social_commerce.conftest import records

_TEXTS = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "packs/kr/social_duties.yaml").read_text("utf-8")
)
KO, EN, ZH = (_TEXTS[language] for language in ("ko", "en", "zh"))


def _duties(context: Context, *documents: dict[str, Any]) -> dict[str, Duty]:
    [network] = networks_of(lambda: iter([records("policy", list(documents))]), context)
    return {duty.key: duty for duty in network.duties}


def _document(
    text: str, kind: str = "terms", operator: str = "Instagram", name: str = "d1"
) -> dict[str, Any]:
    return {"document_id": name, "operator": operator, "doc_kind": kind, "text": text}


@pytest.mark.parametrize("text", [KO, EN, ZH], ids=["ko", "en", "zh"])
def test_terms_that_take_up_every_duty_meet_all_five(context: Context, text: str) -> None:
    found = _duties(context, _document(text))
    assert {key: duty.status for key, duty in found.items()} == dict.fromkeys(found, "met"), {
        key: duty.lacks for key, duty in found.items()
    }
    assert len(found) == 5


@pytest.mark.parametrize("text", [KO, EN, ZH], ids=["ko", "en", "zh"])
def test_every_place_is_words_of_the_document(context: Context, text: str) -> None:
    for duty in _duties(context, _document(text)).values():
        assert all(text[one.start : one.end] == one.seen for one in duty.places.values())


def test_a_general_word_on_the_law_is_no_guidance(context: Context) -> None:
    duty = _duties(context, _document("Sellers must comply with all applicable laws."))["guidance"]
    assert duty.status == "not_met"
    assert "generic" in duty.places


def test_a_longer_period_than_the_law_gives_is_not_met(context: Context) -> None:
    found = _duties(context, _document(KO.replace("3영업일", "10영업일")))
    assert (found["redress_device"].status, found["redress_device"].lacks) == ("not_met", ("in_time",))


def test_help_pages_show_a_device_but_only_terms_take_up_the_duty(context: Context) -> None:
    found = _duties(
        context, _document(KO, "first_page"), _document("이 약관은 게시물에 적용됩니다.", "terms", name="d2")
    )
    assert (found["redress_device"].status, found["terms"].status) == ("met", "not_met")


def test_a_privacy_policy_alone_tells_nothing(context: Context) -> None:
    assert {duty.status for duty in _duties(context, _document(KO, "privacy")).values()} == {"cannot_tell"}


def test_a_network_that_says_it_does_not_verify_does_not(context: Context) -> None:
    text = "We do not verify the identity of sellers (name, representative, address, phone, e-mail)."
    assert _duties(context, _document(text))["identity"].status == "not_met"


def test_a_mall_is_no_bulletin_board_but_an_unknown_network_is(context: Context) -> None:
    mall = _document("장바구니에 담아 주문하신 상품의 배송비와 구매 확정", operator="Dalmart")
    board = _document(
        "게시물을 올리고 팔로우한 친구의 피드를 봅니다. 커뮤니티 운영원칙.", operator="Lumigram"
    )
    found = networks_of(
        lambda: iter([records("policy", [mall, board, _document(KO, operator="Temu")])]), context
    )
    assert [network.operator for network in found] == ["Lumigram"]


def test_an_operator_whose_record_says_so_is_one(context: Context) -> None:
    row = _document("이용약관", operator="Dalmart") | {"extra": '{"role": "board_provider"}'}
    [network] = networks_of(lambda: iter([records("policy", [row])]), context)
    assert network.operator == "Dalmart"


def test_findings_name_articles_fines_and_documents_and_the_table_compares_networks(context: Context) -> None:
    rows = [_document(KO), _document("Sellers comply with applicable law.", operator="TikTok", name="t1")]
    whole = judge(lambda: iter([records("policy", rows)]), context)
    by = {(one.operator, one.reference_id): one for one in whole.findings}
    breach = by["TikTok", "duty:redress_device"]
    assert (breach.severity, breach.provision) == ("high", "ECD 11-3")
    assert any("KRW 20,000,000" in one.detail for one in breach.reasons)
    assert by["Instagram", "duty:redress_device"].severity == "info"
    assert whole.tables["duties"].num_rows == 10


def test_what_was_decided_on_meta_is_found_in_its_documents(context: Context, shared: Path) -> None:
    folder = shared / "data/policies/Facebook"
    rows = [
        _document(path.read_text("utf-8"), operator="Facebook", name=path.stem)
        for path in sorted(folder.glob("*.md"))
    ]
    precedent = context.pack.data("social/duties.yaml")["precedents"][0]
    found = _duties(context, *rows)
    assert {key for key, duty in found.items() if duty.status == "not_met"} == set(precedent["breached"])
    assert sum(precedent["fined"].values()) == precedent["total"]
    for key in precedent["fined"]:
        assert precedent["fined"][key] <= context.book.value(
            "eca.fine.board_no_redress_device", precedent["decided_on"]
        )


def test_documents_that_name_neither_operator_nor_kind_are_told_by_their_first_lines(
    context: Context,
) -> None:
    row = _document(
        "Facebook Commercial Terms. Sellers comply with applicable laws.", "", "", name="Commercial Terms"
    )
    [network] = networks_of(lambda: iter([records("policy", [row])]), context)
    assert network.operator == "Meta"
    assert {duty.key: duty.status for duty in network.duties}["terms"] == "not_met"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("# 모두카페 이용약관", "모두카페"),
        ("圈圈社区 服务条款", "圈圈社区"),
        ("Loopy Terms of Service", "Loopy"),
        ("Loopy Community Guidelines", "Loopy"),
        ("서비스 이용약관", "(not named)"),
        ("Community Guidelines", "(not named)"),
        ("이용약관", "(not named)"),
    ],
)
def test_networks_that_nobody_knows_are_told_apart_by_their_headings(
    context: Context, heading: str, name: str
) -> None:
    text = f"{heading}\n게시물과 커뮤니티, 팔로우 기능을 제공합니다. 피드에 게시글을 올립니다."
    [network] = networks_of(lambda: iter([records("policy", [_document(text, "", "", name="d")])]), context)
    assert network.operator == name


def test_what_one_unknown_network_says_does_not_speak_for_another(context: Context) -> None:
    board = "게시물과 커뮤니티, 팔로우 기능을 제공합니다. 피드에 게시글을 올립니다. "
    cooperates = "회사는 분쟁조정기구가 요청하면 판매자의 신원정보를 제공하여 협조합니다."
    rows = [
        _document(f"모두카페 이용약관\n{board}{cooperates}", "", "", name="a"),
        _document(f"누리마당 이용약관\n{board}", "", "", name="b"),
    ]
    found = {one.operator: one for one in networks_of(lambda: iter([records("policy", rows)]), context)}
    told = {
        name: {duty.key: duty.status for duty in one.duties}["cooperation"] for name, one in found.items()
    }
    assert told == {"모두카페": "met", "누리마당": "cannot_tell"}

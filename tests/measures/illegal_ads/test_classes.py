"""Classes of adverts: readable cases, evidence in place, provisions by date, contexts that make words harmless, disguises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from mapae.measures.illegal_ads.prediction_adverts import predict
from mapae.model.finding import Finding

Screen = Callable[..., list[Finding]]

CASES = yaml.safe_load((Path(__file__).parents[2] / "packs" / "kr" / "adverts.yaml").read_text("utf-8"))


def advert(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "advertiser_name": row["name"],
        "headline": row["head"],
        "text": row["text"],
        "landing_text": row["land"],
    }


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["head"])
def test_an_advert_is_what_a_reader_says(screen: Screen, row: dict[str, Any]) -> None:
    answer = predict(screen(advert(row)))
    assert answer == {"flag": row["class"] != "none", "class": row["class"]}


def test_every_reason_shows_exactly_what_stands_in_the_advert(screen: Screen) -> None:
    rows = [advert(row) for row in CASES]
    found = screen(*rows)
    assert len(found) == sum(row["class"] != "none" for row in CASES)
    for item in found:
        for reason in item.reasons:
            cell = rows[int(item.subject_id)][reason.field]
            assert reason.seen
            assert cell[reason.start : reason.end] == reason.seen


def test_a_finding_names_the_article_in_force(screen: Screen) -> None:
    found = one(screen, text="진검 지팡이칼 소지허가 없이 택배 발송, 320,000원")
    assert found.provision == "NET 44-7"
    assert found.provision_from is not None
    assert found.reference_id == "class:weapon"


def test_a_cure_by_a_cream_stands_on_the_cosmetics_act(screen: Screen) -> None:
    cream = one(screen, text="바르기만 하면 아토피 완치되는 크림, 로션 세트 화장품 29,000원")
    juice = one(screen, text="마시면 당뇨가 완치되는 여주즙 30포 29,000원")
    assert (cream.provision, juice.provision) == ("COS 13", "FLA 8")


def test_a_landing_page_alone_is_enough(screen: Screen) -> None:
    found = one(
        screen, headline="아침이 가벼운 차", landing_text="고혈압과 당뇨를 완치합니다. 60티백 49,000원"
    )
    assert found.reference_id == "class:drug_claim"
    assert found.reasons[0].field == "landing_text"


def test_a_post_is_read_like_an_advert(screen: Screen) -> None:
    [found] = screen({"text": "처방전 없이 졸피뎀 30정 12만원, 텔레 문의"}, kind="post")
    assert (found.subject_kind, found.reference_id) == ("post", "class:illegal_drug")


def test_letters_split_by_signs_are_read_through(screen: Screen) -> None:
    found = one(screen, text="졸.피.뎀 처방전 없이 10정 5만원")
    assert any("졸.피.뎀" in reason.seen for reason in found.reasons)


@pytest.mark.parametrize(
    ("selling", "denying"),
    [
        ("고혈압을 치료합니다. 양파즙 30포 29,000원", "고혈압을 치료하지 않습니다. 양파즙 30포 29,000원"),
        ("Our tea cures diabetes, $20", "Our tea does not cure diabetes, $20"),
        ("本茶治愈糖尿病,一盒99元", "本茶不能治愈糖尿病,一盒99元"),
    ],
)
def test_a_denied_claim_is_no_claim(screen: Screen, selling: str, denying: str) -> None:
    assert [item.reference_id for item in screen({"text": selling})] == ["class:drug_claim"]
    assert not screen({"text": denying})


def test_the_same_words_in_a_warning_of_a_public_body_are_harmless(screen: Screen) -> None:
    words = "필로폰 아이스 1g 드랍, 좌표는 선입금 후"
    assert screen({"text": words})
    assert not screen(
        {
            "text": f'"{words}" 이런 글을 보면 신고하세요.',
            "landing_url": "https://www.police.go.kr/drug",
            "advertiser_name": "가상경찰청",
        }
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chocolate that calms ADHD better than Ritalin, $27", "class:drug_claim"),
        ("Ritalin 10 mg, no prescription, $27", "class:illegal_drug"),
        ("위고비보다 빠른 녹차 젤리, 한 달 9kg 감량 59,000원", "class:drug_claim"),
        ("위고비 펜 처방 없이 59,000원", "class:illegal_drug"),
    ],
)
def test_a_medicine_that_goods_are_measured_against_is_not_the_goods(
    screen: Screen, text: str, name: str
) -> None:
    assert one(screen, text=text).reference_id == name


def test_a_private_site_whose_name_looks_public_does_not_calm(screen: Screen) -> None:
    words = "필로폰 아이스 1g 드랍, 좌표는 선입금 후"
    assert screen({"text": words, "landing_url": "https://police-go.kr.example/drug"})


def test_an_empty_advert_and_one_of_other_script_are_nothing(screen: Screen) -> None:
    assert not screen({}, {"text": "สวัสดี"}, {"headline": "🎁🎁🎁"})


def one(screen: Screen, **record: Any) -> Finding:
    [found] = screen(record)
    return found

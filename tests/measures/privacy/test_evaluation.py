"""The three criteria: every point follows from the text, the score is the mean of its points."""

from __future__ import annotations

from typing import Any

import pytest

from mapae.measures.privacy.check import TABLES, cut, read_policy
from mapae.measures.privacy.evaluation import Criterion, Point, evaluate_policy, language_of
from mapae.pack import load_pack

SHORT = """# 물푸레 개인정보 처리방침
시행일: 2026년 3월 1일
## 처리 목적
주문을 배송하고 대금을 결제하기 위해 처리합니다.
## 정보주체의 권리
열람, 정정, 삭제를 요구할 수 있습니다.
"""
DENSE = "Privacy Notice. " + " ".join(["We may from time to time share what you send us with others"] * 400)


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    pack = load_pack("kr")
    return {name: pack.data(f"privacy/{name}.yaml") for name in (*TABLES, "evaluation")}


def scored(text: str, data: dict[str, Any], **told: object) -> dict[str, Criterion]:
    policy = read_policy(text, data)
    return {
        item.key: item for item in evaluate_policy(text, cut(text, data), policy, data["evaluation"], told)
    }


def value(item: Criterion, key: str) -> tuple[str, float | None]:
    return next((point.value, point.score) for point in item.points if point.key == key)


def test_a_short_korean_policy_reads_well_and_names_itself_as_the_law_does(data: dict[str, Any]) -> None:
    found = scored(SHORT, data)
    assert value(found["accessibility"], "title") == ("물푸레 개인정보 처리방침", 1.0)
    assert value(found["accessibility"], "rights") == ("ko", 1.0)
    assert value(found["accessibility"], "dated")[1] == 1.0
    assert value(found["readability"], "scrolls") == ("1", 1.0)
    assert "contents" not in {point.key for point in found["readability"].points}


def test_one_long_english_section_reads_badly(data: dict[str, Any]) -> None:
    found = scored(DENSE, data)
    assert value(found["readability"], "scrolls")[1] == 0.5
    assert value(found["readability"], "longest_section")[1] == 0.0
    assert value(found["readability"], "contents") == ("no", 0.0)
    assert value(found["accessibility"], "korean") == ("0%", 0.0)
    assert found["readability"].score is not None and found["readability"].score < 35


def test_steps_and_login_count_only_where_the_record_tells_them(data: dict[str, Any]) -> None:
    assert value(scored(SHORT, data)["accessibility"], "steps") == ("not told", None)
    found = scored(SHORT, data, steps="3", login=True)["accessibility"]
    assert value(found, "steps") == ("3", 0.0) and value(found, "login") == ("no", 0.0)
    assert value(scored(SHORT, data, steps=1, login="no")["accessibility"], "login") == ("yes", 1.0)


def test_adequacy_leaves_out_what_does_not_apply(data: dict[str, Any]) -> None:
    text = SHORT + "## 제3자 제공\n개인정보를 제3자에게 제공하지 않습니다.\n"
    points = {point.key: point.score for point in scored(text, data)["adequacy"].points}
    assert points["P3"] is None and points["P1"] == 1.0 and points["P7"] == 0.0 and len(points) == 15


def test_a_score_is_the_mean_of_the_points_that_have_one() -> None:
    points = (Point("a", "", 1.0), Point("b", "", 0.5), Point("c", "", None))
    assert Criterion("x", points).score == 75
    assert Criterion("x", points[2:]).score is None


@pytest.mark.parametrize(
    ("text", "language"),
    [("개인정보 처리방침 Amazon", "ko"), ("隐私政策", "zh"), ("Privacy", "en"), ("", "en")],
)
def test_the_language_is_that_of_the_letters(text: str, language: str) -> None:
    assert language_of(text) == language

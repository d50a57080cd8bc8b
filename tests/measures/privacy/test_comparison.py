"""Comparison: form never counts as substance, substance is never lost, whatever the order of sections."""

from __future__ import annotations

import random
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.measures.privacy.check import TABLES
from mapae.measures.privacy.comparison import Comparison, compare
from mapae.measures.privacy.sentences import key_of
from mapae.pack import load_pack

pytestmark = pytest.mark.slow

CASES = Path(__file__).resolve().parents[2] / "cases"
DOCUMENTS = sorted(CASES.glob("**/policies/*.md"))
HEADED = [path for path in DOCUMENTS if path.read_text("utf-8").count("\n## ") >= 3]
OLD = """# 물푸레상점 개인정보 처리방침
## 처리 목적
주문을 배송하고 대금을 결제하기 위해 처리합니다.
## 보유 기간
회원 정보는 탈퇴할 때까지, 주문 기록은 5년 동안 보관합니다.
## 항목
- 이름, 주소, 전화번호
- 전자우편
## 연락처
개인정보 보호책임자: 서이안, 02-000-1111
"""


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    pack = load_pack("kr")
    return {name: pack.data(f"privacy/{name}.yaml") for name in (*TABLES, "comparison")}


def changed(found: Comparison) -> set[str]:
    return {item.key for item in found.items if item.change == "substantive"}


def shuffled(text: str, seed: int) -> str:
    """The sections of `## ` headings in another order."""
    lead, *sections = re.split(r"(?m)^(?=## )", text)
    random.Random(seed).shuffle(sections)
    return lead + "".join(section if section.endswith("\n") else section + "\n" for section in sections)


def respaced(text: str, seed: int) -> str:
    """More blank lines, doubled spaces, other bullets, bold words."""
    draw = random.Random(seed)
    lines = []
    for line in text.split("\n"):
        if line.startswith("- ") and draw.random() < 0.5:
            line = "* " + line[2:]
        if draw.random() < 0.3 and "|" not in line:
            line = line.replace(", ", ",  ")
        if draw.random() < 0.2 and line and line[0] not in "#|-*> " and "*" not in line:
            line = f"**{line[:1]}**{line[1:]}" if len(line) > 90 else line + "  "
        lines += [line, ""] if draw.random() < 0.2 and not line.startswith("|") else [line]
    return "\n".join(lines)


@given(st.sampled_from(HEADED), st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_sections_in_another_order_are_no_change_of_substance(path: Path, seed: int) -> None:
    text = path.read_text("utf-8")
    pack = load_pack("kr")
    tables = {name: pack.data(f"privacy/{name}.yaml") for name in (*TABLES, "comparison")}
    found = compare(text, shuffled(text, seed), tables)
    assert found.change != "substantive" and not changed(found)


@given(st.sampled_from(DOCUMENTS), st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_spaces_blank_lines_and_bullets_are_no_change_of_substance(path: Path, seed: int) -> None:
    text = path.read_text("utf-8")
    pack = load_pack("kr")
    tables = {name: pack.data(f"privacy/{name}.yaml") for name in (*TABLES, "comparison")}
    found = compare(text, respaced(text, seed), tables)
    assert found.change != "substantive", [item for item in found.differences if item.substantive][:3]


def wrapped(text: str, columns: int, broken: bool) -> str:
    """Long lines of running text broken at a width; broken: words and addresses too."""
    lines = []
    for line in text.split("\n"):
        kept = len(line) < columns or line.lstrip().startswith(("|", "#", "-", "*", ">"))
        lines += (
            [line] if kept else textwrap.wrap(line, columns, break_long_words=broken, break_on_hyphens=broken)
        )
    return "\n".join(lines)


@given(st.sampled_from(DOCUMENTS), st.integers(50, 110), st.booleans())
@settings(max_examples=20, deadline=None)
def test_lines_broken_at_another_width_are_no_change_of_substance(
    path: Path, columns: int, broken: bool
) -> None:
    text = (
        path.read_text("utf-8")
        + "\nSee the [full list of the firms that we name](https://a.example/x.1?q=2-3) here.\n"
    )
    pack = load_pack("kr")
    tables = {name: pack.data(f"privacy/{name}.yaml") for name in (*TABLES, "comparison")}
    found = compare(text, wrapped(text, columns, broken), tables)
    assert found.change != "substantive", [item for item in found.differences if item.substantive][:3]


def test_a_figure_that_changes_in_lines_broken_anew_is_substance(data: dict[str, Any]) -> None:
    old = OLD.replace("탈퇴할 때까지, 주문 기록은", "탈퇴할 때까지,\n주문 기록은")
    found = compare(old, OLD.replace("5년", "3년"), data)
    assert "P2" in changed(found) and {"5", "3"} <= {word for item in found.differences for word in item.told}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_policy_beside_itself_has_no_difference(path: Path, data: dict[str, Any]) -> None:
    text = path.read_text("utf-8")
    found = compare(text, text, data)
    assert found.change == "none" and not found.differences


def test_a_line_broken_in_the_middle_of_a_sentence_is_form(data: dict[str, Any]) -> None:
    new = OLD.replace("주문을 배송하고 대금을", "주문을 배송하고\n대금을")
    found = compare(OLD, new, data)
    assert [item.kind for item in found.differences] == ["form"] and not changed(found)


@pytest.mark.parametrize(
    ("old", "new", "items", "differs"),
    [
        ("5년 동안", "3년 동안", {"P2"}, {"5", "3"}),
        ("- 전자우편", "- 전자우편, 생년월일", {"P11"}, {"생년월일"}),
        ("서이안", "윤해솔", {"P9"}, {"서이안", "윤해솔"}),
        ("보관합니다.", "보관하지 않습니다.", {"P2"}, {"않"}),
    ],
)
def test_a_figure_a_name_an_item_or_a_negation_is_substance(
    old: str, new: str, items: set[str], differs: set[str], data: dict[str, Any]
) -> None:
    found = compare(OLD, OLD.replace(old, new), data)
    assert items <= changed(found)
    change = next(item for item in found.differences if item.substantive)
    assert change.kind == "changed" and differs <= set(change.told)


def test_an_inflection_is_wording(data: dict[str, Any]) -> None:
    found = compare(OLD, OLD.replace("위해 처리합니다", "위하여 처리하고 있습니다"), data)
    assert [item.kind for item in found.differences] == ["wording"] and found.change == "cosmetic"


def test_both_sides_are_quoted_at_their_places(data: dict[str, Any]) -> None:
    new = "머리말입니다.\n" + OLD.replace("5년", "10년")
    found = compare(OLD, new, data)
    change = next(item for item in found.differences if item.kind == "changed")
    assert "5년" in OLD[change.old[0].start : change.old[0].end]
    assert "10년" in new[change.new[0].start : change.new[0].end]
    assert [item.kind for item in found.differences].count("added") == 1


def test_an_item_that_goes_is_told_with_its_status(data: dict[str, Any]) -> None:
    new = OLD.replace("## 보유 기간\n회원 정보는 탈퇴할 때까지, 주문 기록은 5년 동안 보관합니다.\n", "")
    item = next(item for item in compare(OLD, new, data).items if item.key == "P2")
    assert (item.change, item.old_status, item.new_status) == ("substantive", "present", "missing")


def test_a_sentence_that_stands_twice_and_then_once_is_removed_once(data: dict[str, Any]) -> None:
    twice = OLD + "주문을 배송하고 대금을 결제하기 위해 처리합니다.\n"
    assert [item.kind for item in compare(twice, OLD, data).differences] == ["removed"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1. **이름**, 주소", "- 이름,  주소"),
        ("[Cookies](https://x.example) are used.", "Cookies are used"),
        ("제3조 보유 기간", "## 보유 기간"),
        ("收集之目的", "收集之目的。"),
    ],
)
def test_a_key_holds_no_markup_number_sign_or_space(left: str, right: str) -> None:
    assert key_of(left) == key_of(right)

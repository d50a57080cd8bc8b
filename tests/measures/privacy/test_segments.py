"""Sections and sentences: every piece is an exact span, headings are those of the document's own way."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from mapae.measures.privacy.segments import segments

LOCAL = re.compile("california|eea")


@given(st.text(alphabet="가나다 제1조.。\n#-1.ab*|()", max_size=200))
def test_pieces_are_exact_spans_in_order(text: str) -> None:
    found = segments(text, LOCAL)
    assert all(text[item.start : item.end].lower() == item.text or item.first for item in found)
    assert [item.start for item in found] == sorted(item.start for item in found)


def test_sentences_belong_to_the_heading_above_them() -> None:
    text = "제1조 목적\n하나를 처리합니다. 둘도 처리합니다.\n1. 주문\n제2조 보관\n오래 보관합니다.\n제3조 끝\n끝입니다."
    found = [(item.heading, item.text) for item in segments(text, LOCAL) if not item.first]
    assert found[:2] == [("제1조 목적", "하나를 처리합니다."), ("제1조 목적", "둘도 처리합니다.")]
    assert found[2] == ("제1조 목적", "1. 주문") and found[3][0] == "제2조 보관"


def test_a_regional_section_ends_where_one_as_high_begins() -> None:
    text = "## All\nfor all.\n## California residents\nfor some.\n### Rights\nfor some too.\n## Contact\nfor all again."
    told = {item.text: item.local for item in segments(text, LOCAL) if not item.first}
    assert told == {"for all.": False, "for some.": True, "for some too.": True, "for all again.": False}


def test_what_never_ends_is_cut_into_pieces_that_join_to_the_whole() -> None:
    text = "가" * 4000 + " 나 " + "다" * 900
    found = segments(text, LOCAL)
    assert max(item.end - item.start for item in found) <= 1500
    assert "".join(text[item.start : item.end] for item in found).replace(" ", "") == text.replace(" ", "")


def test_what_is_told_to_koreans_is_told_in_full_even_in_a_notice_to_residents_of_one_place() -> None:
    text = "## Addendum for EEA residents\nYou may object.\n## Addendum: residents of the Republic of Korea\nAsk our agent.\n"
    text += "### Your rights\nAsk to see it.\n## California\nCall us.\n"
    found = {
        item.text: (item.local, item.korean)
        for item in segments(text, re.compile("california|eea|residents of"))
    }
    assert found["you may object."] == (True, False)
    assert found["ask our agent."] == found["ask to see it."] == (False, True)
    assert found["call us."] == (True, False)


def test_an_annex_holds_the_numbered_headings_after_it() -> None:
    text = "1. Data\nWe collect it.\n2. Rights\nYou may ask.\nAnnex A. California\nMore here.\n1. Deletion\nYou may delete."
    found = {item.text: item.local for item in segments(text, LOCAL) if not item.first}
    assert found == {
        "we collect it.": False,
        "you may ask.": False,
        "more here.": True,
        "you may delete.": True,
    }


def test_a_bold_heading_keeps_the_title_of_its_chapter() -> None:
    text = "## What we collect\n**When you buy**\nname, address\n## Rights\nYou may ask.\n## End\nBye."
    above = {item.text: item.above for item in segments(text, LOCAL) if not item.first}
    assert above == {"name, address": "## what we collect", "you may ask.": "", "bye.": ""}


def test_numbered_labels_are_headings_where_there_are_no_others() -> None:
    names = ("收集", "使用", "披露", "安全", "保存", "联系")
    text = "小铺 隐私声明\n" + "\n".join(
        f"{at}. 信息{name}：这里说明{name}。" for at, name in enumerate(names, 1)
    )
    found = [(item.heading, item.text) for item in segments(text, LOCAL) if not item.first]
    assert found[3] == ("4. 信息安全：", "4. 信息安全：这里说明安全。")


def test_of_two_signs_the_first_leads_headings_and_the_other_lists() -> None:
    names = ("목적", "항목", "기간")
    text = "방침\n" + "\n".join(f"■ {name}\n▶ {name} 하나\n▶ {name} 둘" for name in names)
    found = [(item.heading, item.text) for item in segments(text, LOCAL) if not item.first]
    assert found[1:3] == [("■ 목적", "▶ 목적 하나"), ("■ 목적", "▶ 목적 둘")] and len(found) == 7


def test_a_place_that_data_leave_is_not_the_readers() -> None:
    text = (
        "## Transfers out of the EEA\nThe label is sent to Korea.\n## Residents of the EEA\nYou may object."
    )
    found = {item.text: item.local for item in segments(text, LOCAL) if not item.first}
    assert found == {"the label is sent to korea.": False, "you may object.": True}


def test_a_bold_sentence_is_no_heading_and_a_line_of_contents_says_nothing() -> None:
    text = "**一、收集**\n目录:一、收集哪些信息 二、使用目的 三、保存期限 四、出境\n**我们不收集敏感个人信息。**\n"
    told = [item.text for item in segments(text, LOCAL) if not item.first]
    assert told == ["**我们不收集敏感个人信息。", "**"]

"""Words of operators: facts as officers write and read them, names of countries."""

from __future__ import annotations

from django.utils.translation import override

from mapae.desk.citing import rests_on
from mapae.desk.parties.facts import read_value, shown
from mapae.desk.parties.titles import country


def test_facts_are_read_in_korean_words_and_shown_without_keys() -> None:
    with override("ko"):
        assert [read_value("data_demand", word) for word in ("예", "아니요", "yes")] == [True, False, True]
        kept = read_value("threshold_source", "2026-03-11")
        assert (kept, shown("threshold_source", kept)) == (
            "draft_decree_2026-03-11", "2026-03-11 입법예고 시행령안",
        )  # fmt: skip
        assert (country("SG"), country("XX")) == ("싱가포르", "XX")


def test_what_an_answer_of_law_rests_on_is_told_by_title_value_and_article() -> None:
    said = {
        "net.fine.agent_not_appointed = 20000000 (NET 76; 정보통신망법 제76조제3항제4호의3)": (
            "국내대리인 미지정 과태료 20,000,000 · 정보통신망법 제76조제3항제4호의3"
        ),
        "eca.20-5.roles: no rule on 2026-09-22": "국내대리인 지정 의무자: 2026-09-22 현재 정한 바 없음",
        "anything else": "anything else",
    }
    with override("ko"):
        assert {reason: rests_on(reason) for reason in said} == said

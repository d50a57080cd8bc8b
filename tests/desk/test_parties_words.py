"""Words of operators: facts as officers write and read them, names of countries."""

from __future__ import annotations

from django.utils.translation import override

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

"""One complaint triaged: the same as screening says, with the days its last day was counted from."""

from __future__ import annotations

from datetime import date

import pytest

from mapae.app.triage import triage
from mapae.measures.helpline.cues import CATEGORIES
from mapae.pack import load_pack

ON = date(2026, 9, 22)
TEXT = "알리에서 산 신발을 9월 18일에 받았는데 청약철회하겠다고 하니 환불을 거절합니다"


def test_a_message_is_triaged_with_spans_in_its_own_text() -> None:
    found = triage({"text": TEXT, "received_on": ON.isoformat()}, ON)
    assert (found.category, found.operator, found.responsible) == (
        "cancellation_refused",
        "AliExpress",
        "agent",
    )
    assert (found.right, found.last_day, found.counted_from) == (
        "withdrawal_7d",
        date(2026, 9, 28),
        date(2026, 9, 18),
    )
    shown = [each for each in found.reasons if each["seen"] and each["field"] == "text"]
    assert shown and all(TEXT[each["start"] : each["end"]] == each["seen"] for each in shown)


def test_what_the_record_says_counts_before_what_the_text_says() -> None:
    found = triage({"text": TEXT, "received_on": ON.isoformat(), "delivered_on": "2026-09-21"}, ON)
    assert found.counted_from == date(2026, 9, 21) and found.last_day == date(2026, 9, 28)


@pytest.mark.parametrize("text", ["", "?", "\u200b", "A" * 20_000])
def test_a_message_that_says_nothing_is_somebody_elses_matter_and_breaks_nothing(text: str) -> None:
    found = triage({"text": text}, ON)
    assert found.category in CATEGORIES and found.last_day is None and not found.hazard


@pytest.mark.parametrize("section", ["categories", "responsible", "rights"])
def test_the_pack_has_words_for_every_answer_of_the_triage(section: str) -> None:
    rules = load_pack("kr").data("helpline/rights.yaml")
    wanted = {
        "categories": set(CATEGORIES),
        "responsible": {
            "agent",
            "seller",
            "social_network",
            "domestic",
            "customs",
            "regulator_referral",
            "not_ours",
        },
        "rights": {"none", *rules["rights"].values()},
    }
    assert wanted[section] <= set(load_pack("kr").data("helpline/advice.yaml")[section])


def test_every_word_for_consumers_is_there_in_three_languages() -> None:
    lacking: list[str] = []

    def look(row: object, place: str) -> None:
        if isinstance(row, dict) and {"ko", "en", "zh"} & row.keys():
            lacking.extend(place for language in ("ko", "en", "zh") if not row.get(language))
        elif isinstance(row, dict):
            for key, value in row.items():
                look(value, f"{place}/{key}")
        elif isinstance(row, list):
            for number, value in enumerate(row):
                look(value, f"{place}/{number}")

    look(load_pack("kr").data("helpline/advice.yaml"), "")
    assert lacking == []


def test_a_service_that_only_the_caller_knows_is_read_by_its_kind_and_named_nowhere() -> None:
    record = {"text": "산 모자가 마음에 안 들어요. 무르고 싶습니다.", "operator": "새로 생긴 몰"}
    alone, known = triage(record, ON), triage(record, ON, kind="mall")
    assert (alone.responsible, known.responsible, known.operator) == ("seller", "agent", None)
    assert all(reason["field"] == "text" for reason in known.reasons)

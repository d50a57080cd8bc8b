"""Orders sent in parts: small parcels of one sender to one recipient, over the limit together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.measures.consignments.parcels_split import CHECK
from tests.measures.consignments.parcel_lines import judged


def parcel(name: str, value: float, day: str = "2026-11-03", **more: Any) -> dict[str, Any]:
    usual = {"recipient_code_hash": "r1", "seller_id": "s1", "country_of_departure": "CN"}
    return usual | {"consignment_id": name, "value": value, "date": day} | more


def names(*lines: dict[str, Any]) -> list[str]:
    return [finding.subject_id for finding in judged(CHECK, lines).findings]


def test_two_parcels_of_a_day_over_the_limit_together_are_found_both() -> None:
    said = judged(CHECK, [parcel("a", 90), parcel("x", 10, seller_id="s2"), parcel("b", 80)])
    assert [(one.subject_id, one.reference_id, one.severity) for one in said.findings] == [
        ("a", "split:a", "medium"),
        ("b", "split:a", "medium"),
    ]
    reason = said.findings[0].reasons[0]
    assert (reason.seen, reason.matched) == ("r1", "b")
    assert reason.detail == (
        "2 parcels of one sender to one recipient on 2026-11-03; 170.00 USD together, by list up to 150 USD"
    )
    (row,) = said.tables["split_orders"].to_pylist()
    assert (row["parcels"], row["usd"], row["consignments"]) == (2, 170.0, "a, b")


def test_parcels_within_days_count_less_and_later_ones_not() -> None:
    said = judged(CHECK, [parcel("a", 90), parcel("b", 80, "2026-11-05"), parcel("c", 80, "2026-11-09")])
    assert [(one.subject_id, one.severity) for one in said.findings] == [("a", "low"), ("b", "low")]


def test_others_senders_recipients_large_parcels_and_small_sums_are_not_split_orders() -> None:
    assert names(parcel("a", 90), parcel("b", 80, seller_id="s2")) == []
    assert names(parcel("a", 90), parcel("b", 80, recipient_code_hash="r2")) == []
    assert (
        names(parcel("a", 90), parcel("b", 80, recipient_code_hash=None), parcel("c", 80, seller_id="")) == []
    )
    assert names(parcel("a", 160), parcel("b", 40)) == []
    assert names(parcel("a", 75), parcel("b", 75)) == []
    us = {"country_of_departure": "US"}
    assert names(parcel("a", 100, **us), parcel("b", 100, **us)) == []
    assert names(parcel("a", 100, **us), parcel("b", 101, **us)) == ["a", "b"]


def test_a_sender_without_a_number_is_known_by_name() -> None:
    named = {"seller_id": None, "seller": "Sound Street"}
    assert names(parcel("a", 90, **named), parcel("b", 80, **(named | {"seller": "SOUND STREET "}))) == [
        "a",
        "b",
    ]


def plain(lines: list[dict[str, Any]]) -> list[str]:
    """The same by comparing, pair by pair, from each first parcel on."""
    found: list[tuple[int, str]] = []
    pairs = sorted({(line["recipient_code_hash"], line["seller_id"]) for line in lines})
    for pair in pairs:
        own = [
            (date.fromisoformat(line["date"]), at, line)
            for at, line in enumerate(lines)
            if (line["recipient_code_hash"], line["seller_id"]) == pair and line["value"] <= 150
        ]
        own.sort(key=lambda each: each[:2])
        while own:
            run = [each for each in own if each[0] < own[0][0] + timedelta(days=3)]
            taken = len(run) > 1 and sum(each[2]["value"] for each in run) > 150
            found += [(at, line["consignment_id"]) for _, at, line in run] if taken else []
            own = own[len(run) if taken else 1 :]
    return sorted(name for _, name in found)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 170), st.integers(1, 9), st.sampled_from("rq"), st.sampled_from("st")),
        max_size=24,
    )
)
def test_the_groups_are_those_of_the_plain_way(rows: list[tuple[int, int, str, str]]) -> None:
    lines = [
        parcel(f"p{at}", value, f"2026-11-0{day}", recipient_code_hash=code, seller_id=seller)
        for at, (value, day, code, seller) in enumerate(rows)
    ]
    assert sorted(names(*lines)) == plain(lines)

"""Senders known by their other parcels, and customs codes that do not agree with name, telephone or postcode."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mapae.errors import InputError
from mapae.measures.consignments.parcels_codes import CHECK as CODES
from mapae.measures.consignments.parcels_senders import CHECK as SENDERS
from tests.measures.consignments.parcel_lines import context_with, judged

pytestmark = pytest.mark.slow

BAG = {"description": "Louis Vuitton Neverfull bag", "value": 25.0, "country_of_departure": "CN"}
COAT = {"description": "wool coat", "value": 40.0, "country_of_departure": "CN"}


def sent(sender: str, goods: dict[str, Any], count: int, **more: Any) -> list[dict[str, Any]]:
    return [
        goods | {"consignment_id": f"{sender}{at}{goods['description'][0]}", "seller_id": sender} | more
        for at in range(count)
    ]


def test_plain_parcels_of_a_sender_with_many_suspect_ones_are_worth_a_look() -> None:
    lines = [
        *sent("G", BAG, 3),
        *sent("G", COAT, 2),
        *sent("H", BAG, 2),
        *sent("H", COAT, 2),
        *sent("K", COAT, 9),
    ]
    said = judged(SENDERS, lines)
    assert [(one.subject_id, one.reference_id, one.severity) for one in said.findings] == [
        ("G0w", "sender:G", "low"),
        ("G1w", "sender:G", "low"),
    ]
    assert said.findings[0].reasons[0].detail == "of 5 parcels of this sender 3 bear signs of copies"
    assert said.tables["senders"].to_pylist() == [
        {"sender": "G", "parcels": 5, "suspect": 3, "inspected": 0, "found": 0}
    ]


def test_results_of_inspections_speak_against_a_sender() -> None:
    inspected = sent("F", COAT, 3, extra='{"Fraud": 1}')
    clean = sent("F", COAT, 1, extra='{"Fraud": 0}', consignment_id="Fc")
    said = judged(SENDERS, [*inspected, *clean, *sent("F", COAT, 1, consignment_id="Fnew")])
    assert [(one.subject_id, one.severity) for one in said.findings] == [("Fnew", "medium")]
    assert said.findings[0].reasons[0].detail == "of 4 inspected 3 were found"


def test_few_suspect_parcels_among_very_many_are_no_history() -> None:
    assert judged(SENDERS, [*sent("G", BAG, 3), *sent("G", COAT, 40)]).findings == []


def line(ident: str, code: str = "c1", **hashes: str) -> dict[str, Any]:
    return {"consignment_id": ident, "recipient_code_hash": code} | {
        f"recipient_{key}_hash": value for key, value in hashes.items()
    }


def test_one_code_under_several_names_is_told_on_the_lines_that_differ() -> None:
    said = judged(
        CODES, [line("a", name="n1"), line("b", name="n2"), line("c", name="n1"), line("d", "c2", name="n9")]
    )
    (one,) = said.findings
    assert (one.subject_id, one.severity) == ("b", "low")
    assert one.reasons[0].detail == "the code stands with 2 different names on 3 lines"
    assert (one.reasons[0].seen, one.reasons[0].matched) == ("n2", "n1")


def test_addresses_may_differ_up_to_twenty() -> None:
    lines = [line(f"p{at}", postcode=f"z{at}") for at in range(20)]
    assert judged(CODES, lines).findings == []
    assert len(judged(CODES, [*lines, line("p20", postcode="z20")]).findings) == 20


REGISTER = (
    "code_hash,name_hash,phone_hash,postcode_hash,issued_on,changed_on\n"
    "old,n1,t1,z1,2024-03-01,\nnew,n1,t1,z1,2025-12-01,\nyear,n1,t1,z1,2026-01-05,\n"
)


@pytest.fixture
def register(tmp_path: Path) -> str:
    path = tmp_path / "codes.csv"
    path.write_text(REGISTER)
    return str(path)


@pytest.mark.parametrize(
    ("given", "day", "fields"),
    [
        (line("a", "old", name="n1", phone="t1", postcode="z1"), "2026-11-02", []),
        (line("a", "old", name="n2", phone="t1"), "2026-11-02", ["recipient_name_hash"]),
        (
            line("a", "old", name="n2", phone="t2"),
            "2026-11-02",
            ["recipient_name_hash", "recipient_phone_hash"],
        ),
        (line("a", "old", name="n1", postcode="z9"), "2026-11-02", []),
        (line("a", "new", name="n1", postcode="z9"), "2026-11-02", ["recipient_postcode_hash"]),
        (line("a", "new", name="n1", postcode="z9"), "2026-02-01", []),
        (line("a", "new", name="n1"), "2026-11-02", []),
        (line("a", "gone", name="n1"), "2026-11-02", ["recipient_code_hash"]),
        (line("a", "year", name="n1"), "2027-02-04", []),
        (line("a", "year", name="n1"), "2027-02-05", ["recipient_code_hash"]),
    ],
)
def test_the_register_asks_for_name_telephone_and_the_postcode_of_new_codes(
    register: str, given: dict[str, Any], day: str, fields: list[str]
) -> None:
    said = judged(CODES, [given | {"date": day}], context_with(codes=register))
    assert [reason.field for one in said.findings for reason in one.reasons] == fields


def test_a_register_without_its_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "codes.csv").write_text("code_hash,name\nc,n\n")
    with pytest.raises(InputError, match="no column name_hash"):
        judged(CODES, [line("a")], context_with(codes=str(tmp_path / "codes.csv")))
    with pytest.raises(InputError, match="cannot be read"):
        judged(CODES, [line("a")], context_with(codes=str(tmp_path / "none.parquet")))

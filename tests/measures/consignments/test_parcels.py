"""What a parcel's line alone tells: copied brands, prices over a list's limit, goods that no list clears."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from mapae.contract.run import Prepared, prepare
from mapae.measures.consignments import CARD
from tests.measures.consignments.parcel_lines import CONTEXT, batch_of

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/packs/kr/parcels.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def checks() -> Prepared:
    return prepare([check for check in CARD.checks if check.bind], CONTEXT, "consignment")


@pytest.fixture(scope="module")
def found(checks: Prepared) -> dict[str, dict[str, Any]]:
    """Case → check → finding, all cases in one batch."""
    lines = [{key: value for key, value in case.items() if key not in ("id", "expect")} for case in CASES]
    batch = batch_of([line | {"consignment_id": case["id"]} for line, case in zip(lines, CASES, strict=True)])
    every: dict[str, dict[str, Any]] = {}
    for finding in checks.findings(batch):
        every.setdefault(finding.subject_id, {})[finding.check.partition(".")[2]] = finding
    return every


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_line_is_judged_as_the_case_says(case: dict[str, Any], found: dict[str, dict[str, Any]]) -> None:
    said = {check: finding.reference_id for check, finding in found.get(case["id"], {}).items()}
    assert said == case["expect"]


def test_every_reason_quotes_the_line_exactly(found: dict[str, dict[str, Any]]) -> None:
    cases = {case["id"]: case for case in CASES}
    for name, findings in found.items():
        for finding in findings.values():
            for reason in finding.reasons:
                if reason.end and reason.field != "value":
                    assert str(cases[name][reason.field])[reason.start : reason.end] == reason.seen


def test_what_is_presumed_weighs_less_than_what_the_line_says(found: dict[str, dict[str, Any]]) -> None:
    said, presumed = found["list-in-words"]["list_limit"], found["over-150"]["list_limit"]
    assert (said.severity, presumed.severity) == ("medium", "low")
    assert said.reasons[1].seen == "목록 통관"
    assert presumed.reasons[1].detail == "the line names no declaration: taken to be of a list"
    assert found["won-far-over"]["list_limit"].reasons[0].detail.endswith("at a round rate of exchange")


def test_suspected_goods_are_told_not_to_be_cleared_by_a_list(found: dict[str, dict[str, Any]]) -> None:
    by_list, declared = found["luxury-too-cheap"]["brands"], found["declared-goods-too"]["brands"]
    assert "not cleared by a list" in by_list.reasons[-1].detail
    assert not any("by a list" in reason.detail for reason in declared.reasons)
    assert str(by_list.provision_from) == "2025-01-01" and by_list.provision == "CUS 235"


def test_a_word_inside_a_longer_one_is_not_told_again(found: dict[str, dict[str, Any]]) -> None:
    reasons = found["medicine-named-by-a-longer-word"]["never_listed"].reasons
    assert [reason.seen for reason in reasons if reason.field == "description"] == ["安宫牛黄丸"]


def test_customs_declarations_of_trade_are_not_judged_as_parcels(checks: Prepared) -> None:
    line = {
        "consignment_id": "1",
        "process_type": "B",
        "declarant_id": "D",
        "hs6_code": "300490",
        "item_price": "37225440",
    }
    assert list(checks.findings(batch_of([line]))) == []

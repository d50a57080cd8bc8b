"""Published figures held against the catalogue: what holds passes, every fault is told with its source."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from mapae.app.context import make_context
from mapae.app.demo_data import trade
from mapae.contract.run import prepare
from mapae.measures.market_statistics.figures import CHECK
from mapae.model.finding import Finding
from mapae.model.records import KINDS

ALL = "kca.crossborder_consultations"


def found(**cells: Any) -> list[Finding]:
    shape = KINDS["figure"]
    row = dict.fromkeys(shape.schema.names) | {"figure_id": "f", "published_on": "2026-03-02"} | cells
    ready = prepare((CHECK,), make_context("kr", date(2026, 11, 26), "none"), "figure")
    return list(ready.findings(pa.RecordBatch.from_pylist([row], schema=shape.schema)))


def faults(**cells: Any) -> list[str]:
    return [finding.reference_id.partition(":")[2] for finding in found(**cells)]


@pytest.mark.parametrize(
    "cells",
    [
        {"series": ALL, "period": "2024", "value": 22816.0, "base_period": "2023", "base_value": 19418.0, "growth": 17.5},
        {"series": "국제거래 소비자상담", "period": "2024년", "value": 22800.0},
        {"series": "kcu.aliexpress", "period": "2023", "value": 465.0, "base_period": "2022", "base_value": 93.0,
         "growth": 400.0},
        {"series": "a series of somebody else", "period": "2024", "value": 1.0},
        {"series": ALL, "period": "some day", "value": 1.0},
    ],
)  # fmt: skip
def test_figures_that_hold_and_series_not_known_give_nothing(cells: dict[str, Any]) -> None:
    assert faults(**cells) == []


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"series": ALL, "period": "2022", "value": 61608.0}, "differs"),
        ({"series": ALL, "period": "2012", "value": 5.0}, "not_given"),
        ({"series": "kca.aliexpress", "period": "2023", "value": 673.0, "base_series": "kcu.aliexpress",
          "base_period": "2022", "base_value": 93.0, "growth": 623.7}, "mixed"),
        ({"series": ALL, "period": "2025-01..2025-10", "value": 30066.0, "base_period": "2024", "base_value": 22816.0},
         "unlike_periods"),
        ({"series": ALL, "period": "2024", "value": 22816.0, "base_period": "2023", "base_value": 19418.0, "growth": 71.5},
         "growth"),
    ],
)  # fmt: skip
def test_every_fault_is_told_once(cells: dict[str, Any], fault: str) -> None:
    assert faults(**cells) == [fault]


def test_the_sentence_is_quoted_where_it_holds_the_number_and_the_source_is_named() -> None:
    text = "2022년 국제거래 상담은 61,608건이었다."
    (finding,) = found(series=ALL, period="2022", value=61608.0, text=text)
    reason = finding.reasons[0]
    assert text[reason.start : reason.end] == reason.seen == "61,608"
    assert "gives 16,608 for 2022 (etnews 20260216000023), not 61,608" in reason.detail
    assert (finding.provision, finding.severity) == ("CON 13", "high")


def test_the_two_series_of_one_operator_are_never_set_against_each_other() -> None:
    (finding,) = found(series="kca.aliexpress", period="2023", value=673.0, base_series="kcu.aliexpress")
    assert "Two bodies count complaints about the same operator" in finding.reasons[0].detail


def test_the_sample_prints_three_figures_that_hold_and_four_that_do_not() -> None:
    said = {
        row["figure_id"]: faults(**{key: value or None for key, value in row.items()})
        for row in trade.figures(None)
    }
    assert [said[f"fig-{number}"] for number in range(1, 8)] == [
        [], [], [], ["mixed"], ["unlike_periods"], ["growth"], ["differs"],
    ]  # fmt: skip

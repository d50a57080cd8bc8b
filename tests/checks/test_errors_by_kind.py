"""bench/errors.yaml explains cases that exist, by kinds that are named; what it does not explain is said to be unsorted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench._errors import by_kind

ROOT = Path(__file__).resolve().parents[2]
TABLE = yaml.safe_load((ROOT / "bench" / "errors.yaml").read_text("utf-8"))


@pytest.mark.parametrize("table", [TABLE, TABLE["helpline"]], ids=["screens", "messages"])
def test_every_explained_case_exists_and_has_a_named_kind_and_a_reason(table: dict[str, Any]) -> None:
    files = (ROOT / "tests" / "cases").rglob("*.jsonl")
    ids = {json.loads(line)["id"] for file in files for line in file.read_text("utf-8").splitlines() if line}
    assert set(table["cases"]) <= ids
    assert {about["kind"] for about in table["cases"].values()} == set(table["kinds"])
    assert all(set(about) == {"kind", "reason"} and about["reason"] for about in table["cases"].values())


@pytest.mark.parametrize("part", [None, "helpline"])
def test_wrong_cases_are_counted_by_kind_and_unexplained_ones_named(part: str | None) -> None:
    table = TABLE[part] if part else TABLE
    known = next(iter(table["cases"]))
    rows = by_kind({"a set": [known, "x-1"]}, part)
    assert [(row.what, row.figures["wrong cases"]) for row in rows] == [
        (table["kinds"][table["cases"][known]["kind"]], 1),
        ("not yet sorted", 1),
        ("explained in errors.yaml, right today", len(table["cases"]) - 1),
    ]
    assert rows[1].note == "x-1"

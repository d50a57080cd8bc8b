"""`evaluate policies`: documents found beside the cases, doubtful labels left out, agents' parts scored."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from mapae.app.context import make_context
from mapae.app.evaluate import evaluate
from mapae.errors import InputError

TEXT = "제1조 국내대리인\n명칭: 주식회사 물결대리\n전화: 02-000-2222\n"


def case(**more: object) -> dict[str, object]:
    return {
        "id": "p1", "document": "one.md", "lang": "ko", "items": {"P15": "partial", "P1": "missing"},
        "cross_border": {"items": "missing"},
        "agent": {"name": "주식회사 물결대리", "address": None, "phone": "02-000-2222", "email": None},
    } | more  # fmt: skip


def cases(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "policies.jsonl"
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    return path


def test_items_transfer_and_agent_are_scored_and_doubtful_labels_left_out(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(TEXT, "utf-8")
    path = cases(tmp_path, case(items={"P15": "partial", "P1": "present"}, doubtful=["P1"]))
    result = evaluate("policies", path, make_context("kr", None, "none"))
    assert result.score is not None and result.score.value == 1.0
    assert result.score.more["agent_parts"] == 1.0 == result.score.more["cross_border"]
    assert len(result.predictions[0]["prediction"]["items"]) == 15


def test_a_case_without_answers_is_predicted_and_not_scored(tmp_path: Path) -> None:
    other = tmp_path / "texts"
    other.mkdir()
    (other / "one.md").write_text(TEXT, "utf-8")
    path = cases(tmp_path, {"id": "p1", "document": "one.md"})
    result = evaluate("policies", path, make_context("kr", None, "none"), other)
    assert result.score is None and result.predictions[0]["prediction"]["agent"]["phone"] == "02-000-2222"


def test_a_document_that_is_nowhere_is_told_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none of the folders") as missing:
        evaluate("policies", cases(tmp_path, case()), make_context("kr", None, "none"))
    assert "--documents" in (missing.value.mend or "")


def test_own_policies_keep_their_floor() -> None:
    own = Path(__file__).resolve().parents[1] / "cases" / "policies" / "policies.jsonl"
    score = evaluate("policies", own, make_context("kr", None, "none")).score
    assert score is not None and score.value >= 0.85 and score.more["cross_border"] >= 0.8


def test_shared_policies_are_judged_as_labelled(shared: Path) -> None:
    score = evaluate("policies", shared / "cases" / "policies.jsonl", make_context("kr", None, "none")).score
    assert score is not None and score.value >= 0.9 and score.more["agent_parts"] == 1.0

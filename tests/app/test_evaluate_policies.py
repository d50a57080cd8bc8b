"""`evaluate policies`: documents found beside the cases, doubtful labels left out, agents' parts scored."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from mapae.app.context import make_context
from mapae.app.evaluate import evaluate
from mapae.app.evaluate.scores import macro_f1
from mapae.cli.evaluate import app

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


def test_the_mean_f1_is_over_present_partial_and_missing_alone() -> None:
    pairs = [("present", "present"), ("partial", "not_applicable"), ("missing", "missing")]
    assert macro_f1(pairs, ("present", "partial", "missing")) == pytest.approx(2 / 3)
    assert macro_f1(pairs) == 0.5


def test_a_case_without_answers_is_predicted_and_not_scored(tmp_path: Path) -> None:
    other = tmp_path / "texts"
    other.mkdir()
    (other / "one.md").write_text(TEXT, "utf-8")
    path = cases(tmp_path, {"id": "p1", "document": "one.md"})
    result = evaluate("policies", path, make_context("kr", None, "none"), other)
    assert result.score is None and result.predictions[0]["prediction"]["agent"]["phone"] == "02-000-2222"


def test_a_document_that_is_nowhere_is_told_by_line_and_the_others_are_predicted(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(TEXT, "utf-8")
    path = cases(tmp_path, case(document="gone.md"), case(id="p2"))
    result = evaluate("policies", path, make_context("kr", None, "none"))
    assert [item["id"] for item in result.predictions] == ["p2"] and result.labelled == 1
    assert result.bad[0].line == 1
    assert "gone.md" in result.bad[0].reason and "--documents" in result.bad[0].reason


def test_the_command_exits_3_when_a_document_is_nowhere(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(TEXT, "utf-8")
    path = cases(tmp_path, case(), case(id="p2", document="gone.md"))
    told = CliRunner().invoke(app, ["policies", str(path), "--out", str(tmp_path / "said.jsonl")])
    assert told.exit_code == 3 and "2: p2: the document" in told.stderr
    assert len((tmp_path / "said.jsonl").read_bytes().splitlines()) == 1


def test_a_document_in_html_is_read_without_its_markup(tmp_path: Path) -> None:
    body = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    (tmp_path / "one.html").write_text(f"<html><body>{body}</body></html>", "utf-8")
    path = cases(tmp_path, case(document="one.html"))
    result = evaluate("policies", path, make_context("kr", None, "none"))
    assert result.predictions[0]["prediction"]["agent"]["name"] == "주식회사 물결대리"


def test_own_policies_keep_their_floor() -> None:
    own = Path(__file__).resolve().parents[1] / "cases" / "policies" / "policies.jsonl"
    score = evaluate("policies", own, make_context("kr", None, "none")).score
    assert score is not None and score.value >= 0.85 and score.more["cross_border"] >= 0.8


def test_shared_policies_are_judged_as_labelled(shared: Path) -> None:
    score = evaluate("policies", shared / "cases" / "policies.jsonl", make_context("kr", None, "none")).score
    assert score is not None and score.value >= 0.9 and score.more["agent_parts"] == 1.0

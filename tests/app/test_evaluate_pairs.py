"""The set of pairs: labelled and unlabelled pairs of listings, told by linking the records of the file."""

from __future__ import annotations

import json

import pytest

from mapae.app.evaluate.pairs import evaluate_pairs
from tests.detect.linking.test_decide import KETTLES, OTHERS

pytestmark = pytest.mark.slow


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "pairs.jsonl"
    rows = [
        {"left": {"title": left}, "right": {"name": right}, "match": i == j, "lang": "ko" if i < 4 else "zh"}
        for i, left in enumerate(KETTLES)
        for j, right in enumerate(OTHERS)
        if (i + j) % 2 == 0
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


@pytest.mark.no_cover
def test_every_pair_gets_a_bare_answer_and_matches_their_reasons(cases):
    result = evaluate_pairs(cases)
    assert result.score is not None and result.score.value == 1.0
    assert set(result.by_language) == {"ko", "zh"}
    assert len(result.predictions) == result.labelled == 50
    for item in result.predictions:
        assert item["prediction"] is bool(item["reasons"])
    assert sum(item["prediction"] for item in result.predictions) == len(KETTLES)


def test_a_pair_without_answer_is_predicted_but_not_scored(cases):
    rows = [json.loads(line) for line in cases.read_text("utf-8").splitlines()]
    for row in rows:
        del row["match"]
    cases.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    result = evaluate_pairs(cases)
    assert result.score is None and result.labelled == 0
    assert sum(item["prediction"] for item in result.predictions) == len(KETTLES)


def test_lines_that_are_no_pair_are_named(cases):
    cases.write_text(cases.read_text("utf-8") + '\n{"left": 1}\nnonsense\n', "utf-8")
    result = evaluate_pairs(cases)
    assert len(result.predictions) == 50
    assert len(result.bad) == 2


@pytest.mark.no_cover
@pytest.mark.parametrize(("name", "least"), [("abt-buy", 0.85), ("amazon-google", 0.69)])
def test_public_pairs_are_told_apart(shared, name, least):
    result = evaluate_pairs(shared / "data" / "matching" / name / "test.jsonl")
    assert result.score is not None and result.score.value >= least

"""Reading rows, predicting them one by one, and scoring: a bad row never takes the others with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapae.app.evaluate_statute import predict, read_rows, same, score
from mapae.errors import InputError

GOOD = """- id: a
  regime: NET
  as_of: 2026-11-23
  question: breach
  facts: {kind: advert_message, sent_at: 21:30, consent: true, night_consent: false}
  expect: yes
"""


def test_words_dates_and_times_need_no_quotes(tmp_path: Path) -> None:
    path = tmp_path / "rows.yaml"
    path.write_text(GOOD, "utf-8")
    (row,) = read_rows(path)
    assert (row.content["as_of"], row.content["facts"]["sent_at"], row.content["expect"]) == (
        "2026-11-23",
        "21:30",
        "yes",
    )
    assert predict([row])[0]["prediction"] == "yes"


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (
            "- {id: b, regime: ECA, as_of: 2026-11-23, question: payer, facts: {ground: 17(1), ground: 17(3)}}\n",
            "twice",
        ),
        (
            "- {id: b, regime: NET, as_of: 2026-11-23, question: breach, facts: {kind: advert_message, hour: 5}}\n",
            "b.hour",
        ),
        (
            "- {id: b, regime: NET, as_of: soon, question: breach, facts: {kind: advert_message}}\n",
            "b.as_of: 'soon' is no day",
        ),
        ("- {id: b, regime: NET, as_of: 2026-11-23, facts: {}}\n", "unknown question"),
        ("- {id: b, regime: NET, as_of: 2026-11-23, question: breach, facts: [1]}\n", "facts is not a map"),
        ("- just words\n", "not a map"),
        ("- {id: b, regime: [}\n", "not YAML"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_the_rest_goes_on(tmp_path: Path, row: str, what: str) -> None:
    path = tmp_path / "rows.yaml"
    path.write_text(row + GOOD, "utf-8")
    rows = read_rows(path)
    first, second = predict(rows)
    assert [item.line for item in rows] == [1, 2]
    assert (first["prediction"], second["prediction"]) == (None, "yes")
    assert what in first["error"]


def test_a_row_without_an_answer_is_predicted_and_not_scored() -> None:
    rows = [
        {"id": "x", "regime": "YPA", "question": "is_youth", "facts": {"born_on": "2008-01-01"}},
        {"id": "y", "regime": "ECA", "question": "payer", "facts": {"ground": "17(3)"}, "expect": "consumer"},
        {"id": "z", "regime": "ECA", "question": "payer", "facts": {"ground": "17(1)"}, "expect": "consumer"},
    ]
    rows = [row | {"as_of": "2026-11-23"} for row in rows]
    given = predict(rows)
    assert [item["prediction"] for item in given] == ["yes", "seller", "consumer"]
    assert score(rows, given) == {"all": (1, 2), "ECA": (1, 2)}


def test_answers_are_compared_in_kind_and_lists_in_any_order() -> None:
    assert same(["a", "b"], ["b", "a"])
    assert not same(1, True)
    assert not same("1", 1)
    assert not same([], None)


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.yaml"
    path.write_text("id: a\n", "utf-8")
    with pytest.raises(InputError, match="not a list"):
        read_rows(path)
    with pytest.raises(InputError, match="no such case file"):
        read_rows(tmp_path / "absent.yaml")

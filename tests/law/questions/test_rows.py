"""Scenarios a lawyer can read (tests/packs/kr/statute), and the labelled rows where they are beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapae.app.evaluate_statute import Row, predict, read_rows, same
from mapae.law import LawBook
from mapae.law.questions import QUESTIONS, vocabulary
from mapae.pack import load_pack

OWN = Path(__file__).parents[2] / "packs" / "kr" / "statute"
ROWS = [row for path in sorted(OWN.glob("*.yaml")) for row in read_rows(path)]


@pytest.fixture(scope="module")
def book() -> LawBook:
    return LawBook(load_pack("kr"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_law_answers_an_own_row(row: Row, book: LawBook) -> None:
    (given,) = predict([row], book)
    assert same(row.content["expect"], given["prediction"]), (row.content["why"], given)


def test_every_labelled_row_is_answered_exactly(shared: Path, book: LawBook) -> None:
    rows = read_rows(shared / "cases" / "statute.yaml")
    given = predict(rows, book)
    wrong = [
        (row.id, item)
        for row, item in zip(rows, given, strict=True)
        if not same(row.content["expect"], item["prediction"])
    ]
    assert (len(rows) >= 100, wrong) == (True, [])


def test_an_answer_hangs_on_nothing_but_regime_day_facts_and_question(book: LawBook) -> None:
    bare = [
        {key: row.content[key] for key in ("regime", "as_of", "facts", "question")} | {"id": "x"}
        for row in ROWS
    ]
    assert [item["prediction"] for item in predict(bare, book)] == [
        item["prediction"] for item in predict(ROWS, book)
    ]


def test_own_rows_cover_every_line_of_the_vocabulary() -> None:
    words = vocabulary()
    lines = {(name, line) for name, entry in words.questions.items() for line in entry["facts"]}
    met = set()
    for row in ROWS:
        line = words.line(row.content["question"], row.content["regime"], row.content["facts"])
        met.add((line.question, f"{line.regime} {line.word}".strip()))
    assert (lines - met, set(words.questions) ^ set(QUESTIONS)) == (set(), set())


def test_own_rows_use_every_word_of_the_vocabulary() -> None:
    words = vocabulary()
    unused = []
    for name, entry in words.questions.items():
        for line, forms in entry["facts"].items():
            regime, _, word = line.partition(" ")
            used = {
                str(value)
                for row in ROWS
                if row.content["question"] == name and row.content["regime"] == regime
                and word in ("", *(str(v) for v in row.content["facts"].values()))
                for fact in row.content["facts"].values()
                for value in (fact if isinstance(fact, list) else [fact])
            }  # fmt: skip
            for key, form in forms.items():
                listed = (
                    form if isinstance(form, list) else form.get("many", []) if isinstance(form, dict) else []
                )
                unused += [(name, line, key, item) for item in listed if str(item) not in used]
    assert unused == []


def test_answers_have_the_form_the_vocabulary_gives_them(book: LawBook) -> None:
    for row, given in zip(ROWS, predict(ROWS, book), strict=True):
        form, value = vocabulary().questions[row.content["question"]]["answers"], given["prediction"]
        if isinstance(form, list):
            assert value in form, row.id
        else:
            assert type(value) is {"whole": int, "date": str, "list": list}[form], row.id


def test_every_answer_gives_its_reasons(book: LawBook) -> None:
    without = [row.id for row, given in zip(ROWS, predict(ROWS, book), strict=True) if not given["reasons"]]
    assert without == []

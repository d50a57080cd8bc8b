"""Whatever the vocabulary allows to be told gives an answer in its form, or an error that says what lacks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.errors import FactError
from mapae.law import LawBook
from mapae.law.questions import answer, vocabulary
from mapae.pack import load_pack

pytestmark = pytest.mark.slow

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31)).map(date.isoformat)
PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "yes_no": st.booleans(),
    "whole": st.sampled_from((0, 1, 7, 30, 50, 1000, 3000, 10**6, 10**7, 10**12, 10**13)),
    "number": st.sampled_from((0, 0.5, 9.9, 10, 30.0, 50, 75, 150, 150.01, 200, 1300.25)),
    "date": DAYS,
    "moment": DAYS.map(lambda day: f"{day}T23:59"),
    "clock": st.sampled_from(("00:00", "07:59", "08:00", "20:59", "21:00")),
    "text": st.text(max_size=5),
    "ages": st.sampled_from(("0-3", "3-13", "13+", "14+", "10-99")),
}
LINES = [
    (question, *line.partition(" ")[::2], forms)
    for question, entry in vocabulary().questions.items()
    for line, forms in entry["facts"].items()
]


def told(form: Any) -> st.SearchStrategy[Any]:
    """Values that a form allows, null included where it says something."""
    if isinstance(form, list):
        return st.sampled_from(form)
    if isinstance(form, dict):
        ((kind, inner),) = form.items()
        return {
            "many": lambda: st.lists(st.sampled_from(inner), unique=True),
            "map": lambda: facts_of(inner),
            "rows": lambda: st.lists(facts_of(inner), max_size=5),
            "number_or": lambda: st.one_of(PLAIN["number"], st.sampled_from(inner)),
            "none_or": lambda: st.one_of(st.none(), st.sampled_from(inner)),
        }[kind]()
    name, _, none = str(form).partition(" ")
    return st.one_of(st.none(), PLAIN[name]) if none else PLAIN[name]


def facts_of(forms: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any part of the facts of a line."""
    return st.fixed_dictionaries({}, optional={key: told(form) for key, form in forms.items()})


@pytest.mark.parametrize(("question", "regime", "word", "forms"), LINES, ids=lambda item: str(item)[:24])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_facts_give_an_answer_in_its_form(
    question: str, regime: str, word: str, forms: dict[str, Any], data: st.DataObject
) -> None:
    entry = vocabulary().questions[question]
    facts = data.draw(facts_of(forms)) | ({entry["chosen_by"]: word} if word else {})
    as_of = date.fromisoformat(data.draw(DAYS))
    try:
        value = answer(question, regime, facts, as_of, LawBook(load_pack("kr")), where="row").value
    except FactError as error:
        assert error.what and error.where and error.mend
        return
    form = entry["answers"]
    if isinstance(form, list):
        assert value in form
    else:
        assert type(value) is {"whole": int, "date": str, "list": list}[form]
        assert form != "whole" or value >= 0

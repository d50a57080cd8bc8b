"""What a question knows, what it refuses, and how facts are read."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from mapae.errors import FactError
from mapae.law import LawBook
from mapae.law.questions import answer, vocabulary
from mapae.pack import load_pack


@pytest.mark.parametrize(
    ("question", "regime", "facts", "what", "mend"),
    [
        ("agent_dutty", "ECA", {}, "unknown question 'agent_dutty'", "agent_duty"),
        ("agent_duty", "CON", {}, "unknown regime of agent_duty 'CON'", "ECA"),
        ("deadline", "ECA", {"kind": "refunds"}, "unknown kind of deadline under ECA 'refunds'", "refund"),
        ("deadline", "ECA", {}, "unknown kind of deadline under ECA ''", "withdrawal"),
        ("deadline", "ECA", {"kind": "refund", "returned_on": "x"}, "unknown fact 'returned_on'", "goods_returned_on"),
        ("payer", "ECA", {"ground": "17(2)"}, "unknown word '17(2)'", "17(1)"),
        ("is_youth", "YPA", {"born_on": "2008-02-30"}, "'2008-02-30' is not a date YYYY-MM-DD", "YYYY-MM-DD"),
        ("is_youth", "YPA", {"born_on": 2008}, "2008 is not a date YYYY-MM-DD", "YYYY-MM-DD"),
        ("security_krw", "CUS", {"value_krw": 1.5}, "1.5 is not a whole number", "whole number"),
        ("security_krw", "CUS", {"sme": "yes"}, "'yes' is not true or false", "true or false"),
        ("child_product", "KID", {"user_age_label": "toddlers"}, "'toddlers' is not ages such as 3-13 or 14+", "3-13"),
        ("missing", "ECA", {"kind": "first_page", "present": ["fax"]}, "unknown word 'fax'", "trade_name"),
        ("missing", "ECA", {"kind": "first_page", "present": "email"}, "'email' is not a list", "list"),
        ("max_krw", "PIPA", {"kind": "surcharge", "earlier_surcharge": {"amount": 5}}, "unknown fact 'amount'", "imposed_on"),
        ("deadline", "PSF", {"kind": "accident_report", "known_at": "2026-09-24"}, "'2026-09-24' is not a moment", "HH:MM"),
        ("payer", "ECA", {}, "the ground of the withdrawal is not given", "17(1)"),
        ("deadline", "ECA", {"kind": "refund"}, "the starting day is not given", "goods_returned_on"),
    ],
)  # fmt: skip
def test_what_lies_outside_the_vocabulary_is_an_error_with_its_place(
    question: str, regime: str, facts: dict[str, Any], what: str, mend: str
) -> None:
    with pytest.raises(FactError) as told:
        answer(question, regime, facts, date(2026, 11, 23), LawBook(load_pack("kr")), where="row-1")
    assert what in told.value.what
    assert mend in told.value.mend
    assert told.value.where.startswith("row-1")


def test_facts_are_read_in_their_python_forms() -> None:
    words = vocabulary()
    assert words.read("is_youth", "YPA", {"born_on": date(2008, 1, 1)})[1] == {"born_on": date(2008, 1, 1)}
    assert words.read("duty_free", "CUS", {"goods_price_usd": 150.01})[1] == {
        "goods_price_usd": Fraction(15001, 100)
    }
    moment = words.read("deadline", "PSF", {"kind": "accident_report", "known_at": "2026-09-24T09:30"})[1]
    assert moment == {"known_at": datetime(2026, 9, 24, 9, 30)}
    for given in ("21:30", 21 * 60 + 30):
        line, facts = words.read("breach", "NET", {"kind": "advert_message", "sent_at": given})
        assert (line.word, facts) == ("advert_message", {"sent_at": time(21, 30)})


def test_null_says_that_there_is_none() -> None:
    words = vocabulary()
    read = words.read(
        "agent_duty", "ECA", {"role": None, "data_demand": None, "revenue_krw_prior_year": None}
    )[1]
    assert read == {"data_demand": False, "revenue_krw_prior_year": 0}
    read = words.read("max_krw", "ADV", {"kind": "surcharge", "relevant_turnover_krw": None})[1]
    assert read == {"relevant_turnover_krw": None}
    assert words.read("outcome", "CON", {"answer": None})[1] == {"answer": None}


FORMS = {"bool": "yes_no", "int": "whole", "time": "clock"}


def _form(key: str, told: dict[str, Any]) -> Any:
    none = "null" in told
    listed = list(told.get("values", ()))
    match told["type"]:
        case "enum":
            return {"none_or": listed} if none else listed
        case "list of enum":
            return {"many": listed}
        case "number or enum":
            return {"number_or": listed}
        case "map" | "list of map" as kind:
            name = "map" if kind == "map" else "rows"
            return {name: {inner: _form(inner, spec) for inner, spec in told["fields"].items()}}
        case plain:
            named = "ages" if key == "user_age_label" else FORMS.get(plain, plain)
            return f"{named} or none" if none else named


def test_the_pack_knows_the_published_vocabulary_and_no_more(shared: Path) -> None:
    published = yaml.safe_load((shared / "cases" / "statute-vocabulary.yaml").read_text("utf-8"))["questions"]
    mine = vocabulary().questions
    assert set(mine) == set(published)
    for question, entry in published.items():
        lines = {
            " ".join(str(word) for word in variant["when"].values()): {
                key: _form(key, told) for key, told in variant["keys"].items()
            }
            for variant in entry["variants"]
        }
        assert dict(mine[question]["facts"]) == lines, question

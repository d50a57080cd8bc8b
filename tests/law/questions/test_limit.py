"""Lab values against limits: names in three languages, units, multiples, and what cannot be judged."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.errors import FactError
from mapae.law import LawBook
from mapae.law.questions import answer
from mapae.law.questions.limit import judge
from mapae.pack import load_pack

DAY = date(2026, 11, 23)


def book() -> LawBook:
    return LawBook(load_pack("kr"))


@pytest.mark.parametrize(
    ("product_class", "substance", "value", "unit", "outcome", "multiple"),
    [
        ("금속장신구", "납", 0.0091, "%", "fail", 91 / 90),
        ("首饰", "铅", "90", "mg/kg", "pass", 1.0),
        ("Necklace", "Pb", 9000, "ppb", "pass", 0.1),
        ("귀걸이", "니켈 용출량", 1.9, "µg/cm²/week", "fail", 3.8),
        ("립스틱", "카드뮴", 57, "㎍/g", "fail", 11.4),
        ("Lip_Tint", "Cad mium", 57, "ug/g", "fail", 11.4),
        ("lip tint", "CADMIUM", 57, "μg/g", "fail", 11.4),
        ("화장품", "phthalates", "1,487", "ppm", "fail", 14.87),
        ("아동복", "pH", 7.5, "pH", "pass", None),
        ("童装", "pH", 7.51, "pH", "fail", None),
        ("eyeliner", "황색포도상구균", "검출", "검출여부", "fail", None),
        ("mascara", "staphylococcus aureus", "불검출", "presence", "pass", None),
        ("metal_jewellery", "cadmium", "not detected", "percent", "pass", 0.0),
        ("adhesive", "lead", 5, "ppm", "unknown", None),
        ("spaceship", "lead", 5, "ppm", "unknown", None),
        ("lipstick", "lead", 5, "pH", "unknown", None),
        ("lipstick", "lead", "a lot", "ppm", "unknown", None),
    ],
)
def test_a_value_is_judged_by_class_substance_and_unit(
    product_class: str, substance: str, value: Any, unit: str, outcome: str, multiple: float | None
) -> None:
    verdict = judge(product_class, substance, value, unit, DAY, book())
    assert verdict.outcome == outcome
    assert verdict.multiple == (pytest.approx(multiple) if multiple is not None else None)
    assert bool(verdict.provision) == (outcome != "unknown" or unit == "pH" or value == "a lot")


@given(st.integers(0, 10**7))
def test_the_verdict_does_not_depend_on_the_unit(micrograms: int) -> None:
    verdicts = {
        judge("lipstick", "lead", value, unit, DAY, book()).outcome
        for value, unit in (
            (str(Fraction(micrograms, 1000)), "ppm"),
            (micrograms, "ppb"),
            (str(Fraction(micrograms, 10**7)), "percent"),
        )
    }
    assert verdicts == {"pass" if micrograms <= 20_000 else "fail"}


def test_a_question_without_a_limit_on_record_is_an_error() -> None:
    facts = {"product": "adhesive", "substance": "pH", "value": 7, "unit": "pH"}
    with pytest.raises(FactError, match="no limit for pH in adhesive"):
        answer("limit", "LIMITS", facts, DAY, book())


def test_every_table_of_limits_is_used_and_known() -> None:
    tables = {entry["table"] for entry in book().pack.data("limits.yaml")["products"].values()}
    assert tables == {key for key in book().pack.parameters if ".limits." in key}

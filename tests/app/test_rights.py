"""The consumer's rights: the calculator's days are those of law's questions, and its reasons lead to the articles."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mapae.app.rights import EXCLUSIONS, MARKS, Bought, Rights, rights_of
from mapae.errors import InputError
from mapae.law import LawBook
from mapae.law.questions import answer, vocabulary
from mapae.pack import load_pack

BOOK = LawBook(load_pack("kr"))
ON = date(2026, 11, 25)
SITUATIONS = yaml.safe_load(Path(__file__).with_name("rights.yaml").read_text("utf-8"))
ASKED = tuple(mark for mark in MARKS if mark in vocabulary().questions["allowed"]["facts"]["ECA withdraw"])
days = st.dates(date(2021, 1, 1), date(2027, 6, 30))


def told(on: date = ON, **facts: Any) -> Rights:
    return rights_of(Bought(**facts), on, BOOK)


def law(question: str, on: date, **facts: Any) -> Any:
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in facts.items()}
    return answer(question, "ECA", plain, on, BOOK).value


@given(days, st.one_of(st.none(), days))
def test_the_last_day_of_a_withdrawal_is_that_of_the_question(delivered: date, document: date | None) -> None:
    on = max(delivered, document or delivered)
    found = told(on, delivered_on=delivered, document_on=document)
    facts = {"delivered_on": delivered, "contract_document_on": document or delivered}
    assert found.last_day is not None
    assert found.last_day.isoformat() == law("deadline", on, kind="withdrawal", **facts)
    assert found.periods[0].end == found.last_day == found.periods[0].deadline.working[-1].day


@given(days, st.integers(0, 120))
def test_the_last_day_of_a_mismatch_is_that_of_the_question(delivered: date, later: int) -> None:
    known = delivered + timedelta(later)
    found = told(known, ground="17(3)", delivered_on=delivered, known_on=known)
    expected = law("deadline", known, kind="withdrawal_mismatch", delivered_on=delivered, known_on=known)
    assert found.last_day is not None and found.last_day.isoformat() == expected
    assert [each.end for each in found.periods] == sorted(each.end for each in found.periods)
    assert found.payer == "seller" and found.excluded_by == ()


@given(days, st.integers(0, 400), st.integers(1, 10**9))
def test_refund_and_interest_are_those_of_the_questions(returned: date, later: int, amount: int) -> None:
    on = returned + timedelta(later)
    found = told(on, returned_on=returned, amount_krw=amount)
    assert found.refund is not None
    assert found.refund.end.isoformat() == law("deadline", on, kind="refund", goods_returned_on=returned)
    late = max(0, (on - found.refund.end).days)
    assert (found.days_late, found.interest_krw) == (late, amount * 15 * late // (100 * 365))


@pytest.mark.parametrize("row", SITUATIONS, ids=lambda row: str(row["why"]))
def test_situations_counted_by_hand_come_out_as_the_law_says(row: dict[str, Any]) -> None:
    facts = {key: value for key, value in row.items() if key in Bought.__dataclass_fields__}
    found = told(row.get("asked", ON), **{**facts, "marks": frozenset(row.get("marks", ()))})
    assert (found.may_withdraw, found.because, found.last_day) == (
        row["may"],
        row.get("because", ""),
        row.get("last"),
    )
    assert (found.refund.end if found.refund else None) == row.get("refund")
    assert (found.days_late, found.interest_krw) == (row.get("late", 0), row.get("interest"))
    assert found.payer == row.get("payer", "consumer")


@given(days, st.one_of(st.none(), days), st.one_of(st.none(), days), st.booleans(), st.integers(0, 90))
def test_the_special_starts_of_a_withdrawal_are_those_of_the_question(
    delivered: date, address: date | None, ended: date | None, document: bool, agreed: int
) -> None:
    on = max(day for day in (delivered, address, ended) if day)
    special = {"address_known_on": address, "obstruction_ended_on": ended, "agreed_days": agreed}
    found = told(on, delivered_on=delivered, no_document=not document, **special)
    facts = {"delivered_on": delivered, "contract_document_on": delivered if document else None}
    facts |= {"seller_address_known_on": address, "obstruction_ended_on": ended, "agreed_days": agreed}
    given = {key: value for key, value in facts.items() if value is not None or key == "contract_document_on"}
    if found.last_day is None:
        assert not document and address is None and ended is None
    else:
        assert found.last_day.isoformat() == law("deadline", on, kind="withdrawal", **given)


@given(st.sets(st.sampled_from(ASKED)), st.sampled_from([None, True, False]))
def test_an_exclusion_stands_just_where_the_question_says_no(marks: set[str], measure: bool | None) -> None:
    found = told(delivered_on=ON, marks=frozenset(marks), seller_measure=measure)
    facts: dict[str, Any] = dict.fromkeys(marks, True)
    if measure is not None:
        facts["seller_took_17_6_measure"] = measure
    assert found.may_withdraw == law("allowed", ON, action="withdraw", **facts)
    assert (found.because == "excluded") == bool(found.excluded_by)
    assert all(set(EXCLUSIONS[key]) & marks for key in found.excluded_by)


@pytest.mark.parametrize(
    ("facts", "may", "because", "last"),
    [
        ({"delivered_on": date(2026, 11, 20)}, "yes", "", date(2026, 11, 27)),
        ({"delivered_on": date(2026, 11, 2)}, "no", "late", date(2026, 11, 9)),
        ({"delivered_on": date(2026, 9, 18), "declared_on": date(2026, 9, 28)}, "yes", "", date(2026, 9, 28)),
        (
            {"delivered_on": date(2026, 9, 18), "declared_on": date(2026, 9, 29)},
            "no",
            "late",
            date(2026, 9, 28),
        ),
        ({}, "yes", "", None),
        (
            {"delivered_on": date(2026, 11, 20), "private_seller": True},
            "no",
            "not_a_deal",
            date(2026, 11, 27),
        ),
        ({"delivered_on": date(2026, 11, 20), "resale": True}, "no", "not_a_deal", date(2026, 11, 27)),
    ],
)
def test_whether_one_may_withdraw(facts: dict[str, Any], may: str, because: str, last: date | None) -> None:
    found = told(**facts)
    assert (found.may_withdraw, found.because, found.last_day) == (may, because, last)


def test_a_service_is_refunded_from_the_withdrawal_and_goods_from_the_return() -> None:
    said = date(2026, 9, 21)
    assert told(declared_on=said).refund is None
    for supplied in ("service", "nothing"):
        found = told(declared_on=said, supplied=supplied)
        assert found.refund is not None and found.refund.end == date(2026, 9, 28)


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"delivered_on": date(2026, 12, 1)}, "delivered_on"),
        ({"delivered_on": date(2026, 11, 2), "returned_on": date(2026, 11, 1)}, "returned_on"),
        ({"ground": "17(3)", "delivered_on": date(2026, 11, 2), "known_on": date(2026, 11, 1)}, "known_on"),
    ],
)
def test_days_that_cannot_be_are_named(facts: dict[str, Any], where: str) -> None:
    with pytest.raises(InputError) as caught:
        told(**facts)
    assert caught.value.where == where


def test_the_working_speaks_three_languages_and_names_the_holidays() -> None:
    steps = told(delivered_on=date(2026, 9, 18)).periods[0].deadline
    assert "추석" in steps.text("ko") and "Chuseok" in steps.text("en") and "首日不计入" in steps.text("zh")
    assert told(delivered_on=ON).rules

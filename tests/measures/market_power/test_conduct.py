"""Fees, prices and payments as users write them: what is marked, what is left alone, what is refused by row."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from mapae.detect.change_points import change_points
from mapae.measures.market_power.fees import CHECK as FEES
from mapae.measures.market_power.prices import CHECK as PRICES
from mapae.measures.market_power.rank import CHECK as RANK
from mapae.measures.market_power.settlement import CHECK as SETTLEMENT
from tests.measures.market_power.tables import judged

FEE = "operator,fee_kind,rate,amount,currency,valid_from,cost\n"


def details(finding):
    return " | ".join(reason.detail for reason in finding.reasons)


def test_a_fee_that_rises_beyond_peers_and_cost_is_marked_with_the_days_it_changed(tmp_path):
    rows = "Lumibay,commission,6,,,2022-01-01,2\nLumibay,commission,9,,,2023-01-01,2.1\n"
    rows += "Lumibay,commission,12,,,2024-01-01,2.1\n"
    rows += "Dalmart,commission,6,,,2021-01-01,\nDalmart,commission,6.3,,,2023-06-01,\n"
    found = judged(tmp_path, FEES, "fee", FEE + rows)
    (one,) = found.findings
    assert (one.operator, one.severity, one.provision) == ("Lumibay", "high", "MRF 5")
    assert (
        "up 100.0 %" in details(one)
        and "median +5.0 %" in details(one)
        and "+5.0 % over the same time" in details(one)
    )
    assert "2023-01-01, 2024-01-01" in details(one)
    assert found.tables["fees"].num_rows == 2


def test_a_fee_that_only_follows_its_cost_or_its_peers_is_not_marked(tmp_path):
    with_cost = "A,commission,5,,,2022-01-01,2\nA,commission,8,,,2024-01-01,3.2\n"
    with_peer = "A,listing,,100,KRW,2022-01-01,\nA,listing,,150,KRW,2024-01-01,\n"
    with_peer += "B,listing,,100,KRW,2022-01-01,\nB,listing,,148,KRW,2023-01-01,\n"
    for rows in (with_cost, with_peer):
        assert not list(judged(tmp_path, FEES, "fee", FEE + rows).findings)


def test_a_rise_with_nothing_beside_it_is_a_note(tmp_path):
    (one,) = judged(tmp_path, FEES, "fee", FEE + "A,ads,5,,,2022-01-01,\nA,ads,8,,,2024-01-01,\n").findings
    assert one.severity == "low" and "to be asked for" in details(one)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("A,ads,,,,2022-01-01,", "neither rate nor amount"),
        ("A,ads,-1,,,2022-01-01,", "negative fee"),
        ("A,ads,120,,,2022-01-01,", "above 100 %"),
        ("A,ads,5,,,,", "day from which"),
    ],
)
def test_bad_fees_are_refused_by_row(tmp_path, row, words):
    found = judged(tmp_path, FEES, "fee", FEE + "B,ads,5,,,2022-01-01,\n" + row + "\n")
    assert [(fault.row, words in fault.reason) for fault in found.faults] == [(1, True)]


PAY = "settlement_id,operator,seller_id,deal,closed_on,received_on,paid_on,agreed_days,amount,currency\n"


def pay(folder, *rows, **given):
    return judged(folder, SETTLEMENT, "settlement", PAY + "".join(f"{row}\n" for row in rows), **given)


@pytest.mark.parametrize(
    ("row", "late"),
    [
        (
            "p,Retail,s1,consignment,2026-03-31,,2026-05-11,,100,KRW",
            None,
        ),  # the 40th day, 10 May, is a Sunday
        ("p,Retail,s1,consignment,2026-03-31,,2026-05-12,,100,KRW", "high medium"),
        ("p,Retail,s1,직매입,,2026-03-02,2026-05-01,,100,KRW", None),
        ("p,Retail,s1,직매입,,2026-03-02,2026-05-08,,100,KRW", "high medium"),
        ("p,Shop,s1,marketplace,2026-03-31,,2026-06-30,,100,KRW", None),  # no number of the law binds it
        ("p,Shop,s1,marketplace,2026-03-31,,2026-04-20,15,100,KRW", "low"),
    ],
)
def test_payments_are_held_against_the_law_or_their_own_terms(tmp_path, row, late):
    found = list(pay(tmp_path, row).findings)
    assert ([one.severity in late.split() for one in found] == [True]) if late else not found


def test_a_payment_still_owed_counts_to_the_day_of_judging(tmp_path):
    row = "p,Retail,s1,위수탁,2026-03-31,,,,100,KRW"
    assert not list(pay(tmp_path, row, as_of=date(2026, 5, 1)).findings)
    (one,) = pay(tmp_path, row, as_of=date(2026, 7, 1)).findings
    assert one.provision == "LRD 8" and "not paid yet" in details(one) and one.severity == "high"


def test_payments_of_one_party_are_one_finding_and_the_table_counts_them(tmp_path):
    rows = [f"p{n},Retail,s1,consignment,2026-03-31,,2026-06-{10 + n},,100,KRW" for n in range(5)]
    found = pay(tmp_path, *rows, "q,Retail,s1,consignment,2026-03-31,,2026-04-30,,100,KRW")
    (one,) = found.findings
    assert "5 payments later than the law's days" in details(one)
    (row,) = found.tables["settlements"].to_pylist()
    assert (row["payments"], row["late_by_law"], row["limit"]) == (6, 5, 40)


def test_payments_that_cannot_be_right_are_refused_by_row(tmp_path):
    found = pay(
        tmp_path,
        "p,R,s,consignment,2026-03-31,,2026-03-01,,1,KRW",
        "p,R,s,barter,2026-03-31,,2026-04-01,,1,KRW",
        "p,R,s,direct,,,2026-04-01,,1,KRW",
    )
    assert [(fault.row, fault.column) for fault in found.faults] == [
        (1, "deal"),
        (2, "closed_on"),
        (0, "paid_on"),
    ]


PRICE = "operator,item_id,period,price,cost,variable_cost,usual_price,currency\n"


def test_prices_below_variable_cost_over_several_periods_are_the_gravest(tmp_path):
    rows = "A,i1,2025-01,80,120,100,150,KRW\nA,i1,2025-02,85,120,100,150,KRW\nA,i2,2025-01,110,120,100,,KRW\n"
    rows += "A,i3,2025-01,70,,,100,KRW\nA,i4,2025-01,130,120,100,150,KRW\n"
    found = judged(tmp_path, PRICES, "price_cost", PRICE + rows)
    assert {one.subject_id: one.severity for one in found.findings} == {
        "A/i1": "high",
        "A/i2": "low",
        "A/i3": "low",
    }
    assert found.tables["below_cost"].num_rows == 4


def test_prices_that_cannot_be_right_are_refused_by_row(tmp_path):
    rows = "A,i1,2025-01,,120,100,,KRW\nA,i2,2025-01,5,-1,100,,KRW\nA,i3,1,5,6,7,,KRW\nA,i3,2,5,6,7,,USD\n"
    found = judged(tmp_path, PRICES, "price_cost", PRICE + rows)
    assert [fault.row for fault in found.faults] == [0, 1, 2, 3]
    assert not list(found.findings)


def test_steps_and_shifts_of_level_are_change_points_and_noise_is_none():
    assert change_points([5, 5, 6, 6, 8]) == [2, 4]
    chance = random.Random(3)
    still = [10 + chance.gauss(0, 0.2) for _ in range(60)]
    shifted = [value + (3 if at >= 25 else 0) + (2 if at >= 45 else 0) for at, value in enumerate(still)]
    assert change_points(still) == []
    assert change_points(shifted) == [25, 45]


def test_the_rank_audit_reads_a_table_and_finds_a_planted_boost(tmp_path):
    chance = random.Random(1)
    lines = ["query,seen_at,position,item_id,own_brand,rating"]
    for query in range(120):
        items = sorted(range(12), key=lambda _: chance.random())
        own = set(chance.sample(range(12), 2))
        order = sorted(range(12), key=lambda at: at - (3.5 if items[at] in own else 0))
        day = date(2026, 11, 1) + timedelta(query % 3)
        for place, at in enumerate(order, 1):
            lines.append(
                f"q{query},{day},{place},{items[at]},{'Y' if items[at] in own else 'N'},{chance.gauss(4, 1):.2f}"
            )
    found = judged(tmp_path, RANK, "search_result", "\n".join(lines))
    (one,) = found.findings
    assert (one.reference_id, one.provision) == ("conduct:self_preferencing", "MRF 5")
    assert found.tables["rank_audit"].to_pylist()[0]["attributes"] == ["rating"]


def test_operators_named_in_a_column_are_audited_each_by_itself(tmp_path):
    chance = random.Random(2)
    lines = ["platform,query,position,own_brand"]
    for platform, boost in (("Lumibay", 4), ("Dalmart", 0)):
        for query in range(80):
            own = set(chance.sample(range(10), 2))
            items = sorted(range(10), key=lambda at: chance.random())
            order = sorted(range(10), key=lambda at: at - (boost + 0.5 if boost and items[at] in own else 0))
            lines += [
                f"{platform},q{query},{place},{'Y' if items[at] in own else 'N'}"
                for place, at in enumerate(order)
            ]
    found = judged(tmp_path, RANK, "search_result", "\n".join(lines))
    assert [one.operator for one in found.findings] == ["Lumibay"]
    assert [row["operator"] for row in found.tables["rank_audit"].to_pylist()] == ["Dalmart", "Lumibay"]


OFFICE = """정산번호,유통업체,납품업체,거래형태,판매마감일,상품수령일,지급일,약정 지급기한(일),대금(원)
1,큰마트,가,특약매입거래,2026-01-31,,2026-03-12,,"100,000"
2,큰마트,가,특약매입거래,2026-01-31,,2026-03-13,,"100,000"
3,큰마트,나,직매입거래,,2026-01-10,2026-03-12,,"100,000"
4,루미베이,다,중개거래,,2026-01-10,2026-02-20,30,"100,000"
5,큰마트,라,임대(을) 거래,2026-01-31,,2026-03-20,,"100,000"
6,큰마트,마,어음,,2026-01-10,2026-01-20,,"100,000"
7,큰마트,바,직매입,,2026-01-10,2026-01-20,,"-5"
"""


def test_payments_under_an_offices_headings_are_read_with_its_words_for_forms_of_deal(tmp_path):
    found = judged(tmp_path, SETTLEMENT, "settlement", OFFICE)
    assert {(one.subject_id, one.reference_id) for one in found.findings} == {
        ("큰마트/가", "conduct:settlement_delay"),
        ("큰마트/나", "conduct:settlement_delay"),
        ("큰마트/라", "conduct:settlement_delay"),
        ("루미베이/다", "conduct:settlement_own_terms"),
    }
    first = {fault.row: fault.column for fault in reversed(found.faults)}
    assert first == {5: "deal", 6: "amount"}

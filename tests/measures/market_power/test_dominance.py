"""Dominance on tables as users write them: decided, hanging on unknowns, refused by row, with consequences."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction

import pytest

from mapae.app.context import make_context
from mapae.detect.markets.box import make_box
from mapae.detect.markets.judged import rule_at
from mapae.detect.markets.presumed import decide
from mapae.law.questions import answer
from mapae.measures.market_power.dominance import CHECK
from tests.measures.market_power.tables import judged

HEAD = "market,period,firm,group,basis,value,low,high,currency\n"
VIDEO = HEAD + "".join(
    f"video advertising,2017,{firm},,value,{share},,,\n"
    for firm, share in (("YouTube", 38.4), ("Facebook", 30.8), ("Naver", 11.2), ("Daum", 8.3))
)


def shares(folder, text, **given):
    return {
        row["group"]: row
        for row in judged(folder, CHECK, "market_share", text, **given).tables["shares"].to_pylist()
    }


def test_the_video_advertisers_of_2017_are_all_three_presumed(tmp_path):
    found = judged(tmp_path, CHECK, "market_share", VIDEO)
    assert [one.subject_id for one in found.findings] == ["YouTube", "Facebook", "Naver"]
    assert {one.provision for one in found.findings} == {"MRF 6"}
    market = found.tables["markets"].to_pylist()[0]
    assert (market["cr3_low"], market["cr3_high"]) == pytest.approx((80.4, 80.4))
    assert market["hhi_low"] == pytest.approx(38.4**2 + 30.8**2 + 11.2**2 + 8.3**2)


def test_every_finding_cites_the_thresholds_with_their_articles(tmp_path):
    first = next(iter(judged(tmp_path, CHECK, "market_share", VIDEO).findings))
    said = " ".join(reason.detail for reason in first.reasons)
    assert "mrf.6.joint_share = 75" in said and "제6조제2호" in said


def test_shares_are_read_the_same_from_percent_parts_of_one_and_korean_headings(tmp_path):
    plain = shares(tmp_path, VIDEO)
    parts = (
        VIDEO.replace("38.4", "0.384")
        .replace("30.8", "0.308")
        .replace("11.2", "0.112")
        .replace("8.3", "0.083")
    )
    korean = "시장,연도,사업자,시장점유율\n" + "".join(
        f"동영상광고,2017,{name},{row['share_low']}%\n" for name, row in plain.items()
    )
    for text in (parts, korean):
        found = shares(tmp_path, text)
        assert {name: row["presumed"] for name, row in found.items()} == {
            name: row["presumed"] for name, row in plain.items()
        }
        assert found["Naver"]["share_low"] == pytest.approx(11.2)


def test_affiliates_are_one_firm_and_small_sales_are_left_out(tmp_path):
    rows = "m,2023,a1,A,value,3000000000,,,KRW\nm,2023,a2,A,value,3000000000,,,KRW\nm,2023,b,,value,2000000000,,,KRW\n"
    assert shares(tmp_path, HEAD + rows)["A"]["presumed"] == "no"
    assert shares(tmp_path, HEAD + rows, as_of=date(2024, 2, 5))["A"]["presumed"] == "yes"
    larger = rows.replace("3000000000", "4000000000")
    found = shares(tmp_path, HEAD + larger)["A"]
    assert (found["presumed"], found["firms"], found["share_low"]) == ("yes", ["a1", "a2"], 80)


def test_an_unknown_turnover_decides_and_the_place_where_it_flips_is_told(tmp_path):
    known = "m,2023,A,,value,60000000000,,,KRW\nm,2023,C,,value,60000000000,,,KRW\n"
    rows = known + "m,2023,B,,value,,20000000000,300000000000,KRW\n"
    found = shares(tmp_path, HEAD + rows + "m,2023,others,,value,90000000000,,,KRW\n")
    assert found["A"]["presumed"] == "depends"
    assert "150,000,000,000 KRW – 300,000,000,000 KRW" in found["A"]["flips"]
    assert "not while it has 20,000,000,000 KRW – 150,000,000,000 KRW" in found["A"]["flips"]


def test_a_firm_that_is_small_whatever_the_unknowns_is_settled(tmp_path):
    rows = "m,2023,A,,value,60000000000,,,KRW\nm,2023,B,,value,,,,KRW\nm,2023,c,,value,5000000000,,,KRW\n"
    found = shares(tmp_path, HEAD + rows)
    assert (found["B"]["presumed"], found["c"]["presumed"]) == ("depends", "no")


def test_cells_that_give_a_bound_in_words_are_bounds(tmp_path):
    text = "market,period,firm,value\nm,2024,A,45~55%\nm,2024,B,30%\nm,2024,C,< 10%\nm,2024,D,10% 이하\n"
    found = shares(tmp_path, text)
    assert {name: (round(row["share_low"]), round(row["share_high"])) for name, row in found.items()} == {
        "A": (45, 55), "B": (30, 30), "C": (0, 10), "D": (0, 10),
    }  # fmt: skip
    assert (found["A"]["presumed"], found["C"]["presumed"], found["D"]["presumed"]) == (
        "yes",
        "no",
        "depends",
    )


def test_markets_drawn_in_two_ways_stand_side_by_side(tmp_path):
    text = "market,definition,period,firm,value,currency\n"
    for drawn, others in (
        ("open markets", ""),
        ("all retail", "online,all retail,2024,C,300000000000,KRW\n"),
    ):
        text += f"online,{drawn},2024,A,60000000000,KRW\nonline,{drawn},2024,B,20000000000,KRW\n{others}"
    rows = judged(tmp_path, CHECK, "market_share", text).tables["definitions"].to_pylist()
    by = {row["group"]: row for row in rows}
    assert {name: row["agree"] for name, row in by.items()} == {"A": True, "B": False, "C": True}
    assert by["A"]["answers"] == ["all retail: yes (15.79 %)", "open markets: yes (75 %)"]


BAD = {
    "A,2023,x,,value,70,,,\nA,2023,y,,value,50,,,\n": [(0, "100 %"), (1, "100 %")],
    "B,2023,x,,value,-5000,,,KRW\nB,2023,y,,value,5000,,,KRW\n": [(0, "negative turnover")],
    "C,2023,x,,value,9000,,,KRW\nC,2023,y,,value,5000,,,KRW\nC,2023,z,,value,5,,,USD\n": [
        (2, "mixed: USD here")
    ],
    "D,2023,x,,value,50,,,KRW\nD,2023,X,,value,50,,,KRW\n": [(1, "twice")],
    "E,2023,x,,value,50,,,KRW\nE,,y,,value,50,,,KRW\n": [(1, "period is missing")],
    "F,2023,x,,value,50,9,4,KRW\n": [(0, "low bound is above")],
    "G,2023,x,,value,50,60,70,KRW\n": [(0, "outside its bounds")],
    "H,2023,x,,weight,50,,,KRW\n": [(0, "basis")],
    "I,2023,,,value,50,,,KRW\n": [(0, "firm is missing")],
    "J,2023,x,,value,50,,,KRW\nJ,2023,total,,value,40,,,KRW\n": [(1, "more than the total")],
}


@pytest.mark.parametrize(("rows", "wanted"), BAD.items())
def test_bad_tables_are_refused_by_row_and_their_market_is_not_judged(tmp_path, rows, wanted):
    found = judged(tmp_path, CHECK, "market_share", HEAD + rows)
    assert [fault.row for fault in found.faults] == [row for row, _ in wanted]
    for fault, (_, words) in zip(found.faults, wanted, strict=True):
        assert words in fault.reason
    assert not list(found.findings)
    assert found.tables["shares"].num_rows == 0


def test_rounded_shares_that_add_up_to_a_little_more_are_no_fault(tmp_path):
    found = judged(
        tmp_path,
        CHECK,
        "market_share",
        HEAD + "m,2023,a,,value,33.4,,,\nm,2023,b,,value,33.4,,,\nm,2023,c,,value,33.3,,,\n",
    )
    assert not found.faults


def test_the_change_since_the_year_before_has_bounds_and_a_missing_year_is_told(tmp_path):
    rows = "".join(
        f"m,{year},a,,users,{a},,,\nm,{year},b,,users,{b},,,\n"
        for year, a, b in ((2020, 600, 400), (2021, 700, 300), (2023, 800, 200))
    )
    rows = judged(tmp_path, CHECK, "market_share", HEAD + rows).tables["markets"].to_pylist()
    assert rows[1]["hhi_change_low"] == rows[1]["hhi_change_high"] == pytest.approx(5800 - 5200)
    assert rows[2]["hhi_change_low"] is None and "2022" in rows[2]["notes"]


def test_consequences_tell_law_in_force_and_what_is_announced_apart(tmp_path):
    text = HEAD + "m,2023,A,,value,900000000000,,,KRW\nm,2023,B,,value,100000000000,,,KRW\n"
    rows = judged(tmp_path, CHECK, "market_share", text).tables["consequences"].to_pylist()
    mine = [row for row in rows if row["group"] == "A"]
    amounts = {(row["step"], row["provision"]): (row["amount"], row["status"]) for row in mine}
    assert amounts["surcharge", "MRF 8"] == ("54,000,000,000", "in force")
    assert amounts["surcharge announced", "MRF 8"] == ("180,000,000,000", "announced, not law")
    assert amounts["limitation", "MRF 80"][0] == "2030-12-31"
    open_to = next(row for row in mine if row["step"] == "agreed remedy")
    assert "open for abuse of dominance: yes" in open_to["what"] and "stands still" in open_to["what"]
    assert amounts["agreed remedy: levy", "MRF 92"][0] == "2,000,000"
    assert amounts["agreed remedy: comment", "MRF 90"][0] == "30"


def test_known_markets_are_decided_as_the_statute_question_answers():
    context = make_context("kr", date(2026, 11, 25), "none")
    chance = random.Random(5)
    rule = rule_at(context.book, context.as_of, won=True)
    for _ in range(150):
        sales = [chance.randint(1, 60) * 10**9 for _ in range(chance.randint(1, 7))]
        exact = list(map(Fraction, sales))
        box = make_box([(str(at), value, value) for at, value in enumerate(exact)])
        firms = [
            {
                "name": str(at),
                "group": str(at),
                "share_pct": value * 100 / sum(exact),
                "market_sales_krw": int(value),
            }
            for at, value in enumerate(exact)
        ]
        said = answer("presumed_dominant", "MRF", {"firms": firms}, context.as_of, context.book).value
        mine = [str(at) for at in range(len(sales)) if decide(box, at, rule).answer == "yes"]
        assert sorted(said) == mine

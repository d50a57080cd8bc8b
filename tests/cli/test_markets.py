"""`mapae markets` by use: pressure, mergers, declared and seen spending."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from mapae.cli.main import app

RUN = CliRunner()


def call(*words):
    return RUN.invoke(app, ["markets", *map(str, words)])


def test_pressure_of_one_case_is_printed_with_units_in_the_names(tmp_path):
    case = {
        "prices": [24, 30],
        "margins": [0.35, 0.42],
        "diversions": [[-1, 0.18], [0.26, -1]],
        "owner_pre": ["A", "B"],
    }
    (tmp_path / "deal.json").write_text(json.dumps(case))
    done = call("pressure", tmp_path / "deal.json")
    assert done.exit_code == 0
    assert "upp_percent_of_price         [9.45, 7.28]" in done.output


def test_a_case_that_allows_no_figure_is_told_beside_the_others(tmp_path):
    cases = [
        {"shares": [0.5, 0.5], "owner_pre": ["A", "B"], "owner_post": ["A", "A"]},
        {"price": 3},
        {"shares": [0.5], "owner_pre": ["A", "B"]},
    ]
    (tmp_path / "deals.json").write_text(json.dumps(cases))
    done = call("pressure", tmp_path / "deals.json", "--json")
    first, second, third = json.loads(done.output)
    figures = {"hhi_pre": 5000, "hhi_post": 10000, "hhi_delta": 5000}
    assert first["figures"] == figures | {"diversion_by_share": [[-1, 1], [1, -1]]}
    assert "allow no figure" in second["error"] and "cannot be worked out" in third["error"]


def test_a_file_that_is_no_json_is_refused(tmp_path):
    (tmp_path / "deal.json").write_text("{")
    done = call("pressure", tmp_path / "deal.json")
    assert done.exit_code != 0 and "cannot be read" in str(done.exception or done.output)


def test_every_reference_case_equals_its_reference(shared):
    path = shared / "data/antitrust/expected.json"
    rows = {row["id"]: row["figures"] for row in json.loads(call("pressure", path, "--json").output)}
    checked = 0
    for case in json.loads(path.read_text("utf-8"))["cases"]:
        for field in set(rows[case["id"]]) & set(case["expected"]):
            for mine, theirs in zip(
                flat(rows[case["id"]][field]), flat(case["expected"][field]), strict=True
            ):
                assert mine == pytest.approx(theirs, rel=1e-9, abs=1e-12), (case["id"], field)
                checked += 1
    assert checked >= 150


def flat(value):
    return [one for part in value for one in flat(part)] if isinstance(value, list) else [value]


TABLE = (
    "market,period,firm,basis,value,low,high,currency\n"
    "m,2024,A,value,40000000000,,,KRW\nm,2024,B,value,,10000000000,30000000000,KRW\nm,2024,C,value,30000000000,,,KRW\n"
)


def test_a_merger_has_bounds_and_the_presumption_of_the_law(tmp_path):
    (tmp_path / "m.csv").write_text(TABLE)
    done = call("merger", tmp_path / "m.csv", "--merge", "A, B", "--as-of", "2026-05-20", "--json")
    (row,) = json.loads(done.output)
    assert row["joint_share"] == [62.5, 70]
    assert row["hhi_added"] == pytest.approx([2 * 50 * 12.5, 2 * 40 * 30])
    assert row["presumed_to_restrain"] == "yes" and "for reference" in row["guideline"]


def test_a_merger_of_a_firm_that_is_not_there_is_refused(tmp_path):
    (tmp_path / "m.csv").write_text(TABLE)
    assert "no market in which" in str(call("merger", tmp_path / "m.csv", "--merge", "A,Z").exception)
    assert "two firms" in str(call("merger", tmp_path / "m.csv", "--merge", "A").exception)


def test_spending_seen_in_a_library_is_held_against_what_was_declared(tmp_path):
    (tmp_path / "ads.csv").write_text(
        "advert_id,platform,headline,first_shown,spend,currency\n1,Facebook,a,2024-01-02,100-199,USD\n"
        '2,Facebook,b,2024-03-02,"lower_bound: 200, upper_bound: 299",USD\n3,Facebook,c,2024-01-02,,USD\n'
        "4,YouTube,d,2024-01-02,50,USD\n"
    )
    (tmp_path / "said.csv").write_text(
        "market,period,firm,value,currency\nsocial ads,2024,Facebook,250,USD\nvideo ads,2024,YouTube,50,USD\n"
    )
    done = call("spend", tmp_path / "ads.csv", "--declared", tmp_path / "said.csv", "--json")
    first, second = json.loads(done.output)
    assert (first["seen_low"], first["seen_high"], first["without_figure"]) == (300, 498, 1)
    assert (first["answer"], second["answer"]) == ("below what was seen", "within what was seen")
    assert (
        "below what was seen"
        in call("spend", tmp_path / "ads.csv", "--declared", tmp_path / "said.csv").output
    )

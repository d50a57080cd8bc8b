"""Notices of the consumer product safety commission become rows: names, codes and limits, and rejects with a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mapae.detect.recall_codes import codes_in, in_range, is_measure
from mapae.sources.agencies.cpsc import notice, read_cpsc
from mapae.sources.rejects import RejectLog


def _notice(
    text: str, products: list[str], title: str = "Borvik Recalls Power Banks Due to Fire Hazard"
) -> dict:
    return notice(
        {"id": "99001", "date": "2025-01-02", "title": title, "products": products, "description": text}
    )


def _scope(row: dict) -> dict:
    return json.loads(row["scope"])


def test_a_line_that_is_no_notice_is_rejected_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "recalls.jsonl"
    good = {
        "id": "1",
        "date": "2025-01-02",
        "title": "Borvik Recalls Lamps",
        "products": ["Borvik Lamps"],
        "description": "",
    }
    path.write_text(
        "\n".join([json.dumps(good), "{not json", '{"title": "no id"}', json.dumps(good | {"id": "2"})])
    )
    log = RejectLog(path)
    assert [row["id"] for row in read_cpsc(path, log)] == ["cpsc:1", "cpsc:2"]
    assert log.rows == 2


def test_the_interface_of_the_agency_gives_the_same_row_as_the_lines(tmp_path: Path) -> None:
    item = {
        "RecallID": 10, "RecallNumber": "25-001", "RecallDate": "2025-01-02T00:00:00",
        "Title": "Borvik Recalls Lamps Due to Shock",
        "Description": "This recall involves Borvik lamps with model number BV-200.", "URL": "https://example.org/1",
        "Products": [{"Name": "Borvik Lamps"}], "Hazards": [{"Name": "shock"}], "Remedies": [{"Name": "refund"}],
        "ProductUPCs": [{"UPC": "012345678905"}], "Retailers": [{"Name": "Online at Amazon.com"}],
        "ManufacturerCountries": [{"Country": "China"}],
    }  # fmt: skip
    path = tmp_path / "api.json"
    path.write_text(json.dumps([item, {"RecallID": 11}]))
    log = RejectLog(path)
    (row,) = read_cpsc(path, log)
    assert (row["id"], row["date"], row["brands"], row["models"]) == (
        "cpsc:25001",
        "2025-01-02",
        ["Borvik"],
        ["BV-200"],
    )
    assert (row["gtins"], row["hazard"], row["remedy"]) == (["012345678905"], "electric_shock", "refund")
    assert (row["sold_at"], row["countries"]) == (["amazon"], ["China"])
    assert log.rows == 1


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("The power banks have model numbers BV100, BV-200 and BV300X.", ["BV100", "BV-200", "BV300X"]),
        ("Model numbers BV100 and BV200 hold 10000mAh and weigh 1.5 pounds.", ["BV100", "BV200"]),
        ("They were sold in July 2024 for $45. Call 800-555-0100.", []),
        ("Models MSP, Nikola+ and RS are recalled.", ["MSP", "Nikola+", "RS"]),
    ],
)
def test_models_are_told_from_measures_prices_and_numbers(text: str, models: list[str]) -> None:
    assert _notice(text, ["Borvik Power Banks"])["models"] == models


def test_serials_become_ranges_and_prefixes_and_codes() -> None:
    scope = _scope(
        _notice(
            "Serial numbers between 5201 and 5542 are included. The batch codes 54U53S and 54U54S are on the label. "
            'The serial number starts with "57V". Units with model BV9-R are not included in this recall.',
            ["Borvik Power Banks"],
        )
    )
    assert ["5201", "5542"] in scope["ranges"]
    assert scope["codes"] == ["54U53S", "54U54S"]
    assert "57V" in scope["prefixes"]
    assert scope["excluded"] == ["BV9-R"]


def test_an_open_end_and_a_period_of_manufacture_are_read() -> None:
    scope = _scope(
        _notice(
            "They have a date stamp before and including 2105. They were made between March 2016 and December 2019.",
            ["X"],
        )
    )
    assert scope["ranges"] == [["0000", "2105"]]
    assert scope["made"] == [["2016-03", "2019-12"]]


def test_closed_lists_of_colours_limit_and_open_ones_do_not() -> None:
    assert _scope(_notice("They were sold in black and gray.", ["X"]))["colours"] == ["black", "gray"]
    assert "colours" not in _scope(_notice("They were sold in a variety of colors, including black.", ["X"]))


def test_a_seller_is_no_brand_and_a_line_is_told_from_its_maker() -> None:
    row = _notice(
        "This recall involves Borvik Klara high chairs.",
        ["Klara high chairs"],
        "Borvik Recalls Klara High Chairs",
    )
    assert row["brands"] == ["Borvik"]
    assert _scope(row)["lines"] == ["Klara"]
    row = _notice(
        "", ["Borvik Lamps"], "Borvik Lamps Recalled Due to Fire; Sold Exclusively on Amazon by Zhen Trading"
    )
    assert "Amazon" not in row["brands"]


def test_a_code_is_held_against_ranges_of_its_shape_only() -> None:
    assert in_range("5388", "5201", "5542")
    assert in_range("53881234", "5201", "5542")
    assert in_range("22/11", "21/3", "23/10")
    assert in_range("AUG24", "JAN08", "MAR25")
    assert in_range("5600", "5201", "5542") is False
    assert in_range("AB12", "5201", "5542") is None
    assert is_measure("10000mAh")
    assert is_measure("5-in-1")
    assert [code.folded for code in codes_in("BS-30KP365, 65W, 30000mAh, A1263")] == ["BS30KP365", "A1263"]


def test_every_notice_of_the_shared_file_becomes_a_row(shared: Path) -> None:
    path = shared / "data" / "recalls" / "recalls.jsonl"
    lines = path.read_bytes().splitlines()[-300:]
    rows = [notice(json.loads(line)) for line in lines]
    assert len({row["id"] for row in rows}) == len(lines)
    assert sum(bool(row["brands"]) for row in rows) / len(rows) > 0.9


def test_a_firm_of_plain_words_is_a_brand_where_the_goods_bear_its_name() -> None:
    goods = _notice("", ["Quality Foam Digital Kitchen Scales"], "Quality Foam Recalls Kitchen Scales")
    other = _notice("", ["Digital Kitchen Scales"], "Quality Foam Recalls Kitchen Scales")
    assert (goods["brands"], other["brands"]) == (["Quality Foam"], ["Quality Foam"])


def test_words_of_a_heading_are_no_part_of_a_marked_name() -> None:
    row = _notice("", ["Velkor™ Lamps"], "Borvik Recalls Lamps Due to Fire Hazard")
    assert row["brands"] == ["Velkor", "Borvik"]


def test_the_last_of_three_models_is_read_and_a_battery_is_none() -> None:
    row = _notice(
        "This recall involves lamps with model numbers BK40A, BKHP, or BKGG, sold with a CR2032 battery.",
        ["Borvik lamps"],
    )
    assert row["models"] == ["BK40A", "BKHP", "BKGG"]


def test_date_codes_up_to_a_month_and_ranges_in_quotes_limit_a_notice() -> None:
    until = _notice('Lamps with date codes March 2018 ("03-18") or earlier are included.', ["Borvik lamps"])
    between = _notice('Lamps date coded "1923" through "2030" inclusive.', ["Borvik lamps"])
    assert (_scope(until)["made"], "codes" in _scope(until)) == ([["0000-00", "2018-03"]], False)
    assert _scope(between)["ranges"] == [["1923", "2030"]]


def test_measures_the_goods_come_in_limit_a_notice() -> None:
    row = _notice('This recall involves Borvik mattresses. They were sold in 10" and 12" sizes.', ["Borvik"])
    assert _scope(row)["measures"] == ["10 inch", "12 inch"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_array_of_the_agency_is_read_in_any_encoding_and_as_far_as_it_goes(
    tmp_path: Path, encoding: str
) -> None:
    items = [{"RecallID": n, "Title": f"Borvik Recalls Lamps BV-{n} Due to Shock"} for n in range(1, 5)]
    text = json.dumps(items)
    (tmp_path / "whole.json").write_bytes(text.encode(encoding))
    (tmp_path / "cut.json").write_bytes(text[:-30].encode(encoding))
    for name, ids in (("whole.json", 4), ("cut.json", 3)):
        log = RejectLog(tmp_path / name)
        assert [row["id"] for row in read_cpsc(tmp_path / name, log)] == [
            f"cpsc:{n}" for n in range(1, ids + 1)
        ]
        assert log.rows == 4 - ids


def test_a_maker_in_capitals_that_ends_like_a_mark_keeps_its_name() -> None:
    row = _notice("", ["KTM SX-E 5 Motorcycles"], "KTM Recalls Motorcycles Due to Crash")
    assert (row["title"], row["brands"][0]) == ("KTM SX-E 5 Motorcycles", "KTM")


def test_models_of_eight_digits_beside_article_numbers_are_models_and_pairs_of_six_are_ranges() -> None:
    table = "Model Description Model No. UPC Electric Smoker 14202002 17202002-A1 099143020044 99143020020"
    row = _notice(f"This recall involves smokers with these numbers: {table}", ["Borvik Smokers"])
    assert "14202002" in row["models"] and row["gtins"] == ["099143020044", "99143020020"]
    text = "Units have these serial number ranges: 112494-114493 115494-116502."
    assert _scope(_notice(text, ["Borvik Hoists"]))["ranges"] == [["112494", "114493"], ["115494", "116502"]]


def test_names_that_the_first_sentence_lists_are_models_where_the_product_is_named_plainly() -> None:
    row = notice(
        {
            "id": "9",
            "date": "2024-01-02",
            "title": "Borvik Recalls Soft Coolers Due to Hazard",
            "products": ["Borvik soft coolers"],
            "description": "This recall involves the Borvik Hauler K30 Soft Cooler 1.0 and 2.0, Hauler K20 Soft Cooler "
            "and Tundra XD coolers. The soft coolers were sold from June 2021 in Navy Blue.",
            "retailers": ["Stores nationwide from June 2021 through March 2023 for about $90."],
        }
    )
    assert row["models"] == ["Hauler K30", "Hauler K20", "Tundra XD", "K30", "K20"]
    assert _scope(row)["sold_until"] == "2023-03"


def test_generations_parts_the_order_of_date_codes_and_beginnings_of_serials_are_read() -> None:
    row = notice(
        {
            "id": "9",
            "date": "2024-01-02",
            "title": "Borvik Recalls Cookers Due to Burn Hazard",
            "products": ["Borvik Cookers (5th Generation)"],
            "description": "This recall involves Borvik cookers with model number BV-200. The serial number is on the "
            'back of the product and starts with the numbers and letter "57V". Date codes are in WWYY format. '
            "Any replacement cooker lids purchased as an extra are also included in this recall.",
        }
    )
    scope = _scope(row)
    assert (scope["generations"], scope["parts"], scope["written"]) == (["5th generation"], ["lid"], "WWYY")
    assert scope["prefixes"] == ["57V"]

"""Who a notice says makes the goods: firms of plain words, private labels, lines behind a maker; and what limits it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mapae.sources.agencies.cpsc import notice
from mapae.sources.agencies.cpsc_dates import made_in, model_years
from mapae.sources.agencies.cpsc_names import lines_of


def _row(title: str, products: list[str], text: str = "") -> dict[str, Any]:
    return notice(
        {"id": "99001", "date": "2025-01-02", "title": title, "products": products, "description": text}
    )


@pytest.mark.parametrize(
    ("title", "product", "brand"),
    [
        ("Ring Recalls Video Doorbells Due to Fire", "Video Doorbells", "Ring"),
        ("Hobby Lobby Recalls Wood Stools Due to Fall", "White Wood Stools", "Hobby Lobby"),
        (
            "Target Recalls Ottomans Due to Suffocation",
            "Room Essentials leather pouf ottoman",
            "Room Essentials",
        ),
        ("Borvik Recalls Trimmers Due to Fire", "Gas-powered Grass Trimmers", "Borvik"),
        ("Plumo Toy Recalls Rattles Due to Choking", "Octopus Rattles", "Plumo Toy"),
        ("quvex Magic Pocket Staffs Recalled Due to Laceration", "quvex Magic Pocket Staffs", "quvex"),
    ],
)
def test_the_maker_is_found_where_its_name_is_of_plain_words(title: str, product: str, brand: str) -> None:
    assert brand in _row(title, [product])["brands"]


def test_words_put_together_places_and_lines_of_codes_are_no_brands() -> None:
    row = _row(
        "Borvik Recalls All-Terrain Vehicles Due to Crash",
        ["All-Terrain Vehicles"],
        'This recall involves Borvik vehicles. "Made in Cambodia" and "K0040, 3237-92" are printed on the label.',
    )
    assert row["brands"] == ["Borvik"]


def test_a_name_that_always_stands_behind_the_maker_is_a_line() -> None:
    brands = ["Zandor", "Borvik"]
    assert lines_of(brands, "", ["2021 Model Year Borvik Zandor bicycles"]) == ["Zandor"]
    assert lines_of(brands, "", ["Zandor bicycles and Borvik Zandor bicycles"]) == []


def test_letters_at_a_place_of_the_serial_are_kept() -> None:
    text = 'Only scooters with the letters "WY" as the seventh and eighth letter in the serial number are included.'
    row = _row("Borvik Recalls Scooters Due to Crash", ["Borvik scooters"], text)
    assert json.loads(row["scope"])["placed"] == [[7, "WY"]]


def test_sizes_of_a_span_that_begins_with_months_are_all_its_sizes() -> None:
    row = _row("Borvik Recalls Suits", ["Borvik swimsuits"], "They were sold in sizes 12M to 5T.")
    assert {"2T", "3T", "4T", "5T"} <= set(json.loads(row["scope"])["sizes"])


def test_models_of_letters_and_of_three_signs_are_read_beside_their_like() -> None:
    text = "Model numbers are AB-CDE-10-XX, AB-CDE-FQQ. It involves the T1xe, T3x and T3xh treadmills."
    models = _row("Borvik Recalls Treadmills", ["Borvik treadmills"], text)["models"]
    assert {"AB-CDE-FQQ", "T3x"} <= set(models)


def test_years_of_a_list_and_of_a_date_code_are_read() -> None:
    assert model_years("model year 2021, 2022 and 2024 carts") == ["2021", "2022", "2024"]
    assert made_in("Only products with a YY of 20, 21 or 22 are subject") == [("2020-01", "2022-12")]

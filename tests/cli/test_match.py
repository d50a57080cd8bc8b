"""`mapae match` by use."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from mapae.cli.main import app

RUN = CliRunner()
ONE = "listing_id,title\nA1,Lumera kettle LK-1750\nA2,Haruna humidifier HU-35\n"
TWO = "listing_id,title\nB1,humidifier Haruna HU35\nB2,LK1750 kettle by Lumera\n"


def call(tmp_path, *more: str, two: str = TWO):
    (tmp_path / "one.csv").write_text(ONE, "utf-8")
    (tmp_path / "two.csv").write_text(two, "utf-8")
    return RUN.invoke(
        app,
        [
            "match",
            str(tmp_path / "one.csv"),
            str(tmp_path / "two.csv"),
            "--out",
            str(tmp_path / "out"),
            *more,
        ],
    )


def test_it_says_how_many_pairs_and_where_they_are(tmp_path):
    result = call(tmp_path, "--no-progress")
    assert result.exit_code == 0, result.output
    assert "2 and 2 listings: 2 pairs" in result.stdout
    assert (tmp_path / "out" / "pairs.parquet").is_file()


def test_json_is_the_manifest(tmp_path):
    result = call(tmp_path, "--json", "--once")
    assert json.loads(result.stdout)["pairs"] == 2


def test_rejected_rows_exit_3_and_the_good_ones_are_linked(tmp_path):
    result = call(tmp_path, "--json", two=TWO + "B3,one,too,many,cells\n")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["pairs"] == 2


def test_a_mapping_without_an_equals_sign_is_bad_use(tmp_path):
    result = call(tmp_path, "--map", "wares")
    assert result.exit_code != 0
    assert "not a column mapping" in str(result.exception or result.output)

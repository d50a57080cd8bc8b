"""`mapae screen` with an index of pictures, and of parcels without a model, from file to findings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from typer.testing import CliRunner

from mapae.app.screen import Request, screen
from mapae.cli.main import app
from mapae.detect.pictures import hex_of, write_index
from mapae.errors import InputError

HASHES = np.random.default_rng(2).integers(0, 2**64, (2, 4), dtype=np.uint64)
ONE, TWO = hex_of(HASHES)


def bank(folder: Path, number: int) -> Path:
    row = {"picture_id": [f"known-{number}"], "bank": ["fakes"]}
    blank = {name: pa.nulls(1, pa.string()) for name in ("brand", "note", "source")}
    write_index(HASHES[number : number + 1], pa.table(row | blank), folder)
    return folder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path / "home"))


def test_an_index_made_anew_is_another_run(tmp_path: Path) -> None:
    listings = tmp_path / "listings.csv"
    listings.write_text(f"listing_id,title,price,image_hash\na,lamp,1,{ONE}\nb,lamp,2,{TWO}\nc,lamp,3,\n")
    for number, expected in ((0, ["a"]), (1, ["b"])):
        index = bank(tmp_path / "bank", number)
        request = Request(
            (listings,),
            tmp_path / "out",
            date(2026, 11, 24),
            measures=("counterfeits.pictures",),
            pictures=(index,),
        )
        done = screen(request)
        found = pl.read_parquet(tmp_path / "out" / "findings.parquet")
        assert found["subject_id"].to_list() == expected
        assert found["reference_id"].to_list() == [f"picture:known-{number}"]
        assert len(done.manifest["options"]["pictures_sha256"]) == 16


def test_what_is_no_index_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "listings.csv").write_text("listing_id,title,price\na,lamp,1\n")
    with pytest.raises(InputError, match="no index of pictures"):
        screen(
            Request((tmp_path / "listings.csv",), tmp_path / "out", date(2026, 11, 24), pictures=(tmp_path,))
        )


@pytest.mark.slow
def test_parcels_are_judged_without_a_model(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.csv"
    manifest.write_text(
        "hawb,arrival_date,goods,shipper,declared_value,currency,departure_country,pccc_hash\n"
        "P1,2026-11-02,Louis Vuitton Neverfull bag,Hill Leather,25,USD,CN,c1\n"
        "P2,2026-11-02,desk lamp,Lamp Land,90,USD,CN,c2\n"
        "P3,2026-11-02,floor lamp,Lamp Land,80,USD,CN,c2\n"
        "P4,2026-11-02,cotton socks,Sock Shop,9,USD,CN,c3\n"
    )
    result = CliRunner().invoke(
        app,
        ["screen", str(manifest), "--kind", "consignment", "--lists", "none", "--as-of", "2026-11-24", "--no-progress",
         "--out", str(tmp_path / "out")],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "4 consignment records: 3 findings" in result.stdout
    found = pl.read_parquet(tmp_path / "out" / "findings.parquet").sort("subject_id")
    assert list(zip(found["subject_id"], found["check"], strict=True)) == [
        ("P1", "consignments.brands"),
        ("P2", "consignments.split"),
        ("P3", "consignments.split"),
    ]
    assert pl.read_parquet(tmp_path / "out" / "split_orders.parquet")["consignments"].to_list() == ["P2, P3"]
    assert "Orders sent in parts" in (tmp_path / "out" / "report.html").read_text("utf-8")

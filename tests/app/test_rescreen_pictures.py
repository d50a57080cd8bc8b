"""A new index of pictures is held against what was screened before, without screening it again."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from mapae.app.rescreen import rescreen
from mapae.app.screen import Request, screen
from mapae.detect.pictures import hex_of
from mapae.errors import UsageError
from tests.measures.counterfeits.test_pictures import FAKE, HASHES, OTHER, bank

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 24)


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A screening of two listings, one with a picture that nobody knew then."""
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path / "home"))
    shop = tmp_path / "shop.csv"
    with shop.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["listing_id", "title", "platform", "image_hash"])
        for number, picture in enumerate((FAKE, OTHER)):
            rows.writerow([f"L-{number}", "shoes", "Lumibay", hex_of(HASHES[picture : picture + 1])[0]])
    screen(
        Request(
            (shop,),
            tmp_path / "lake" / "one",
            DAY,
            "listing",
            ("counterfeits",),
            lists="none",
            keep_records=True,
        )
    )
    return tmp_path / "lake"


def again(lake: Path, out: str, index: Path) -> list[dict[str, object]]:
    request = Request((), lake.parent / out, DAY, lists="none", pictures=(index,))
    (result,) = rescreen(lake, None, request)
    assert result.manifest["checks"] == ["counterfeits.pictures"] and result.manifest["rows_read"] == 2
    return pq.read_table(lake.parent / out / "findings.parquet").to_pylist()


def test_only_listings_with_a_picture_of_the_index_are_found(lake):
    found = again(lake, "out", bank(lake.parent / "known", (FAKE, "fakes", "f1")))
    assert [(row["subject_id"], row["reference_id"]) for row in found] == [("L-0", "picture:f1")]


def test_what_a_screening_with_the_index_found_is_not_found_again(lake):
    index = bank(lake.parent / "known", (FAKE, "fakes", "f1"))
    kept = lake / "one" / "records.parquet"
    screen(Request((kept,), lake / "two", DAY, "listing", ("counterfeits",), lists="none", pictures=(index,)))
    request = Request((), lake.parent / "out", DAY, lists="none", pictures=(index,))
    (result,) = rescreen(lake, None, request)
    assert result.manifest["findings"] == 0


@pytest.mark.parametrize("since", [None, DAY])
def test_a_day_and_pictures_are_asked_one_at_a_time(lake, since):
    pictures = (bank(lake.parent / "known", (FAKE, "fakes", "f1")),) if since else ()
    with pytest.raises(UsageError, match="one at a time"):
        rescreen(lake, since, Request((), lake.parent / "out", DAY, pictures=pictures))

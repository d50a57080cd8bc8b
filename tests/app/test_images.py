"""`mapae images` from pictures and tables to matches: what is left out is told, and a negative bank silences."""

from __future__ import annotations

import io
import json
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import ImageOps

from mapae.app.image_inputs import over_processes
from mapae.app.images import IndexRequest, MatchRequest, index_pictures, match_pictures
from mapae.detect.pictures.opened import hash_of
from mapae.errors import InputError, UsageError
from tests.app.quitting import quit_at_seven
from tests.detect.pictures.drawn import drawn


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Twenty pictures in two folders, a broken one and a blank one among them."""
    folder = tmp_path / "photos"
    for seed in range(20):
        place = folder / ("bags" if seed % 2 else "shoes") / f"{seed}.jpg"
        place.parent.mkdir(parents=True, exist_ok=True)
        drawn(seed, 400, 300).save(place, quality=90)
    (folder / "cut.jpg").write_bytes((folder / "bags/1.jpg").read_bytes()[:900])
    drawn(1, 64, 64).resize((8, 8)).save(folder / "tiny.png")
    drawn(1).point(lambda _: 250).save(folder / "white.png")
    (folder / "prices.csv").write_text("a,b\n1,2\n")
    return folder


def matches(out: Path) -> list[dict[str, object]]:
    return pl.read_parquet(out / "matches.parquet").to_dicts()


@pytest.mark.slow
def test_pictures_are_indexed_by_several_processes_and_found_as_they_are_mirrored_and_cut(
    photos: Path, tmp_path: Path
) -> None:
    pytest.importorskip("cv2")
    done = index_pictures(
        IndexRequest((photos,), tmp_path / "fakes", points=True, brand="Nobrand", workers=2)
    )
    assert (len(done.index), done.read, done.rejected) == (20, 23, 4)
    told = [json.loads(line) for line in (tmp_path / "fakes/rejects.jsonl").read_bytes().splitlines()]
    assert [Path(item["input"]).name for item in told] == ["prices.csv", "cut.jpg", "tiny.png", "white.png"]
    assert all(item["reason"] for item in told)

    asked = tmp_path / "asked"
    asked.mkdir()
    drawn(4, 400, 300).resize((200, 150)).save(asked / "a-small.jpg")
    ImageOps.mirror(drawn(5, 400, 300)).save(asked / "b-mirrored.png")
    drawn(6, 400, 300).crop((60, 45, 380, 290)).save(asked / "c-cut.png")
    ImageOps.mirror(drawn(7, 400, 300).crop((60, 45, 380, 290))).save(asked / "d-both.png")
    drawn(600).save(asked / "e-other.png")
    found = match_pictures(MatchRequest((asked,), (tmp_path / "fakes",), tmp_path / "found", workers=1))
    rows = matches(tmp_path / "found")
    assert [(row["query"], row["matched"], row["by"]) for row in rows] == [
        ("a-small.jpg", "shoes/4.jpg", "as it is"),
        ("b-mirrored.png", "bags/5.jpg", "mirrored"),
        ("c-cut.png", "shoes/6.jpg", "cut, framed or slanted"),
        ("d-both.png", "bags/7.jpg", "cut, framed or slanted; mirrored"),
    ]
    assert {row["brand"] for row in rows} == {"Nobrand"}
    assert found.manifest["matches"] == {"fakes": 4, "own": 0, "negative": 0}


def test_tables_of_hashes_are_indexed_and_matched_and_a_negative_picture_silences(tmp_path: Path) -> None:
    one, two, blank = (hash_of_drawn(seed) for seed in (1, 2, 3))
    table = tmp_path / "bank.csv"
    table.write_text(
        f"image_id,pdq,bank,brand\nf1,{one},fakes,Nike\nn1,{two},negative,\nf2,{two},fakes,Nike\n"
        f"bad,123,fakes,\nodd,{blank},stolen,\nnone,{'0' * 64},fakes,\n"
    )
    done = index_pictures(IndexRequest((table,), tmp_path / "bank"))
    assert done.index.about["banks"] == {"fakes": 2, "own": 0, "negative": 1}
    told = [json.loads(line) for line in (tmp_path / "bank/rejects.jsonl").read_bytes().splitlines()]
    assert [(item["line"], item["reason"].split(":")[0]) for item in told] == [
        (5, "no hash of 64 hex digits"),
        (0, "no bank"),
        (0, "the hash is of a picture that shows nothing"),
    ]
    listings = pa.table({"listing_id": ["a", "b", "c"], "image_hash": [one, two, None]})
    pq.write_table(listings, tmp_path / "listings.parquet")
    found = match_pictures(
        MatchRequest((tmp_path / "listings.parquet",), (tmp_path / "bank",), tmp_path / "found")
    )
    rows = [(row["query"], row["matched"], row["silenced"]) for row in matches(tmp_path / "found")]
    assert rows == [("a", "f1", False), ("b", "n1", True), ("b", "f2", True)]
    assert (found.manifest["silenced"], found.rejected) == (1, 1)


def test_pictures_of_the_same_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    for folder, seed in (("one", 1), ("two", 2)):
        (tmp_path / folder).mkdir()
        drawn(seed, 320, 240).save(tmp_path / folder / "main.jpg")
    folders = (tmp_path / "one", tmp_path / "two")
    index_pictures(IndexRequest(folders, tmp_path / "bank"))
    found = match_pictures(MatchRequest(folders, (tmp_path / "bank",), tmp_path / "found"))
    assert found.manifest["matches"]["fakes"] == 2


def test_pictures_are_known_by_their_first_bytes_and_other_kinds_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    drawn(1, 320, 240).save(folder / "plain", "JPEG")
    drawn(2, 320, 240).save(folder / "main.jpg_720x720q50", "JPEG")
    drawn(3, 320, 240).save(folder / "scan.tif")
    (folder / "notes.txt").write_text("no picture")
    done = index_pictures(IndexRequest((folder,), tmp_path / "bank"))
    assert (len(done.index), done.read, done.rejected) == (2, 3, 1)
    told = (tmp_path / "bank/rejects.jsonl").read_text()
    assert "scan.tif" in told and "none of JPEG, PNG" in told


def hash_of_drawn(seed: int) -> str:
    out = io.BytesIO()
    drawn(seed).save(out, "PNG")
    return hash_of(out.getvalue())[0]


@pytest.mark.slow
def test_a_picture_that_ends_its_process_is_left_out_alone() -> None:
    paths = [Path(f"{number:02}") for number in range(40)]
    found = list(over_processes(paths, quit_at_seven, "lost", 2))
    assert found == ["lost" if path.name.endswith("7") else path.name for path in paths]


def test_wrong_use_is_told(tmp_path: Path, photos: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(InputError, match="no picture and no table"):
        index_pictures(IndexRequest((tmp_path / "nothing",), tmp_path / "x"))
    with pytest.raises(InputError, match="no such file"):
        index_pictures(IndexRequest((tmp_path / "gone",), tmp_path / "x"))
    with pytest.raises(UsageError, match="no bank 'stolen'"):
        index_pictures(IndexRequest((photos,), tmp_path / "x", bank="stolen"))
    with pytest.raises(InputError, match="no picture can be indexed"):
        index_pictures(IndexRequest((photos / "cut.jpg",), tmp_path / "x"))
    (tmp_path / "plain.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="no column holds hashes"):
        index_pictures(IndexRequest((tmp_path / "plain.csv",), tmp_path / "x"))

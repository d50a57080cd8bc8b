"""Pictures: the whole screen of listings with a hash each, with a million known pictures and without."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench import Row
from bench._near_run import hashes_of
from bench.generate import prepared
from bench.images import built_and_searched
from bench.screening import run_screen
from mapae.detect.pictures import hex_of

TITLE = "Known pictures: the whole screen"
INTRO = (
    "The listings and lists of *Screening speed and memory*, each listing with a hash (one in a hundred is known), held "
    "against a million known pictures too, as they are and mirrored. `us`: processor time a listing, start included."
)
_LISTINGS = 200_000


def main() -> list[Row]:
    """Two rows; the indexes of the lists are built before."""
    return _screen()


def _screen() -> list[Row]:
    """The whole screen of listings that have a hash each, with an index of a million and without."""
    listings, lists = prepared(_LISTINGS)
    with tempfile.TemporaryDirectory() as folder:
        built_and_searched("build", "1000000", folder)
        pictured = Path(folder, "listings.parquet")
        table = pq.read_table(listings)
        hashes = hashes_of(len(table) + 1)[: len(table)]
        known = np.load(Path(folder, "index/hashes.npy"), mmap_mode="r")
        hashes[::100] = known[: len(hashes[::100])]
        at = table.schema.get_field_index("image_hash")
        column = pa.array(hex_of(hashes))
        table = (
            table.set_column(at, "image_hash", column)
            if at >= 0
            else table.append_column("image_hash", column)
        )
        pq.write_table(table, pictured, compression="zstd", row_group_size=65_536)
        rows = []
        for what, more in (
            ("without an index", ()),
            ("with 1M known pictures", ("--pictures", str(Path(folder, "index")))),
        ):
            run_screen(pictured, lists, "--workers", "2", *more, times=1)
            runs = run_screen(pictured, lists, "--workers", "2", *more, times=1)
            best = min(runs, key=lambda pair: pair[0].cpu)
            rate = max(float(str(made["rows_read"])) / float(str(made["seconds"])) for _, made in runs)
            figures = {
                "listings/s": rate,
                "us": 1e6 * best[0].cpu / len(table),
                "findings": int(str(best[1]["findings"])),
            }
            rows.append(
                Row(f"screen on 2 processes, {what}", figures | {"peak GB": max(run.peak for run, _ in runs)})
            )
    return rows

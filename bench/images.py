"""Pictures: searching known hashes beside faiss, and what ten million of them take."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from bench import Absent, Row
from bench._near_run import QUERIES
from bench._peer import ask
from mapae.detect.pictures import PictureIndex

__all__ = ["built_and_searched", "main"]

TITLE = "Known pictures: the search"
INTRO = (
    "PDQ hashes within 31 of 256 bits, one core; times are processor time. `found`: of 2,000 planted hashes, 0 to 31 bits "
    "from a known one; `clustered`: a fifth of the hashes lie within 40 bits of a thousand, as pictures of one kind do. "
    "faiss compares every pair and answers 2,000 of the queries."
)


def main() -> list[Row]:
    """A million hashes, beside faiss; ten million."""
    return _search()


def built_and_searched(*words: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench._near_run", *words], capture_output=True, text=True, check=True
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    print(f"  {' '.join(words[:2])}: {told}", file=sys.stderr)
    return told


def _search() -> list[Row]:
    rows = []
    for what, count, more in (
        ("1M hashes", 1_000_000, ()),
        ("1M hashes, clustered", 1_000_000, ("clustered",)),
        ("10M hashes", 10_000_000, ()),
    ):
        with tempfile.TemporaryDirectory() as folder:
            built = built_and_searched("build", str(count), folder, *more)
            search = min(
                (built_and_searched("search", str(count), folder) for _ in range(3)),
                key=lambda one: one["seconds"],
            )
            size = sum(path.stat().st_size for path in Path(folder, "index").rglob("*")) / 1e9
            figures = {"queries/s": QUERIES / search["seconds"], "found": int(search["found"])}
            figures |= {"GB, searching": search["gb"], "GB on disk": size}
            figures |= {"build, seconds": built["seconds"], "GB, building": built["gb"]}
            rows.append(Row(what, figures))
            if what == "1M hashes":
                rows += _faiss(Path(folder))
    return rows


def _faiss(folder: Path) -> list[Row]:
    """The peer on the same hashes, and whether it finds the same pairs."""
    queries = np.load(folder / "queries.npy")[:2_000]
    np.save(folder / "few.npy", queries)
    asked = {"hashes": str(folder / "index/hashes.npy"), "queries": str(folder / "few.npy"), "radius": 31}
    try:
        told = ask("faiss_near", asked)
    except Absent as absent:
        return [Row("faiss IndexBinaryFlat, 1M hashes", {}, str(absent))]
    found = PictureIndex.open(folder / "index").search(queries)
    mine = sorted(zip(found.query.tolist(), found.apart.tolist(), strict=True))
    same = mine == sorted((query, apart) for query, _, apart in told["pairs"])
    figures: dict[str, float | int | str] = {
        "queries/s": len(queries) / told["seconds"],
        "found": len({pair[0] for pair in told["pairs"]}),
    }
    blank = dict.fromkeys(("GB, searching", "GB on disk", "build, seconds", "GB, building"), "")
    return [
        Row("faiss IndexBinaryFlat, 1M hashes", figures | blank, "the same pairs" if same else "OTHER PAIRS")
    ]

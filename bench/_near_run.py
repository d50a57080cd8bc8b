"""Run by bench.images in a process of its own: index so many random hashes, search, and say what it took."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa

from mapae.detect.pictures import PICTURES, PictureIndex, write_index

QUERIES, PLANTED = 65_536, 2_000


def hashes_of(count: int, *, clustered: bool = False) -> np.ndarray:
    """Random hashes; clustered: a fifth of them within 40 bits of one of a thousand, as pictures of one kind are."""
    rng = np.random.default_rng(count)
    found = rng.integers(0, 2**64, (count, 4), dtype=np.uint64)
    if clustered:
        near = rng.choice(count, count // 5, replace=False)
        found[near] = changed(found[rng.integers(0, 1000, len(near))], rng.integers(20, 41, len(near)), rng)
    return found


def changed(words: np.ndarray, bits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each hash with so many of its bits changed."""
    order = rng.random((len(words), 256)).argsort(1).argsort(1)
    flips = np.packbits(order < bits[:, None], axis=1).view(np.uint64)
    return words ^ flips


def queries_of(hashes: np.ndarray) -> np.ndarray:
    """65,536 queries, of which 2,000 are 0 to 31 bits from a known hash."""
    rng = np.random.default_rng(7)
    found = rng.integers(0, 2**64, (QUERIES, 4), dtype=np.uint64)
    known = hashes[rng.choice(len(hashes), PLANTED, replace=False)]
    found[:PLANTED] = changed(known, np.arange(PLANTED) % 32, rng)
    return found[rng.permutation(QUERIES)]


def main() -> None:
    what, count, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    told: dict[str, float] = {}
    if what == "build":
        hashes = hashes_of(count, clustered=len(sys.argv) > 4)
        names = {
            "picture_id": pa.array(np.arange(count)).cast(pa.string()),
            "bank": pa.array(["fakes"] * count),
        }
        blank = {name: pa.nulls(count, pa.string()) for name in PICTURES.names if name not in names}
        np.save(folder / "queries.npy", queries_of(hashes))
        start = time.process_time()
        write_index(hashes, pa.table(names | blank), folder / "index")
    else:
        queries, index = np.load(folder / "queries.npy"), PictureIndex.open(folder / "index")
        index.search(queries[:256])
        start = time.process_time()
        found = index.search(queries)
        told["found"] = len(np.unique(found.query))
    told["seconds"] = time.process_time() - start
    told["gb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    print(json.dumps(told))


if __name__ == "__main__":
    main()

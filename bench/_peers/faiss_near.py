"""Run in .venv/peers: {hashes, queries, radius} (.npy files) on stdin → pairs within it and seconds, by faiss flat."""

from __future__ import annotations

import json
import sys
import time

import faiss
import numpy as np


def main() -> None:
    asked = json.load(sys.stdin)
    faiss.omp_set_num_threads(1)
    hashes, queries = (np.load(asked[name]).view(np.uint8).reshape(-1, 32) for name in ("hashes", "queries"))
    index = faiss.IndexBinaryFlat(256)
    index.add(hashes)
    start = time.process_time()
    limits, apart, found = index.range_search(queries, asked["radius"] + 1)  # faiss: under the radius
    seconds = time.process_time() - start
    query = np.repeat(np.arange(len(queries)), np.diff(limits.astype(np.int64)))
    pairs = sorted(zip(query.tolist(), found.tolist(), apart.astype(int).tolist(), strict=True))
    print(json.dumps({"pairs": pairs, "seconds": seconds}))


if __name__ == "__main__":
    main()

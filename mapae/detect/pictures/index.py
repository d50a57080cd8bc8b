"""The index of known pictures: hashes filed in sixteen ways, on disk and mapped, so that processes share what they read."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mapae.detect.kernels.near import BUCKETS, RUNS, file_run, near
from mapae.detect.pictures.bits import Words
from mapae.detect.pictures.points import PointIndex, Points, write_points
from mapae.errors import InputError, UsageError

__all__ = ["BANKS", "PICTURES", "RADIUS", "Matches", "PictureIndex", "write_index"]

VERSION = 1
RADIUS = (
    31  # bits of 256 up to which the search misses nothing; PDQ's authors count pictures that near as one
)
BANKS = ("fakes", "own", "negative")
# What is kept of each picture. source: the file or table it came from.
PICTURES = pa.schema([(name, pa.string()) for name in ("picture_id", "bank", "brand", "note", "source")])
_ABOUT, _TABLE, _POINTS = "index.json", "pictures.parquet", "points"
_ARRAYS = ("hashes", "groups", "starts", "order", "signs")


class Matches(NamedTuple):
    """Equal-long arrays by query, distance, picture: query: place among those asked; picture: row of `pictures`;
    apart: bits of 256."""

    query: npt.NDArray[np.int64]
    picture: npt.NDArray[np.int64]
    apart: npt.NDArray[np.int64]


@dataclass(frozen=True)
class PictureIndex:
    """An index folder, opened. Only the folder is pickled: each process maps the same files.

    fingerprint: hash of what is indexed, so that a run can say by which index it judged.
    """

    folder: Path
    about: dict[str, Any]

    @classmethod
    def open(cls, folder: Path) -> PictureIndex:
        """InputError where the folder holds no index, or one of another version."""
        try:
            about = orjson.loads((folder / _ABOUT).read_bytes())
        except (OSError, ValueError) as error:
            raise InputError(
                "this is no index of pictures",
                where=str(folder),
                mend="make one: mapae images index FOLDER --out DIR",
            ) from error
        if about.get("version") != VERSION:
            raise InputError(
                f"the index is of version {about.get('version')}, not {VERSION}",
                where=str(folder),
                mend="index the pictures anew",
            )
        return cls(folder, about)

    @property
    def fingerprint(self) -> str:
        """16 hex digits."""
        return str(self.about["fingerprint"])

    def __len__(self) -> int:
        return int(self.about["pictures"])

    @cached_property
    def _arrays(self) -> dict[str, npt.NDArray[Any]]:
        return {name: np.load(self.folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}

    @cached_property
    def pictures(self) -> pa.Table:
        """Rows of PICTURES."""
        return pq.read_table(self.folder / _TABLE, memory_map=True)

    @cached_property
    def points(self) -> PointIndex | None:
        """The pictures' points, where the index was made with them."""
        return PointIndex(self.folder / _POINTS) if self.about.get("points") else None

    @cached_property
    def banks(self) -> npt.NDArray[np.int8]:
        """Each picture's bank as index into BANKS."""
        names = self.pictures["bank"].combine_chunks()
        return np.asarray(pc.index_in(names, pa.array(BANKS)), dtype=np.int8)

    def __getstate__(self) -> dict[str, Any]:
        return {"folder": self.folder, "about": self.about}

    def search(self, queries: Words, radius: int = RADIUS) -> Matches:
        """All pictures at most `radius` bits from each query (n, 4); exact. UsageError beyond RADIUS."""
        if not 0 <= radius <= RADIUS:
            raise UsageError(f"not a radius: {radius}", where="--radius", mend=f"give 0 to {RADIUS} bits")
        pairs = self._pairs(np.ascontiguousarray(queries, np.uint64), radius)
        groups = self._arrays["groups"]
        first, last = groups[pairs[:, 1]].astype(np.int64), groups[pairs[:, 1] + 1].astype(np.int64)
        size = last - first
        picture = np.repeat(first, size) + (np.arange(size.sum()) - np.repeat(size.cumsum() - size, size))
        query, apart = np.repeat(pairs[:, 0], size), np.repeat(pairs[:, 2], size)
        by = np.lexsort((picture, apart, query))
        return Matches(query[by], picture[by], apart[by])

    def _pairs(self, queries: Words, radius: int) -> npt.NDArray[np.int64]:
        hashes, starts, order, signs = (
            np.asarray(self._arrays[name]) for name in ("hashes", "starts", "order", "signs")
        )
        room = 1024 + len(queries)
        while True:
            out = np.empty((room, 3), np.int64)
            count = int(near(queries, hashes, starts, order, signs, radius, out))
            if count <= room:
                return out[:count]
            room = count


def write_index(
    hashes: Words, pictures: pa.Table, folder: Path, points: Sequence[Points] = ()
) -> PictureIndex:
    """Index hashes (n, 4) and their rows of PICTURES; all or nothing. What stood at `folder` as an index is replaced.

    Pictures of the very same hash are filed once. Files take about 360 bytes a hash, written one run after the other.
    points: of each picture, or none. UsageError where the folder holds something else.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / _ABOUT).exists():
        raise UsageError(
            "the folder holds something else than an index", where=str(folder), mend="name a new folder"
        )
    draft = folder.with_name(f"{folder.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    by = np.lexsort(hashes.T[::-1])
    ordered = np.ascontiguousarray(hashes[by])
    fresh = np.ones(len(ordered), bool)
    fresh[1:] = (ordered[1:] != ordered[:-1]).any(1)
    groups = np.append(np.flatnonzero(fresh), len(ordered)).astype(np.uint32)
    _write_runs(ordered[fresh], draft)
    np.save(draft / "groups.npy", groups)
    table = pictures.select(PICTURES.names).cast(PICTURES).take(pa.array(by))
    pq.write_table(table, draft / _TABLE, compression="zstd")
    if points:
        write_points([points[row] for row in by], draft / _POINTS)
    digest = hashlib.sha256(ordered.tobytes())
    digest.update((draft / _TABLE).read_bytes())
    counts = {name: int(pc.sum(pc.equal(table["bank"], name)).as_py() or 0) for name in BANKS}
    about = {"version": VERSION, "pictures": len(ordered), "hashes": int(fresh.sum()), "banks": counts}
    about["points"] = bool(points)
    about["fingerprint"] = digest.hexdigest()[:16]
    (draft / _ABOUT).write_bytes(orjson.dumps(about, option=orjson.OPT_INDENT_2))
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
    return PictureIndex.open(folder)


def _write_runs(hashes: Words, folder: Path) -> None:
    """The arrays of the search, each a mapped file that is filled run by run."""
    np.save(folder / "hashes.npy", hashes)
    shapes = {"starts": (BUCKETS + 1,), "order": (len(hashes),), "signs": (len(hashes), 2)}
    kinds = {"starts": np.uint32, "order": np.uint32, "signs": np.uint64}
    files = {
        name: np.lib.format.open_memmap(folder / f"{name}.npy", "w+", kinds[name], (RUNS, *shape))
        for name, shape in shapes.items()
    }  # fmt: skip
    for run in range(RUNS):
        file_run(hashes, run, files["starts"][run], files["order"][run], files["signs"][run])
    for file in files.values():
        file.flush()

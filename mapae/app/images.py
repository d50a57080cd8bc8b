"""`mapae images`: known pictures indexed, and others matched with them, as they are, turned, or cut."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mapae.app.image_inputs import Chunk, ImageInputs, Look, find_files
from mapae.app.manifest import write_json, write_rejects
from mapae.detect.pdq import TURNS
from mapae.detect.pictures import BANKS, RADIUS, Matches, PictureIndex, Words, blank, turned, write_index
from mapae.detect.pictures.points import Points
from mapae.engine.version import code_version
from mapae.errors import InputError, UsageError

__all__ = [
    "MATCHES_SCHEMA",
    "IndexRequest",
    "Indexed",
    "MatchRequest",
    "Matched",
    "index_pictures",
    "match_pictures",
]

Progress = Callable[[str], None]
# apart: bits of 256, where hashes were compared; points: how many agree, where points were. by: how the picture was seen.
# silenced: the query is also near a picture of a negative bank, which says that it accuses nobody.
MATCHES_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("query", "matched", "bank", "brand", "note", "by")),
        ("apart", pa.int16()),
        ("points", pa.int16()),
        ("silenced", pa.bool_()),
        ("index", pa.string()),
    ]
)
# with what rows are told apart and put in order by, while they are gathered
_WORKING = pa.schema(
    [*MATCHES_SCHEMA, *((name, pa.int64()) for name in ("query_row", "source", "known_row", "rank"))]
)
_BY_POINTS = ("cut, framed or slanted", "cut, framed or slanted; mirrored")
_BATCH = 65_536
_LAST = 1000  # rank of what points say: behind all hashes


@dataclass(frozen=True)
class IndexRequest:
    """What a user asks to be indexed: bank: one of BANKS, brand: of pictures whose table does not say."""

    inputs: tuple[Path, ...]
    out: Path
    bank: str = "fakes"
    brand: str = ""
    points: bool = False
    workers: int = 1


@dataclass(frozen=True)
class Indexed:
    """The index, pictures read, pictures left out."""

    index: PictureIndex
    read: int
    rejected: int
    seconds: float


@dataclass(frozen=True)
class MatchRequest:
    """What a user asks: pictures or tables held against indexes. turns: also mirrored and turned ones."""

    inputs: tuple[Path, ...]
    indexes: tuple[Path, ...]
    out: Path
    radius: int = RADIUS
    turns: bool = True
    points: bool = True
    workers: int = 1


@dataclass(frozen=True)
class Matched:
    """The folder, the manifest as written, pictures left out."""

    out: Path
    manifest: dict[str, Any]
    rejected: int


def index_pictures(request: IndexRequest, progress: Progress = lambda _: None) -> Indexed:
    """Index every picture below the inputs; OUT/rejects.jsonl names what was left out, and why."""
    started = time.perf_counter()
    if request.bank not in BANKS:
        raise UsageError(
            f"there is no bank {request.bank!r}", where="--bank", mend=f"banks: {', '.join(BANKS)}"
        )
    inputs = ImageInputs(
        find_files(request.inputs),
        request.workers,
        request.bank,
        request.brand,
        Look(points=request.points),
        progress,
    )
    tables: list[pa.Table] = []
    words: list[Words] = []
    points: list[Points] = []
    for chunk in inputs.chunks():
        telling = ~blank(chunk.words)
        tables.append(chunk.rows.filter(pa.array(telling)))
        words.append(chunk.words[telling])
        points += [forms[0] for forms, kept in zip(chunk.points, telling, strict=False) if kept]
        _tell_blank(inputs, chunk, telling)
    if not sum(map(len, words)):
        first = inputs.rejects[0]["reason"] if inputs.rejects else "the inputs are empty"
        raise InputError(
            "no picture can be indexed", where=str(request.inputs[0]), mend=f"the first: {first}"
        )
    if request.points and len(points) != sum(map(len, words)):
        raise UsageError(
            "a table has hashes, no points", where="--points", mend="index tables apart, without --points"
        )
    progress("filing")
    index = write_index(np.concatenate(words), pa.concat_tables(tables), request.out, points)
    write_rejects(request.out / "rejects.jsonl", inputs.rejects)
    return Indexed(index, inputs.read, len(inputs.rejects), time.perf_counter() - started)


def _tell_blank(inputs: ImageInputs, chunk: Chunk, telling: Any) -> None:
    for row in chunk.rows.filter(pa.array(~telling)).to_pylist():
        reason = "the hash is of a picture that shows nothing"
        inputs.rejects.append(
            {"input": row["source"], "line": 0, "column": None, "reason": reason, "raw": row["picture_id"]}
        )


def match_pictures(request: MatchRequest, progress: Progress = lambda _: None) -> Matched:
    """Hold pictures against the indexes and write OUT/matches.parquet, manifest.json, rejects.jsonl."""
    started = time.perf_counter()
    indexes = [PictureIndex.open(path) for path in request.indexes]
    looked = request.points and any(index.points is not None for index in indexes)
    inputs = ImageInputs(
        find_files(request.inputs), request.workers, look=Look(request.turns, looked), progress=progress
    )
    request.out.mkdir(parents=True, exist_ok=True)
    counts = dict.fromkeys(BANKS, 0)
    silenced = asked = 0
    draft = request.out / "matches.parquet.draft"
    with pq.ParquetWriter(draft, MATCHES_SCHEMA, compression="zstd") as out:
        for chunk in inputs.chunks():
            found = _matches(chunk, indexes, request)
            asked += len(chunk.words)
            silenced += pc.count_distinct(found.filter(found["silenced"])["query"]).as_py()
            for bank in BANKS:
                counts[bank] += int(pc.sum(pc.equal(found["bank"], bank)).as_py() or 0)
            out.write_table(found)
    draft.replace(request.out / "matches.parquet")
    write_rejects(request.out / "rejects.jsonl", inputs.rejects)
    manifest = {
        "inputs": [str(path) for path in request.inputs],
        "indexes": [
            {"path": str(index.folder), "fingerprint": index.fingerprint, "pictures": len(index)}
            for index in indexes
        ],
        "read": inputs.read,
        "asked": asked,
        "matches": counts,
        "silenced": silenced,
        "rejected": len(inputs.rejects),
        "options": {"radius": request.radius, "turns": request.turns, "points": looked},
        "code_version": code_version(),
        "seconds": round(time.perf_counter() - started, 3),
    }
    write_json(request.out / "manifest.json", manifest)
    return Matched(request.out, manifest, len(inputs.rejects))


def _matches(chunk: Chunk, indexes: Sequence[PictureIndex], request: MatchRequest) -> pa.Table:
    """Rows of MATCHES_SCHEMA by query, the nearest first; a picture found in several forms counts in the nearest.

    A negative picture silences by its hash only: a part of it in another picture says nothing of that one.
    """
    parts = [_WORKING.empty_table()]
    for number, index in enumerate(indexes):
        for form, found in _by_hash(chunk, index, request):
            parts.append(_rows(chunk, index, number, found.query, found.picture, form, apart=found.apart))
        if chunk.points and index.points is not None:
            parts += _by_points(chunk, index, number)
    table = pa.concat_tables(parts)
    order = ("query_row", "rank", "points", "source", "known_row")
    table = table.sort_by([(name, "descending" if name == "points" else "ascending") for name in order])
    table = _first_of_each(table)
    near = pc.and_(pc.equal(table["bank"], "negative"), pc.is_valid(table["apart"]))
    quiet = pc.unique(table.filter(near)["query_row"])
    at = table.schema.get_field_index("silenced")
    table = table.set_column(at, "silenced", pc.is_in(table["query_row"], quiet))
    return table.select(MATCHES_SCHEMA.names).cast(MATCHES_SCHEMA)


def _by_hash(chunk: Chunk, index: PictureIndex, request: MatchRequest) -> Iterator[tuple[str, Matches]]:
    """Matches by turned form; forms and stretches of queries are searched side by side, in threads."""
    asked: list[tuple[str, npt.NDArray[np.int64], Words]] = []
    for number, turn in enumerate(TURNS):
        if number and not request.turns:
            break
        words = chunk.turns[:, number] if chunk.turns is not None else turned(chunk.words, turn)
        keep = np.flatnonzero(~blank(words))
        for at in range(0, len(keep), _BATCH):
            part = keep[at : at + _BATCH]
            asked.append((turn, part, np.ascontiguousarray(words[part])))
    with ThreadPoolExecutor(request.workers) as threads:
        every = threads.map(lambda item: index.search(item[2], request.radius), asked)
        for (turn, part, _), found in zip(asked, every, strict=True):
            yield turn, Matches(part[found.query], found.picture, found.apart)


def _by_points(chunk: Chunk, index: PictureIndex, source: int) -> Iterator[pa.Table]:
    assert index.points is not None
    for row, forms in enumerate(chunk.points):
        for form, points in zip(_BY_POINTS, forms, strict=False):
            found = index.points.search(points)
            picture = np.array([each.picture for each in found], np.int64)
            counts = np.array([each.points for each in found], np.int64)
            yield _rows(chunk, index, source, np.full(len(found), row), picture, form, points=counts)


def _rows(
    chunk: Chunk,
    index: PictureIndex,
    source: int,
    query: Any,
    picture: Any,
    form: str,
    *,
    apart: Any = None,
    points: Any = None,
) -> pa.Table:
    """Matches as rows; silenced is filled in later."""
    known = index.pictures.take(pa.array(picture, pa.int64()))
    size = len(query)
    columns = {
        "query": chunk.rows["picture_id"].take(pa.array(query, pa.int64())),
        "matched": known["picture_id"],
        **{name: known[name] for name in ("bank", "brand", "note")},
        "by": pa.array([form] * size, pa.string()),
        "apart": pa.nulls(size, pa.int16()) if apart is None else pa.array(apart).cast(pa.int16()),
        "points": pa.nulls(size, pa.int16()) if points is None else pa.array(points).cast(pa.int16()),
        "silenced": pa.array(np.zeros(size, bool)),
        "index": pa.array([index.folder.name] * size, pa.string()),
        "query_row": pa.array(query, pa.int64()),
        "source": pa.array(np.full(size, source), pa.int64()),
        "known_row": pa.array(picture, pa.int64()),
        "rank": pa.array(np.full(size, _LAST) if apart is None else apart, pa.int64()),
    }
    return pa.table(columns).cast(_WORKING)


def _first_of_each(table: pa.Table) -> pa.Table:
    """The first row of each query and known picture."""
    keys = ["query_row", "source", "known_row"]
    numbered = table.select(keys).append_column("row", pa.array(np.arange(len(table))))
    first = numbered.group_by(keys, use_threads=False).aggregate([("row", "min")])
    return table.take(pa.array(np.sort(np.asarray(first["row_min"]))))

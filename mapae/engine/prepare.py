"""Binds checks once, stores what they built in one file, and maps that file in every worker.

The file is a pickle whose large buffers (numpy, Arrow) lie beside it, aligned, and are mapped copy-on-write:
workers share the pages. It lives in a folder only the user writes to, under a name that hashes all it depends on.
"""

from __future__ import annotations

import gc
import hashlib
import mmap
import os
import pickle
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from mapae.contract.check import Check, Context
from mapae.contract.run import Prepared, prepare
from mapae.model.records import Kind

__all__ = ["Ready", "index_key", "load", "make_ready", "store"]

_MAGIC = b"mapae-index-1\n"
_ALIGN = 64


@dataclass(frozen=True)
class Ready:
    """Bound checks and what is written into every finding of the run: the as-of date and the pack's hash."""

    prepared: Prepared
    as_of: date
    pack_version: str


def make_ready(kind: Kind, checks: Sequence[Check], context: Context) -> Ready:
    """Bind every check that reads this kind, in the order of their keys."""
    ordered = sorted(checks, key=lambda check: check.key)
    prepared = prepare(ordered, context, kind.name)
    blank = pa.RecordBatch.from_pylist(
        [dict.fromkeys(kind.schema.names) | {kind.key: ""}], schema=kind.schema
    )
    list(
        prepared.findings(blank)
    )  # whatever is built at first use is built now, once, and stored with the rest
    return Ready(prepared, context.as_of, context.pack.hash)


def index_key(parts: Sequence[str]) -> str:
    """32 hex digits of everything a prepared index depends on."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def store(ready: Ready, path: Path) -> None:
    """Write to `path`, all or nothing."""
    buffers: list[pickle.PickleBuffer] = []
    body = pickle.dumps(ready, protocol=5, buffer_callback=buffers.append)
    raws = [buffer.raw() for buffer in buffers]
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with draft.open("wb") as out:
        out.write(_MAGIC)
        out.write(struct.pack(f"<QQ{len(raws)}Q", len(body), len(raws), *(raw.nbytes for raw in raws)))
        out.write(body)
        for raw in raws:
            out.write(bytes(-out.tell() % _ALIGN))
            out.write(raw)
        out.write(b"\0")
    draft.replace(path)


def load(path: Path) -> Ready:
    """What `store` wrote; large arrays stay in the mapped file until they are written to."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    if data[: len(_MAGIC)] != _MAGIC:
        raise ValueError(f"{path} is no index file")
    at = len(_MAGIC)
    length, count = struct.unpack_from("<QQ", data, at)
    at += 16
    sizes = struct.unpack_from(f"<{count}Q", data, at)
    at += 8 * count
    view = memoryview(data)
    body, at = view[at : at + length], at + length
    buffers = []
    for size in sizes:
        at += -at % _ALIGN
        buffers.append(view[at : at + size])
        at += size
    with _no_collection():
        found: Ready = pickle.loads(body, buffers=buffers)
    return found


@contextmanager
def _no_collection() -> Iterator[None]:
    """While open, no search for garbage: among hundreds of thousands of fresh objects it takes half of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
